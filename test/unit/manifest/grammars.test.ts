import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert as assertProperty, asyncProperty, constantFrom } from 'fast-check';
import { grammarFiles, grammarText } from '../../../grammars/build.ts';
import manifest from '../../../package.json' with { type: 'json' };
import odataSnippets from '../../../snippets/odata.json' with { type: 'json' };
import xppSnippets from '../../../snippets/xpp.json' with { type: 'json' };
import { parseOData } from '../../../src/filter/odata/parse.ts';
import { parseXpp } from '../../../src/filter/xpp/parse.ts';
import { type Side, type Skin, skins } from '../../grammar/skins.ts';
import { bodyOf, expand } from '../../grammar/snippet.ts';
import { type Token, tokenize } from '../../grammar/tokenize.ts';
import { decodeXML } from '../../grammar/xmlText.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CORPUS = join(ROOT, '../shared/facts/filters.tsv');
const SHIPPED = join(ROOT, '../shared/data/gab-maps/customizations.xml');

const LANGUAGES = { fo: 'dualwrite-xpp', dataverse: 'dualwrite-odata' };
const SIDES = ['fo', 'dataverse'] as const;

const isEmbedded = ({ scopes }: Token): boolean =>
  scopes.some((scope) => scope.startsWith('meta.embedded.inline.dualwrite-'));

/** The runs of tokens of embedded filters, each with the token behind it. */
function embeddedRuns(
  tokens: readonly Token[],
): readonly { readonly tokens: readonly Token[]; readonly next: Token | undefined }[] {
  const runs: { tokens: Token[]; next: Token | undefined }[] = [];
  let open: Token[] | undefined;
  for (const token of tokens) {
    if (isEmbedded(token)) {
      if (open === undefined) runs.push({ tokens: (open = []), next: undefined });
      open.push(token);
    } else if (open !== undefined) {
      const run = runs.at(-1);
      if (run !== undefined) run.next = token;
      open = undefined;
    }
  }
  return runs;
}

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('');

/** What the language itself says about each piece, without what the document around it adds. */
function inLanguage(tokens: readonly Token[], language: string, decode: (text: string) => string) {
  const pieces: { text: string; scopes: string }[] = [];
  for (const { text, scopes } of tokens) {
    const own = scopes
      .filter((scope) => scope.endsWith(`.${language}`) && !/^(?:source|meta)\./u.test(scope))
      .join(' ');
    const last = pieces.at(-1);
    if (last?.scopes === own) last.text += decode(text);
    else pieces.push({ text: decode(text), scopes: own });
  }
  return pieces;
}

async function checkSkin(skin: Skin, filter: string, side: Side): Promise<void> {
  const document = skin.document(filter, side);
  const tokens = await tokenize(skin.scopeName, document);
  const runs = embeddedRuns(tokens);
  assert.equal(runs.length, 1, document);
  const embedded = runs.flatMap((run) => run.tokens);
  assert.equal(skin.decode(textOf(embedded)), filter);
  const next = runs.at(0)?.next;
  assert.ok(next?.scopes.includes('punctuation.definition.string.end.json'), document);

  const language = LANGUAGES[side];
  assert.deepEqual(
    inLanguage(embedded, language, skin.decode),
    inLanguage(await tokenize(`source.${language}`, filter), language, (text) => text),
    document,
  );
  const around = (all: readonly Token[]): readonly string[] =>
    all
      .filter((token) => !isEmbedded(token))
      .map(({ text, scopes }) => `${text} ${scopes.join(' ')}`);
  const empty = await tokenize(skin.scopeName, skin.document('', side));
  assert.deepEqual(around(tokens), around(empty), document);
}

interface Row {
  readonly side: Side;
  readonly filter: string;
}

function corpus(): readonly Row[] {
  return readFileSync(CORPUS, 'utf8')
    .split(/\r?\n/u)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [side = '', , filter = ''] = line.split('\t');
      return { side: side === 'fo' || side === 'xpp' ? 'fo' : 'dataverse', filter };
    });
}

