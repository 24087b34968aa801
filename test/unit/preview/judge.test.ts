import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Condition } from '../../../src/filter/meaning/condition.ts';
import { evaluate, evaluateWithoutNull } from '../../../src/filter/meaning/evaluate.ts';
import { readMoment } from '../../../src/filter/meaning/moments.ts';
import type { Truth } from '../../../src/filter/meaning/values.ts';
import { cellAt, columnBuilder, type ColumnTable, rowAt } from '../../../src/preview/columns.ts';
import { judgeOf } from '../../../src/preview/judge.ts';
import {
  anyFilter,
  anyRow,
  columnNames,
  conditionOf,
  type RowCells,
  rowOf,
} from '../../kit/conditions.ts';
import { meaningOfOData } from '../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../src/filter/odata/parse.ts';

function tableOf(rows: readonly RowCells[], names = columnNames): ColumnTable {
  const builder = columnBuilder(names);
  for (const row of rows) builder.add(names.map((name) => row[name] ?? null));
  return builder.finish();
}

const truths = (answers: Uint8Array): readonly Truth[] =>
  Array.from(answers, (answer) => (answer === 1 ? undefined : answer === 3));

function agree(condition: Condition, rows: readonly RowCells[], names = columnNames): void {
  const judge = judgeOf(tableOf(rows, names));
  for (const turn of ['found out', 'remembered']) {
    deepEqual(
      truths(judge.answers(condition, false)),
      rows.map((row) => evaluate(condition, rowOf(row))),
      turn,
    );
    deepEqual(
      truths(judge.answers(condition, true)),
      rows.map((row) => evaluateWithoutNull(condition, rowOf(row))),
      turn,
    );
  }
}

describe('judging columns', () => {
  it('answers for every row as the evaluator does', () => {
    fc.assert(
      fc.property(anyFilter, fc.array(anyRow, { maxLength: 8 }), (source, rows) => {
        agree(conditionOf(source), rows);
      }),
      { numRuns: 300 },
    );
  });

  for (const [source, cells] of [
    ['(A == 9007199254740993)', ['9007199254740992', '9007199254740993', '9007199254740993.0']],
    ['(A > 1)', ['2', ' 2 ', '', ' ', 'x', '1e3', '-1', '0x10', '1.5']],
    [
      '(A == 2021-06-23T00:00:00)',
      ['2021-06-23', '2021-06-23T00:00:00', '2021-06-23 00:00', '2021-02-30', 'x'],
    ],
    ['(A == "a")', ['a', 'A ', ' a', '', 'á']],
    ['(A like "a*")', ['a', 'Ab', 'ba', '']],
  ] as const) {
    it(`reads what data files hold: ${source}`, () => {
      agree(conditionOf(source), [{ A: null }, ...cells.map((A) => ({ A }))], ['A']);
    });
  }

  it('answers for filters of Dataverse too, and for columns that are missing', () => {
    const { value } = parseOData("a eq null or contains(b,'x') or c gt 5");
    agree(
      meaningOfOData(value),
      [
        { a: null, b: 'axb' },
        { a: '1', b: null },
      ],
      ['a', 'b'],
    );
  });

  it('finds columns in whatever case, and tells nothing of rows there are none of', () => {
    const judge = judgeOf(tableOf([{ a: 'x' }], ['a']));
    deepEqual(truths(judge.answers(conditionOf('(A == "X")'), false)), [true]);
    equal(judgeOf(tableOf([])).answers(conditionOf('(A == 1)'), false).length, 0);
  });
});

describe('a table of columns', () => {
  it('gives back the rows it was given, however many and however alike', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 50 }), (rows) => {
        const table = tableOf(rows);
        for (const [index, row] of rows.entries()) {
          deepEqual(
            rowAt(table, index),
            columnNames.map((name) => row[name] ?? null),
          );
        }
      }),
    );
  });

  it('holds a cell once, as long as that is worth it', () => {
    const builder = columnBuilder(['Same', 'Other']);
    for (let row = 0; row < 120_000; row += 1) builder.add(['x', String(row)]);
    const table = builder.finish();
    equal(table.columns[0]?.cells.length, 2);
    for (const row of [0, 49_999, 50_000, 119_999]) equal(cellAt(table, 1, row), String(row));
  });

  it('fills short rows with NULL and leaves out what stands behind the last column', () => {
    const builder = columnBuilder(['A', 'B']);
    builder.add(['1']);
    builder.add(['1', '2', '3']);
    deepEqual(rowAt(builder.finish(), 0), ['1', null]);
  });
});

describe('reading a moment', () => {
  it('takes the short way only where it leads to the same', () => {
    const part = fc.constantFrom(
      '00',
      '01',
      '02',
      '12',
      '13',
      '23',
      '24',
      '28',
      '29',
      '30',
      '31',
      '32',
      '59',
      '60',
      'a1',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('2020', '2021', '1900', '2000', '0000', '9999'),
        fc.tuple(part, part, part, part, part),
        (year, [month, day, hour, minute, second]) => {
          const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
          // With an offset of nothing it is the same moment, read the long way.
          equal(readMoment(text), readMoment(`${text}Z`));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
