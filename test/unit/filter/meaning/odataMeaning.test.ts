import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import initSqlJs, { type Database } from 'sql.js';
import { isReadable } from '../../../../src/filter/meaning/condition.ts';
import { evaluate, evaluateWithoutNull } from '../../../../src/filter/meaning/evaluate.ts';
import { nullLosses } from '../../../../src/filter/meaning/nullLoss.ts';
import { rowOf } from '../../../../src/filter/meaning/samples.ts';
import { sqlTextOf } from '../../../../src/filter/meaning/sqlText.ts';
import type { Cell, Truth } from '../../../../src/filter/meaning/values.ts';
import { registerComparisons, sqliteOf } from '../../../../src/preview/sqlite.ts';
import { readShared } from '../../../kit/repository.ts';
import {
  asRow,
  cells,
  odataFilter,
  odataMeaning,
  xppFilter,
  xppMeaning,
} from '../convert/filters.ts';

const answer = (filter: string, x: Cell, y: Cell = null): Truth =>
  evaluate(
    odataMeaning(filter),
    rowOf(
      new Map([
        ['x', x],
        ['y', y],
      ]),
    ),
  );

describe('meaning of OData', () => {
  const answers: readonly (readonly [string, Cell, Truth])[] = [
    ["x eq 'a'", 'A ', true],
    ["x ne 'a'", null, undefined],
    ["not (x eq 'a')", null, undefined],
    ['x eq null', null, true],
    ['x eq null', '', false],
    ['x ne null', null, false],
    ['null ne x', 'a', true],
    ['not (x eq null)', null, false],
    ["x ne 'a' or x eq null", null, true],
    ['x eq true', 'True', true],
    ['x eq true', '0', false],
    ['x eq true', 'maybe', undefined],
    ['x ne false', 'yes', true],
    ['x', 'true', true],
    ['not x', 'No', true],
    ['true', null, true],
    ['false', null, false],
    ['x in (1,2)', '2', true],
    ['x in (1,2)', '3', false],
    ['x in (1,2)', null, undefined],
    ['x in (1,null)', null, true],
    ['x in ()', '1', false],
    ["contains(x,'B')", 'abc', true],
    ["startswith(x,'b')", 'abc', false],
    ["endswith(x,'c')", 'abC', true],
    ["contains(x,'b')", null, undefined],
    ["not contains(x,'b')", null, undefined],
    ["contains(x,'a%c')", 'xabcx', true],
    ["startswith(x,'_b')", 'abc', true],
    ["startswith(x,'[a-c]b')", 'BB', true],
    ["startswith(x,'[^a-c]b')", 'bb', false],
    ["contains(x,'a[')", 'xa[', true],
    ['x ge 2021-06-23', '2021-06-23', true],
    ['x lt 2021-06-23', '2021-06-22T23:00:00', true],
    ['x eq 2021-06-23', '2021-06-31', undefined],
    ['x eq 2021-06-23T10:00:00Z', '2021-06-23 10:00:00', true],
    ['x eq 2021-06-23T10:00:00%2B02:00'.replace('%2B', '+'), '2021-06-23T08:00:00Z', true],
    ['x eq 2021-06-23T10:00:00.000Z', '2021-06-23T12:00:00+02:00', true],
    ['x eq 01234567-89ab-cdef-0123-456789abcdef', '{01234567-89AB-CDEF-0123-456789ABCDEF}', true],
    ["x eq '5'", '5', true],
    ['x gt 10', '9', false],
    ["'a' eq x", 'a', true],
    ['1 lt x', '2', true],
  ];
  for (const [filter, cell, expected] of answers) {
    it(`${filter} of ${JSON.stringify(cell)}`, () => equal(answer(filter, cell), expected));
  }

  it('compares two columns', () => {
    equal(answer('x eq y', 'a', 'A'), true);
    equal(answer('x eq y', null, null), undefined);
    equal(answer('x lt y', '9', '10'), true);
  });

  const unreadable: readonly string[] = [
    'a/b eq 1',
    'a/any(x:x/b eq 1)',
    'length(a) eq 1',
    'a add 1 eq 2',
    '-a eq 1',
    'a has 1',
    'a gt null',
    'a lt true',
    "contains('a',a)",
    'contains(a,b)',
    "contains(a,'b') eq true",
    'a eq b/c',
    'a in (1,b/c)',
    "a eq Namespace.Enum'X'",
    'a eq INF',
    'a eq 10:00:00',
    'a eq 2021-06-23T10:00:00.5Z',
    'a eq <guid>',
    "Microsoft.Dynamics.CRM.Between(PropertyName='a',PropertyValues=['1','2'])",
    'not a eq 1',
    'a eq ',
  ];
  for (const filter of unreadable) {
    it(`${filter} has none`, () => equal(isReadable(odataMeaning(filter)), false));
  }

  it('is known for every filter of Dataverse that Microsoft ships', function () {
    const rows = readShared(this, 'facts/filters.tsv').split('\n');
    const filters = rows
      .map((row) => row.split('\t'))
      .filter(([side, entity = '']) => side === 'dv' && !entity.includes('NEGATIVE'))
      .map(([, , filter = '']) => filter.replaceAll(/(?<!')<guid>/gu, '0'.repeat(8)));
    equal(filters.length > 20, true);
    for (const filter of filters) {
      if (!filter.includes('00000000')) equal(isReadable(odataMeaning(filter)), true, filter);
    }
  });
});

describe('what Dataverse adds to conditions', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['x eq null', '(X IS NULL)'],
    ['x ne null', '(X IS NOT NULL)'],
    ['x eq true', '(X=1)'],
    ["contains(x,'a')", "(X LIKE N'%a%')"],
    ["startswith(x,'a')", "(X LIKE N'a%')"],
    ["endswith(x,'a')", "(X LIKE N'%a')"],
  ];
  for (const [filter, text] of texts) {
    it(`${filter} is ${text} in SQL`, () => equal(sqlTextOf(odataMeaning(filter))?.text, text));
  }

  it('is answered alike by SQLite and by the evaluator', async () => {
    const { Database } = await initSqlJs();
    const database: Database = new Database();
    registerComparisons(database);
    const column = (field: string): string => `c_${field.toLowerCase()}`;
    database.run('CREATE TABLE data(c_t TEXT, c_u TEXT, c_n TEXT, c_d TEXT, c_s TEXT)');
    const condition = fc.oneof(odataFilter.map(odataMeaning), xppFilter.map(xppMeaning));
    fc.assert(
      fc.property(condition, cells, (meaning, given) => {
        database.run('DELETE FROM data');
        database.run('INSERT INTO data VALUES(?,?,?,?,?)', Object.values(given));
        const found = database.exec(
          `SELECT ${sqliteOf(meaning, column, false)}, ${sqliteOf(meaning, column, true)} FROM data`,
        );
        const numberOf = (truth: Truth): number | null =>
          truth === undefined ? null : Number(truth);
        deepEqual(found[0]?.values[0], [
          numberOf(evaluate(meaning, asRow(given))),
          numberOf(evaluateWithoutNull(meaning, asRow(given))),
        ]);
      }),
      { numRuns: 300 },
    );
    database.close();
  });

  const losses: readonly (readonly [string, number])[] = [
    ["x ne 'a'", 1],
    ['x eq null', 0],
    ['x ne null', 0],
    ["x ne 'a' and x ne null", 0],
    ["x ne 'a' or x eq null", 0],
    ["(x ne 'a' and y eq 1) or x eq null", 0],
    ["(x ne 'a' or y eq 1) and (x eq null or y eq 2)", 1],
    ['x ne true', 1],
    ['x eq true', 0],
    ["not contains(x,'a')", 1],
  ];
  for (const [filter, count] of losses) {
    it(`${filter} loses null ${count} times`, () =>
      equal(nullLosses(odataMeaning(filter), (field) => field === 'x').length, count));
  }
});