describe('grammars', () => {
  it('are what grammars/build.ts writes', () => {
    for (const [name, grammar] of Object.entries(grammarFiles)) {
      assert.equal(readFileSync(join(ROOT, 'grammars', name), 'utf8'), grammarText(grammar), name);
    }
  });

  it('are named in the manifest by the scope they have', () => {
    const scopes = Object.fromEntries(
      manifest.contributes.grammars.map(({ path, scopeName }) => [path, scopeName]),
    );
    assert.deepEqual(
      scopes,
      Object.fromEntries(
        Object.entries(grammarFiles).map(([name, { scopeName }]) => [
          `./grammars/${name}`,
          scopeName,
        ]),
      ),
    );
  });

  it('end every filter of the corpus with its string, in every document', async function () {
    if (!existsSync(CORPUS)) this.skip();
    this.timeout(60_000);
    const rows = corpus();
    assert.ok(rows.length > 90);
    for (const { side, filter } of rows) {
      for (const skin of skins) await checkSkin(skin, filter, side);
    }
  });

  it('end any text with its string and see the same tokens in every document', async function () {
    this.timeout(120_000);
    const fragments = [
      ...Array.from(`"'\\&<>|()=!:.,{}%/*?$@;[] a1_`),
      'like ',
      ' and ',
      '&&',
      '||',
      String.raw`\"`,
      "''",
      String.raw`23\06\2021`,
      '2021-06-23T00:00:00Z',
      'NoYes::Yes',
      'contains(',
      '_x_value',
      'null',
      '-1.5',
      'duration',
      String.raw`\u0041`,
      '\t',
      'é',
    ];
    const filters = array(constantFrom(...fragments), { minLength: 1, maxLength: 14 }).map(
      (parts) => parts.join(''),
    );
    await assertProperty(
      asyncProperty(filters, constantFrom(...SIDES), constantFrom(...skins), (filter, side, skin) =>
        checkSkin(skin, filter, side),
      ),
      { numRuns: 1500 },
    );
  });

  it('find every filter of the shipped maps, and nothing else', async function () {
    if (!existsSync(SHIPPED)) this.skip();
    this.timeout(60_000);
    const source = readFileSync(SHIPPED, 'utf8');
    const tokens = await tokenize('text.xml', source);
    const expected = [
      ...source.matchAll(/"(?:sourceFilter|reversedSourceFilter)":\s*"((?:[^"\\]|\\.)+)"/gu),
    ].map(([, filter = '']) => filter);
    assert.ok(expected.length >= 9);
    assert.deepEqual(
      embeddedRuns(tokens).map((run) => textOf(run.tokens)),
      expected,
    );
    assert.equal(
      tokens.filter(
        ({ text, scopes }) =>
          text === 'msdyn_mapping' && scopes.includes('entity.name.tag.localname.xml'),
      ).length,
      [...source.matchAll(/<\/?msdyn_mapping>/gu)].length,
    );
    assert.ok(expected.some((filter) => decodeXML(filter).includes('||')));
  });

  it('end a string that nobody closes before the next property', async () => {
    const lines = [
      '{ "legs": [{',
      String.raw`  "sourceFilter": "((A == \"x`,
      '  "destinationSchema": "b",',
      '  "reversedSourceFilter": "a eq 1',
      '}, { "sourceFilter": "(B ==',
      '  2)", "id": "002" }] }',
    ];
    const tokens = await tokenize('source.json', lines.join('\n'));
    assert.deepEqual(
      embeddedRuns(tokens).map((run) => textOf(run.tokens)),
      [String.raw`((A == \"x`, 'a eq 1', '(B ==  2)'],
    );
    const id = tokens.find(({ text }) => text === 'id');
    assert.ok(id?.scopes.includes('support.type.property-name.json'));
  });

  it('end a mapping that nobody closes at the next tag', async () => {
    const xml = [
      '<a><msdyn_mapping>{ "sourceFilter": "(A == ',
      ' "reversedSourceFilter": "b eq \'x',
      '<c d="e"/></a>',
    ];
    const tokens = await tokenize('text.xml', xml.join('\n'));
    assert.deepEqual(
      embeddedRuns(tokens).map((run) => textOf(run.tokens)),
      ['(A == ', "b eq 'x"],
    );
    const tag = tokens.find(({ text }) => text === 'c');
    assert.ok(tag?.scopes.includes('meta.tag.xml'));
    assert.ok(!tag?.scopes.includes('meta.mapping.dualwrite'));
  });

  it('leave other properties, other elements and keys without a string alone', async () => {
    const others: readonly (readonly [string, string])[] = [
      ['source.json', '{"filter": "(A == 1)", "mysourceFilter": "(A == 1)"}'],
      ['source.json', '{"sourceFilter": null, "a": ["sourceFilter", "(A == 1)"]}'],
      ['source.json', '{"sourceFilter": {"a": "(A == 1)"}}'],
      ['source.json', String.raw`{"text": "\"mysourceFilter\": \"(A == 1)\""}`],
      ['text.xml', '<a>"sourceFilter": "(A == 1)"</a>'],
      ['text.xml', '<!-- <msdyn_mapping>{"sourceFilter": "(A == 1)"} -->'],
      ['text.xml', '<msdyn_mapping></msdyn_mapping><a b="&quot;">"sourceFilter": "(A == 1)"</a>'],
    ];
    for (const [scopeName, text] of others) {
      assert.deepEqual(embeddedRuns(await tokenize(scopeName, text)), [], text);
    }
  });
});

