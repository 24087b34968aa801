import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate, evaluateWithoutNull } from '../../../src/filter/meaning/evaluate.ts';
import type { Cell } from '../../../src/filter/meaning/values.ts';
import { columnBuilder, type ColumnTable, rowAt } from '../../../src/preview/columns.ts';
import { csvOf } from '../../../src/preview/exportRows.ts';
import { readDelimited } from '../../../src/preview/rowFiles/delimited.ts';
import { rowStore, type RowQuery, verdicts } from '../../../src/preview/rowStore.ts';
import { anyFilter, anyRow, columnNames, conditionOf, rowOf } from '../../kit/conditions.ts';

function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): ColumnTable {
  const builder = columnBuilder(columns);
  for (const row of rows) builder.add(row);
  return builder.finish();
}

const everything = { verdicts } as const;
const numbersOf = (
  rows: readonly (readonly Cell[])[],
  query: RowQuery,
  filter = '',
  offset = 0,
  limit = 100,
): readonly number[] =>
  rowStore(tableOf(['A', 'B'], rows))
    .page(conditionOf(filter), query, offset, limit)
    .rows.map(({ number }) => number);

describe('rows under a filter', () => {
  it('are kept, lost or dropped as the evaluator says, and counted', () => {
    fc.assert(
      fc.property(anyFilter, fc.array(anyRow, { maxLength: 6 }), (source, rows) => {
        const condition = conditionOf(source);
        const store = rowStore(
          tableOf(
            columnNames,
            rows.map((row) => columnNames.map((name) => row[name] ?? null)),
          ),
        );
        const expected = rows.map((row) =>
          evaluate(condition, rowOf(row)) === true
            ? 'kept'
            : evaluateWithoutNull(condition, rowOf(row)) === true
              ? 'lostToNull'
              : 'dropped',
        );
        const page = store.page(condition, everything, 0, 100);
        deepEqual(
          page.rows.map(({ verdict }) => verdict),
          expected,
        );
        const counts = store.counts(condition);
        for (const verdict of verdicts) {
          equal(counts[verdict], expected.filter((each) => each === verdict).length);
          equal(store.page(condition, { verdicts: [verdict] }, 0, 0).total, counts[verdict]);
        }
        equal(store.counts(condition, true).lostToNull, 0);
      }),
    );
  });

  it('come in pages', () => {
    const rows = Array.from({ length: 10 }, (_, index) => [String(index), null]);
    deepEqual(numbersOf(rows, everything, '', 3, 2), [4, 5]);
    deepEqual(numbersOf(rows, { verdicts: ['kept'] }, '(A > 6)', 1, 9), [9, 10]);
    deepEqual(numbersOf(rows, everything, '', 20, 5), []);
  });

  it('are sorted: NULL, numbers, texts; equals stay in order, and turned round', () => {
    const rows = ['b', '10', null, '9', 'B2', 'a', '10', '', 'b10', 'b9'].map((cell) => [cell]);
    const sorted = numbersOf(rows, { ...everything, sort: { column: 'a', isDescending: false } });
    deepEqual(
      sorted.map((number) => rows[number - 1]?.[0]),
      [null, '9', '10', '10', '', 'a', 'b', 'B2', 'b9', 'b10'],
    );
    deepEqual(sorted.slice(2, 4), [2, 7]);
    deepEqual(
      numbersOf(rows, { ...everything, sort: { column: 'A', isDescending: true } }),
      sorted.toReversed(),
    );
  });

  it('are searched in every column, whatever the case', () => {
    const rows = [
      ['Žluť', null],
      ['x', 'ŽLUŤOUČKÝ'],
      ['y', 'z'],
    ];
    deepEqual(numbersOf(rows, { ...everything, search: 'žluť' }), [1, 2]);
    deepEqual(numbersOf(rows, { ...everything, search: 'q' }), []);
  });
});

describe('an export', () => {
  it('is read back as it was, unless a cell looks like a formula', () => {
    const cell = fc.option(
      fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/u.test(text)),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const read = readDelimited(csvOf(['A', 'B'], rows), ',', { nullRule: 'quotes' });
        ok('value' in read);
        deepEqual(
          rows.map((_, index) => rowAt(read.value.table, index)),
          rows,
        );
      }),
      { numRuns: 50 },
    );
  });

  for (const [cell, written] of [
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-cmd', "'-cmd"],
    ['-5', '-5'],
    ['+1.5e3', '+1.5e3'],
    ['\t=1', "'\t=1"],
    [null, ','],
    ['', '""'],
  ] as const) {
    it(`writes ${JSON.stringify(cell)} so that no spreadsheet runs it`, () => {
      equal(csvOf(['A'], [[cell]]), `A\r\n${written}\r\n`);
    });
  }
});
