import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { translator } from '../../src/problem/message.ts';
import { pathInRepository, readInRepository } from '../kit/repository.ts';
import { sourcesIn } from '../kit/sources.ts';

type Template = string | Readonly<Record<string, string>>;
type Messages = Readonly<Record<string, Template>>;

/** What is the same in every language, and why. */
const SAME_IN_EVERY_LANGUAGE: ReadonlySet<string> = new Set([
  // The name of the product.
  'Dual-write Workbench',
  // The SQL keyword.
  'NULL',
]);

const read = (file: string): Messages => JSON.parse(readInRepository(file));
const english = read('l10n/messages.en.json');
const manifest = read('package.nls.json');

/** The plural forms that a language has (CLDR). */
const languages = [
  { language: 'cs', forms: ['one', 'few', 'many', 'other'] },
  { language: 'fr', forms: ['one', 'many', 'other'] },
] as const;

const sentences = (template: Template): readonly string[] =>
  typeof template === 'string' ? [template] : Object.values(template);

/** The names in braces, each once; in a plural message those of all forms together. */
const placeholders = (template: Template | undefined): readonly string[] =>
  [
    ...new Set(
      (template === undefined ? [] : sentences(template)).flatMap((sentence) =>
        [...sentence.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name),
      ),
    ),
  ].toSorted();

const CODE = /`[^`]*`/gu;

/** The pieces of code in backticks; a language may order them otherwise. */
const codeIn = (sentence: string): readonly string[] =>
  [...sentence.matchAll(CODE)].map(([code]) => code).toSorted();

/** Code and values are the same in every language; what is left is for translators. */
const hasWords = (sentence: string): boolean =>
  /\p{L}/u.test(sentence.replaceAll(CODE, '').replaceAll(/\{\w+\}/gu, ''));

/** Keys whose translation is the English sentence. */
const untranslated = (messages: Messages, source: Messages): readonly string[] =>
  Object.entries(source)
    .filter(([key, template]) => {
      const written = new Set(sentences(messages[key] ?? ''));
      return sentences(template).some(
        (sentence) =>
          written.has(sentence) && hasWords(sentence) && !SAME_IN_EVERY_LANGUAGE.has(sentence),
      );
    })
    .map(([key]) => key);

/** Keys whose translation has other code than English, in whichever plural form. */
const withOtherCode = (messages: Messages, source: Messages): readonly string[] =>
  Object.entries(source)
    .filter(([key, template]) => {
      const [expected = ''] = sentences(template);
      return sentences(messages[key] ?? '').some(
        (sentence) => codeIn(sentence).join(' ') !== codeIn(expected).join(' '),
      );
    })
    .map(([key]) => key);

/** Every sentence that the client asks VS Code to translate. */
const clientSentences = (): readonly string[] => [
  ...new Set(
    sourcesIn('client')
      .map(readInRepository)
      .flatMap((code) => [...code.matchAll(/(?<!\w)t\(\s*'((?:[^'\\]|\\.)*)'/gu)])
      .map(([, literal = '']) => literal.replaceAll(/\\(.)/gu, '$1')),
  ),
];

/** Keys of `messages` that differ from English in what is asked for. */
const differing = (
  messages: Messages,
  ask: (template: Template | undefined) => unknown,
): readonly string[] =>
  Object.keys(english).filter(
    (key) => JSON.stringify(ask(messages[key])) !== JSON.stringify(ask(english[key])),
  );

describe('English messages', () => {
  it('have the forms of English where they count', () => {
    for (const [key, template] of Object.entries(english)) {
      if (typeof template !== 'string')
        deepEqual(Object.keys(template).toSorted(), ['one', 'other'], key);
    }
  });

  it('are there wherever one is asked for by its whole name', () => {
    const code = ['src', 'server', 'cli', 'client']
      .flatMap(sourcesIn)
      .map(readInRepository)
      .join('\n');
    const asked = [...code.matchAll(/\btranslate\(\s*['"`]([\w.-]+)['"`]/gu)].map(
      ([, key = '']) => key,
    );
    ok(asked.length > 10, `${asked.length} keys`);
    deepEqual([...new Set(asked.filter((key) => english[key] === undefined))], []);
  });

  it('name the titles of all fixes', () => {
    const code = sourcesIn('src').map(readInRepository).join('\n');
    const titles = [...code.matchAll(/\btitle: '([a-z-]+)'/gu)].map(
      ([, title = '']) => `fix.${title}`,
    );
    ok(titles.length > 10, `${titles.length} titles`);
    deepEqual([...new Set(titles.filter((key) => english[key] === undefined))], []);
  });
});

