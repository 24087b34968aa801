import { deepEqual, equal } from 'node:assert/strict';
import { readXppByGrammar } from '../../../../src/filter/xpp/byGrammar.ts';
import { parseXpp } from '../../../../src/filter/xpp/parse.ts';
import { answersWithLittleStack } from '../../../kit/stack.ts';
import { parsed } from '../../../kit/xppTree.ts';

const nestedIn = (prefix: string, depth: number): string =>
  `${prefix.repeat(depth)}A == 1${')'.repeat(depth * (prefix.split('(').length - 1))}`;

describe('the limits of the parser of X++ expressions', () => {
  const nestings = [
    { id: '500 parentheses', source: nestedIn('(', 500), problems: [] },
    { id: '501 parentheses', source: nestedIn('(', 501), problems: ['too-deep 500..501'] },
    { id: '5,000 parentheses', source: nestedIn('(', 5_000), problems: ['too-deep 500..501'] },
    { id: '5,000 unclosed', source: '('.repeat(5_000), problems: ['too-deep 500..501'] },
    { id: '500 negations', source: nestedIn('!', 500), problems: [] },
    { id: '501 negations', source: nestedIn('!', 501), problems: ['too-deep 500..501'] },
    { id: '250 negated groups', source: nestedIn('!(', 250), problems: [] },
    { id: '251 negated groups', source: nestedIn('!(', 251), problems: ['too-deep 500..501'] },
    {
      id: '100 groups below 400 negations each',
      source: nestedIn(`${'!'.repeat(400)}(`, 100),
      problems: ['too-deep 500..501'],
    },
    {
      id: 'many groups side by side',
      source: Array(501).fill('!(A == 1)').join(' && '),
      problems: [],
    },
  ];
  for (const { id, source, problems } of nestings) {
    it(`reads up to 500 levels: ${id}`, () => {
      deepEqual(parsed(source).problems, problems);
    });
  }

  // The grammar alone reads `<>`.
  for (const relation of ['==', '<>']) {
    it(`are lower where the caller used up the stack, and nothing is thrown: ${relation}`, () => {
      // Another source each time, for answers are remembered.
      const answers = answersWithLittleStack(
        (call) =>
          parseXpp(nestedIn('(', 500).replace('A ==', `A${call} ${relation}`))
            .problems.map(({ code }) => code)
            .join(),
        (codes) => codes !== 'too-deep',
      );
      deepEqual([...new Set(answers)], ['too-deep', relation === '==' ? '' : 'foreign-operator']);
      deepEqual(readXppByGrammar('(A == 1)').problems, []);
    });
  }

  const large = [
    {
      id: 'a chain of 100,000 terms',
      source: Array(100_000).fill('(A == 1)').join(' && '),
      count: 0,
    },
    { id: '200,000 closing parentheses', source: `A == 1${')'.repeat(200_000)}`, count: 200_000 },
    { id: '200,000 commas', source: `A == 1${','.repeat(200_000)}`, count: 200_000 },
    { id: 'a text of 10 MB', source: `(A == "${'x'.repeat(10_000_000)}")`, count: 0 },
    {
      id: 'an unterminated text of 10 MB',
      source: `A == "${String.raw`\"x`.repeat(3_000_000)}`,
      count: 1,
    },
  ];
  for (const { id, source, count } of large) {
    it(`reads ${id}`, () => {
      equal(parseXpp(source).problems.length, count);
    });
  }
});