describe('language configurations', () => {
  const wordsOf = (name: string, text: string): readonly string[] => {
    const { wordPattern } = JSON.parse(
      readFileSync(join(ROOT, 'grammars', `${name}.language-configuration.json`), 'utf8'),
    ) as { wordPattern: { pattern: string; flags: string } };
    const pattern = new RegExp(wordPattern.pattern, `${wordPattern.flags}g`);
    return [...text.matchAll(pattern)].map(([word]) => word);
  };

  it('take a name, an element and a literal as one word each', () => {
    assert.deepEqual(
      wordsOf('xpp', String.raw`(A_1 == NoYes::Yes) && (D <= 23\06\2021) || (E > 23\\06\\2021)`),
      ['A_1', 'NoYes', 'Yes', 'D', '23\\06\\2021', 'E', '23\\\\06\\\\2021'],
    );
    assert.deepEqual(
      wordsOf('odata', '_a_value eq 01234567-89ab-cdef-0123-456789abcdef and $it/d ge 2021-06-23'),
      [
        '_a_value',
        'eq',
        '01234567-89ab-cdef-0123-456789abcdef',
        'and',
        '$it',
        'd',
        'ge',
        '2021-06-23',
      ],
    );
  });
});

describe('snippets', () => {
  it('are filters that parse, in their own file and escaped in a map', () => {
    for (const [name, snippet] of Object.entries(xppSnippets)) {
      const body = bodyOf(snippet);
      const filter = expand(body, 'a.xppfilter');
      const parsed = parseXpp(filter);
      assert.deepEqual(parsed.problems, [], `${name}: ${filter}`);
      assert.notEqual(parsed.value, undefined, name);
      assert.equal(JSON.parse(`"${expand(body, 'a.json')}"`), filter, name);
      assert.equal(JSON.parse(`"${decodeXML(expand(body, 'customizations.xml'))}"`), filter, name);
      assert.doesNotMatch(expand(body, 'customizations.xml'), /<|&(?!amp;|lt;)/u, name);
    }
    for (const [name, snippet] of Object.entries(odataSnippets)) {
      const filter = expand(bodyOf(snippet), 'a.json');
      const parsed = parseOData(filter);
      assert.deepEqual(parsed.problems, [], `${name}: ${filter}`);
      assert.equal(JSON.parse(`"${filter}"`), filter, name);
    }
  });

  it('are those of filters: every JSON file would offer the parts of a map', () => {
    assert.deepEqual(
      manifest.contributes.snippets.map(({ language }) => language),
      ['dualwrite-xpp', 'dualwrite-odata'],
    );
  });
});
