import { deepEqual, equal } from 'node:assert/strict';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { nullLosses } from '../../../../src/filter/meaning/nullLoss.ts';
import { sqlTextOf } from '../../../../src/filter/meaning/sqlText.ts';
import { sqliteOf } from '../../../../src/preview/sqlite.ts';
import { analyseXpp } from '../../../../src/filter/xpp/analyse.ts';

/** A chain whose operator changes behind every term: each change is a level of what it means. */
const inTurns = (changes: number): string =>
  Array.from({ length: changes + 2 }, (_, index) =>
    index === 0 ? '(A == "v")' : `${index % 2 === 1 ? '&&' : '||'} (A == "v")`,
  ).join(' ');

const cases = [
  { id: 'in turns, 400 levels', source: inTurns(399), tooDeep: false },
  { id: 'in turns, 501 levels', source: inTurns(500), tooDeep: true },
  { id: 'in turns, 100,000 terms', source: inTurns(99_998), tooDeep: true },
  {
    id: 'in turns at every level',
    source: `${'(A == 1 || '.repeat(300)}${inTurns(300)}${')'.repeat(300)}`,
    tooDeep: true,
  },
  {
    id: 'one operator, 100,000 terms',
    source: Array(100_000).fill('(A == "v")').join(' && '),
    tooDeep: false,
  },
  { id: '500 parentheses', source: `${'('.repeat(500)}A == "v"${')'.repeat(500)}`, tooDeep: false },
  { id: '501 parentheses', source: `${'('.repeat(501)}A == "v"${')'.repeat(501)}`, tooDeep: true },
  {
    id: '5,000 parentheses',
    source: `${'('.repeat(5_000)}A == "v"${')'.repeat(5_000)}`,
    tooDeep: true,
  },
] as const;

describe('deep and long filters', () => {
  for (const { id, source, tooDeep } of cases) {
    it(`are read or called too deep, and nothing behind the parser overflows: ${id}`, () => {
      const { value, problems } = analyseXpp(source);
      const errors = problems.map(({ code }) => code).filter((code) => code === 'too-deep');
      deepEqual(errors, tooDeep ? ['too-deep'] : []);
      const { meaning } = value;
      equal(meaning.kind === 'unreadable', tooDeep);
      const answer = tooDeep ? undefined : true;
      equal(
        evaluate(meaning, () => 'v'),
        answer,
      );
      equal(nullLosses(meaning, () => true).length, 0);
      equal(sqlTextOf(meaning)?.text.includes("N'v'"), !tooDeep);
      equal(sqliteOf(meaning, () => 'c0', true).includes('c0'), !tooDeep);
    });
  }
});
