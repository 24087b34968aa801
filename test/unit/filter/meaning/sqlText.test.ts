import { deepEqual, equal } from 'node:assert/strict';
import { leftFold, sqlTextOf } from '../../../../src/filter/meaning/sqlText.ts';
import { conditionOf } from '../../../kit/conditions.ts';

/** The text, and what of it no published statement shows. */
const cases = [
  { filter: '(ParentProject == "")', sql: "(PARENTPROJECT='')", approximations: [] },
  {
    filter: '((PartyType == "Organization"))',
    sql: "(PARTYTYPE=N'Organization')",
    approximations: [],
  },
  { filter: '(A == "it\'s")', sql: "(A=N'it''s')", approximations: [] },
  { filter: '("x" == A)', sql: "(N'x'=A)", approximations: [] },
  { filter: '(A = 5)', sql: '(A=5)', approximations: [] },
  { filter: '(A > -1.5)', sql: '(A>-1.5)', approximations: [] },
  { filter: '(A != "v")', sql: "(A<>N'v')", approximations: ['inequality'] },
  { filter: '(N like "US *?")', sql: "(N LIKE N'US %_')", approximations: ['like'] },
  { filter: '(N like "50%_[x]")', sql: "(N LIKE N'50[%][_][[]x]')", approximations: ['like'] },
  {
    filter: String.raw`(D <= 23\06\2021)`,
    sql: "(D<={ts '2021-06-23 00:00:00.000'})",
    approximations: ['date'],
  },
  {
    filter: '(D >= 2021-06-23T10:20:30)',
    sql: "(D>={ts '2021-06-23 10:20:30.000'})",
    approximations: ['date'],
  },
  { filter: '(!(A == 1))', sql: '(NOT (A=1))', approximations: ['negation'] },
  {
    filter: '(A == 1) && (B == 2) && (C == 3)',
    sql: '(((A=1) AND (B=2)) AND (C=3))',
    approximations: ['junction'],
  },
  {
    filter: '(A == 1) || (B == 2) && (C == 3)',
    sql: '(((A=1) OR (B=2)) AND (C=3))',
    approximations: ['junction'],
  },
  { filter: '(A == B)', sql: '(A=B)', approximations: [] },
] as const;

describe('the SQL text of a filter', () => {
  for (const { filter, sql, approximations } of cases) {
    it(`is written as Finance and Operations does: ${filter}`, () => {
      const read = sqlTextOf(conditionOf(filter));
      deepEqual(
        { sql: read?.text, approximations: [...(read?.approximations ?? [])] },
        { sql, approximations },
      );
    });
  }

  it('is none where there is no filter', () => {
    equal(sqlTextOf(conditionOf('')), undefined);
  });

  const folds = [
    { terms: ['a'], text: 'a' },
    { terms: ['a', 'b'], text: '(a AND b)' },
    { terms: ['a', 'b', 'c', 'd'], text: '(((a AND b) AND c) AND d)' },
  ];
  for (const { terms, text } of folds) {
    it(`joins ${terms.length} terms from the left`, () => {
      equal(leftFold(terms, 'AND'), text);
    });
  }

  it('holds 100,000 terms', () => {
    const filter = Array(100_000).fill('(A == 1)').join(' || ');
    const text = sqlTextOf(conditionOf(filter))?.text ?? '';
    equal(text.split('(A=1)').length - 1, 100_000);
  });
});
