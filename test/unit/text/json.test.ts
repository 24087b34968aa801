import { deepEqual, equal } from 'node:assert/strict';
import { plainText } from '../../../src/text/embedded.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { propertyOf, readJson, stringOf, textOfString } from '../../../src/text/json.ts';

const problemsOf = (source: string): readonly string[] =>
  readJson(plainText(source)).problems.map(
    ({ code, variant, span }) =>
      `${code}${variant ? `.${variant}` : ''} ${span.start}..${span.end}`,
  );

const broken = [
  { id: 'whole', source: '{"a": [1, null, "x"]}', problems: [] },
  { id: 'comments', source: '// c\n{"a": 1 /* d */}', problems: [] },
  { id: 'byte order mark', source: '\uFEFF{"a": 1}', problems: [] },
  { id: 'empty', source: '', problems: ['json-syntax.end 0..0'] },
  { id: 'truncated after a colon', source: '{"a":', problems: ['json-syntax.end 5..5'] },
  { id: 'truncated in a list', source: '{"a":[1,\n', problems: ['json-syntax.end 9..9'] },
  { id: 'missing comma', source: '{"a":1 "b":2}', problems: ['json-syntax 7..10'] },
  {
    id: 'second problem is not told',
    source: '{"a":1 "b":2 "c":3}',
    problems: ['json-syntax 7..10'],
  },
  { id: 'comma too many', source: '{"a":1,}', problems: ['json-syntax 7..8'] },
  { id: 'unknown escape', source: '{"a":"\\x"}', problems: ['json-syntax.escape 5..9'] },
  {
    id: 'broken unicode escape',
    source: '{"a":"\\u12G4"}',
    problems: ['json-syntax.escape 5..13'],
  },
  { id: 'two documents', source: '{}{}', problems: ['json-syntax 2..3'] },
  { id: 'binary', source: '\u0001\u0002\uFFFD', problems: ['json-syntax 0..3'] },
] as const;

/** What is left of a string where the file was cut off must not be taken for its end. */
const strings = [
  { id: 'closed', source: String.raw`{"a":"x"}`, value: 'x', problems: [] },
  { id: 'closed behind a backslash', source: String.raw`{"a":"x\\"}`, value: 'x\\', problems: [] },
  { id: 'cut off', source: '{"a":"x', value: 'x', problems: [] },
  {
    id: 'cut off behind a quote',
    source: String.raw`{"a":"(A == \"`,
    value: '(A == "',
    problems: [],
  },
  { id: 'cut off behind the opening quote', source: '{"a":"', value: '', problems: [] },
  {
    id: 'unknown escapes',
    source: String.raw`{"a":"23\06\2021"}`,
    value: String.raw`23\06\2021`,
    problems: [
      [8, 10],
      [11, 13],
    ],
  },
] as const;

describe('JSON', () => {
  for (const { id, source, problems } of broken) {
    it(`tells the first thing that is broken: ${id}`, () => {
      deepEqual(problemsOf(source), problems);
    });
  }

  for (const depth of [1_000, 100_000]) {
    it(`reads ${depth} levels, or says that they are too deep`, () => {
      const nested = '['.repeat(depth) + ']'.repeat(depth);
      deepEqual(problemsOf(nested), depth > 1_000 ? ['json-syntax.deep 0..1'] : []);
    });
  }

  for (const { id, source, value, problems } of strings) {
    it(`gives the text of a string: ${id}`, () => {
      const { value: json } = readJson(plainText(source));
      const node = propertyOf(json.root, 'a');
      const text = node === undefined ? undefined : textOfString(json, node);
      equal(text?.value.value, value);
      deepEqual(
        text?.problems.map(({ span }) => [span.start, span.end]),
        problems,
      );
    });
  }

  it('offers to double each backslash, which makes the escapes known', () => {
    const source = String.raw`{"a":"23\06\2021"}`;
    const { value: json } = readJson(plainText(source));
    const node = propertyOf(json.root, 'a');
    const problems = node === undefined ? [] : textOfString(json, node).problems;
    const edits = problems.flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.edits));
    deepEqual(JSON.parse(applyEdits(source, edits)), { a: String.raw`23\06\2021` });
  });

  it('takes the last of equal keys, as JSON.parse does', () => {
    const source = '{"a":"x","a":"y"}';
    const { value: json } = readJson(plainText(source));
    equal(stringOf(propertyOf(json.root, 'a')), 'y');
    deepEqual(JSON.parse(source), { a: 'y' });
  });
});