for (const { language, forms } of languages) {
  describe(`messages in ${language}`, () => {
    const messages = read(`l10n/messages.${language}.json`);

    it('are those of English', () => {
      deepEqual(Object.keys(messages).toSorted(), Object.keys(english).toSorted());
    });

    it('name the same values', () => {
      deepEqual(differing(messages, placeholders), []);
    });

    it('name every value in every plural form', () => {
      const partial = Object.entries(messages).filter(
        ([, template]) =>
          new Set(sentences(template).map((sentence) => placeholders(sentence).join(' '))).size > 1,
      );
      deepEqual(
        partial.map(([key]) => key),
        [],
      );
    });

    it('are translated', () => {
      deepEqual(untranslated(messages, english), []);
    });

    it('leave code as it is', () => {
      deepEqual(withOtherCode(messages, english), []);
    });

    it('have the plural forms of the language where English has its own', () => {
      deepEqual(
        differing(messages, (template) => typeof template),
        [],
      );
      for (const [key, template] of Object.entries(messages)) {
        if (typeof template !== 'string')
          deepEqual(Object.keys(template).toSorted(), forms.toSorted(), key);
      }
    });

    it('are not left empty', () => {
      const empty = Object.entries(messages).filter(([, template]) =>
        sentences(template).some((sentence) => sentence.trim() === ''),
      );
      deepEqual(
        empty.map(([key]) => key),
        [],
      );
    });

    it('of the manifest are those of English', () => {
      const file = `package.nls.${language}.json`;
      ok(existsSync(pathInRepository(file)), `${file} is missing`);
      const translated = read(file);
      deepEqual(Object.keys(translated).toSorted(), Object.keys(manifest).toSorted());
      for (const [key, text] of Object.entries(manifest))
        deepEqual(placeholders(translated[key]), placeholders(text), key);
      deepEqual(untranslated(translated, manifest), []);
      deepEqual(withOtherCode(translated, manifest), []);
    });

    it('of the client are those that its code asks for', () => {
      const asked = clientSentences();
      ok(asked.length > 5, `${asked.length} sentences`);
      const bundle = read(`l10n/bundle.l10n.${language}.json`);
      deepEqual(Object.keys(bundle).toSorted(), asked.toSorted());
      for (const [sentence, translation] of Object.entries(bundle))
        deepEqual(placeholders(translation), placeholders(sentence), sentence);
      const source = Object.fromEntries(asked.map((sentence) => [sentence, sentence]));
      deepEqual(untranslated(bundle, source), []);
    });
  });
}

describe('French', () => {
  const files = ['l10n/messages.fr.json', 'l10n/bundle.l10n.fr.json', 'package.nls.fr.json'];
  /** Code keeps the blanks of its language, in backticks or as the operators that `preview.approximate` names. */
  const prose = (sentence: string): string =>
    sentence.replaceAll(CODE, '`').replaceAll(/ !=?(?=$|\s)/gu, '');
  const all = files.flatMap((file) =>
    Object.entries(read(file)).flatMap(([key, template]) =>
      sentences(template).map((sentence) => [key, prose(sentence)] as const),
    ),
  );

  it('has a narrow no-break space before the signs of two parts and inside its quotation marks', () => {
    const spaced = all.filter(([, sentence]) => /\u202F[:;?!»]|«\u202F/u.test(sentence));
    ok(spaced.length > 50, `${spaced.length} sentences`);
    const wrong = all.filter(([, sentence]) =>
      /(?<!\u202F)[;!»]|(?<!\u202F)[:?](?=\s|$)|«(?!\u202F)|\u00A0/u.test(sentence),
    );
    deepEqual(wrong, []);
  });

  it('has typographic apostrophes', () => {
    deepEqual(
      all.filter(([, sentence]) => /\p{L}'\p{L}/u.test(sentence)),
      [],
    );
  });
});

describe('Czech', () => {
  it('has its own quotation marks', () => {
    const files = ['l10n/messages.cs.json', 'l10n/bundle.l10n.cs.json', 'package.nls.cs.json'];
    const wrong = files.flatMap((file) =>
      Object.entries(read(file)).filter(([, template]) =>
        // Two straight ones are the empty text of a file of rows.
        sentences(template).some((each) =>
          /“[^“”]*”|"(?!")[^"]+"(?!")/u.test(each.replaceAll(CODE, '')),
        ),
      ),
    );
    deepEqual(wrong, []);
  });
});

describe('the manifest', () => {
  it('has a text for every key it names, and names every text', () => {
    const named = [...readInRepository('package.json').matchAll(/"%([\w.-]+)%"/gu)].map(
      ([, key = '']) => key,
    );
    deepEqual([...new Set(named)].toSorted(), Object.keys(manifest).toSorted());
  });
});

describe('a translated message', () => {
  const key = 'cli.summary';
  const cases = [
    { locale: 'en', count: 1, template: 'one' },
    { locale: 'en-GB', count: 2, template: 'other' },
    { locale: 'EN_US.UTF-8', count: 0, template: 'other' },
    { locale: 'xx', count: 1, template: 'one' },
    { locale: '', count: 5, template: 'other' },
  ] as const;
  for (const { locale, count, template } of cases) {
    it(`takes the form of its count: ${locale === '' ? 'no locale' : locale}, ${count}`, () => {
      const forms = english[key];
      ok(typeof forms === 'object');
      const expected = forms[template]?.replace('{count}', String(count)).replace('{files}', '7');
      equal(translator(locale)(key, { count, files: 7 }), expected);
    });
  }

  it('is its key where nobody wrote it, and leaves alone what it has no value for', () => {
    const translate = translator('en');
    equal(translate('no.such.key'), 'no.such.key');
    equal(translate('related.outer-join'), english['related.outer-join']);
    equal(
      translate('related.outer-join', { dataSource: '{x} $& $1' }),
      '{x} $& $1 is outer joined here',
    );
  });
});
