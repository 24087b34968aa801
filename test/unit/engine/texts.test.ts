import { deepEqual, ok } from 'node:assert/strict';
import cs from '../../../l10n/engine.cs.json' with { type: 'json' };
import en from '../../../l10n/engine.en.json' with { type: 'json' };
import fr from '../../../l10n/engine.fr.json' with { type: 'json' };
import { decisionTable, failureLines } from '../../../src/engine/run/decision.ts';
import { actionNames } from '../../../src/engine/surface/views/actions.ts';
import { readInRepository } from '../../kit/repository.ts';
import { sourcesIn } from '../../kit/sources.ts';

type Template = string | Readonly<Record<string, string>>;
type Messages = Readonly<Record<string, Template>>;

const english: Messages = en;
const translations: readonly (readonly [string, Messages, readonly string[]])[] = [
  ['cs', cs, ['few', 'many', 'one', 'other']],
  ['fr', fr, ['many', 'one', 'other']],
];

const sentences = (template: Template | undefined): readonly string[] =>
  template === undefined ? [] : typeof template === 'string' ? [template] : Object.values(template);

const namesIn = (template: Template | undefined): string =>
  [...new Set(sentences(template).flatMap((text) => text.match(/\{\w+\}/gu) ?? []))]
    .toSorted()
    .join(' ');

describe('what the engine says', () => {
  for (const [suffix, messages] of [
    ['', english],
    ['.cs', cs],
    ['.fr', fr],
  ] as const) {
    it(`calls an action what its command is called (package.nls${suffix}.json)`, () => {
      const captions: Messages = JSON.parse(readInRepository(`package.nls${suffix}.json`));
      const said: Messages = messages;
      for (const [command, action] of [
        ['syncAll', 'Full Synch. Review'],
        ['resetReview', 'Reset Full Synch. Review'],
        ['runModified', 'Synchronize Modified Records'],
      ]) {
        deepEqual(said[`message.action.${action}`], captions[`command.sync.${command}`]);
      }
    });
  }

  for (const [language, messages, forms] of translations) {
    it(`is said in ${language}, with the same values and the plural forms of the language`, () => {
      deepEqual(Object.keys(messages).toSorted(), Object.keys(english).toSorted());
      for (const [key, template] of Object.entries(english)) {
        const translated = messages[key] ?? '';
        deepEqual(namesIn(translated), namesIn(template), key);
        deepEqual(typeof translated, typeof template, key);
        if (typeof translated !== 'string') {
          deepEqual(Object.keys(translated).toSorted(), forms, key);
        }
      }
    });
  }

  it('has a sentence for each line of the decision table, each action and each code that the sources name', () => {
    const lines = [...decisionTable, ...Object.values(failureLines)].map(({ line }) => line);
    const wanted = [
      ...lines.map((line) => `line.${line}`),
      ...actionNames.map((name) => `action.${name}`),
      ...sourcesIn('src/engine')
        .map(readInRepository)
        .flatMap((code) => [...code.matchAll(/\bmessage\(\s*'([\w.]+)'/gu)])
        .map(([, code = '']) => code),
      ...[
        ...readInRepository('src/engine/surface/available.ts').matchAll(/\boff\('(\w+)'\)/gu),
      ].map(([, reason = '']) => `off.${reason}`),
    ];
    ok(wanted.length > 80, `${wanted.length} codes`);
    deepEqual(
      wanted.filter((code) => english[`message.${code}`] === undefined),
      [],
    );
  });

  it('is French with its blanks and apostrophes, and Czech with its quotation marks', () => {
    const prose = (messages: Messages): readonly string[] =>
      Object.values(messages)
        .flatMap(sentences)
        .map((text) => text.replaceAll(/`[^`]*`/gu, '`'));
    deepEqual(
      prose(fr).filter((text) =>
        /(?<!\u202F)[;!?»]|(?<![\u202F`]):(?=\s|$)|\p{L}'\p{L}/u.test(text),
      ),
      [],
    );
    deepEqual(
      prose(cs).filter((text) => /“[^“”]*”|"[^"]+"/u.test(text)),
      [],
    );
  });
});
