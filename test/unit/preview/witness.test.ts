import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { comparisonsOf, type Condition, fieldsOf } from '../../../src/filter/meaning/condition.ts';
import { evaluateComparison, type Row } from '../../../src/filter/meaning/evaluate.ts';
import type { Cell } from '../../../src/filter/meaning/values.ts';
import { type FieldFacts, witness, type WitnessRows } from '../../../src/preview/witness.ts';
import { verdictOf } from '../../../src/preview/witnessVerdicts.ts';
import { meaningOfOData } from '../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../src/filter/odata/parse.ts';
import { anyRow, conditionOf, literalFilter, type RowCells, rowOf } from '../../kit/conditions.ts';

const rowsIn = ({ columns, rows }: WitnessRows): readonly ReadonlyMap<string, Cell>[] =>
  rows.map(
    (row) => new Map(columns.map((name, index) => [name.toLowerCase(), row[index] ?? null])),
  );

const cellsOf =
  (cells: ReadonlyMap<string, Cell>): Row =>
  (field) =>
    cells.get(field.toLowerCase()) ?? null;

const verdictsOf = (condition: Condition, rows: readonly ReadonlyMap<string, Cell>[]) =>
  rows.map((row) => verdictOf(condition, row));

/** A filter that is false and one that is UNKNOWN drop a row alike. */
const isKeptOr = (verdict: string): string =>
  /false|unknown/u.test(verdict) ? 'dropped' : verdict;

/** Cells that are not of the type they are compared as are mistakes of a file, and none is made up. */
const readable = (condition: Condition, cells: RowCells): RowCells => {
  const isRead = comparisonsOf(condition).map((comparison) => ({
    fields: fieldsOf(comparison),
    answer: evaluateComparison(comparison, rowOf(cells)),
  }));
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [
      name,
      isRead.some(({ fields, answer }) => answer === undefined && fields.includes(name))
        ? null
        : cell,
    ]),
  );
};

const columnOf = (made: WitnessRows, name: string): readonly Cell[] =>
  made.rows.map((row) => row[made.columns.indexOf(name)] ?? null);

const facts =
  (known: Readonly<Record<string, FieldFacts>>) =>
  (field: string): FieldFacts =>
    known[field.toUpperCase()] ?? { isNullable: true };

describe('rows that are made up for a filter', () => {
  it('show whatever a row can show: each comparison, and what becomes of the row', () => {
    fc.assert(
      fc.property(literalFilter, anyRow, (source, any) => {
        const condition = conditionOf(source);
        const given = readable(condition, any);
        const made = witness(condition);
        const rows = rowsIn(made);
        const row = rowOf(given);
        for (const comparison of comparisonsOf(condition)) {
          const answer = evaluateComparison(comparison, row);
          ok(
            rows.some((each) => evaluateComparison(comparison, cellsOf(each)) === answer),
            `${source}: ${JSON.stringify(comparison)} ${answer}`,
          );
        }
        const cells = new Map(
          Object.entries(given).map(([name, cell]) => [name.toLowerCase(), cell]),
        );
        const verdict = isKeptOr(verdictOf(condition, cells));
        ok(
          verdictsOf(condition, rows).map(isKeptOr).includes(verdict),
          `${source}: ${verdict} ${JSON.stringify(given)} ${JSON.stringify(made)}`,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('are few, the kept ones first', () => {
    const condition = conditionOf('(A == "x") && (B > 3)');
    const made = witness(condition);
    ok(made.rows.length <= 8, JSON.stringify(made));
    equal(verdictsOf(condition, rowsIn(made))[0], 'kept');
  });

  it('hold NULL, nothing, blanks and the values that are compared with', () => {
    const made = witness(conditionOf('(A != "x") || (B > 3)'));
    for (const cell of [null, '', '  ', 'x']) ok(columnOf(made, 'A').includes(cell), String(cell));
    for (const cell of [null, '0', '3']) ok(columnOf(made, 'B').includes(cell), String(cell));
  });

  it('hold no NULL where metadata rules it out', () => {
    const made = witness(conditionOf('(A == "x")'), facts({ A: { isNullable: false } }));
    ok(!columnOf(made, 'A').includes(null));
    ok(made.rows.length > 1);
  });

  it('hold the elements of an enum and nothing else', () => {
    const made = witness(
      conditionOf('(Status == Status::Open)'),
      facts({ STATUS: { isNullable: true, values: ['None', 'Open', 'Closed'] } }),
    );
    deepEqual(new Set(columnOf(made, 'Status')), new Set([null, 'None', 'Open', 'Closed']));
  });

  it('hold numbers where a filter asks for the number of an element', () => {
    const made = witness(
      conditionOf('(Status == 1)'),
      facts({ STATUS: { isNullable: false, values: ['None', 'Open'] } }),
    );
    ok(columnOf(made, 'Status').includes('1'));
  });

  it('show a filter of Dataverse', () => {
    const condition = meaningOfOData(parseOData("name ne 'x' and (a eq null or b eq true)").value);
    const verdicts = new Set(verdictsOf(condition, rowsIn(witness(condition))));
    ok(verdicts.has('kept') && verdicts.has('lostToNull') && verdicts.has('false'));
  });

  it('are one row where a filter asks for nothing', () => {
    deepEqual(witness(conditionOf('')), { columns: [], rows: [[]] });
    const known = facts({ TYPE: { isNullable: false, values: ['None'] } });
    deepEqual(witness(conditionOf(''), known, ['Id', 'Type']), {
      columns: ['Id', 'Type'],
      rows: [['1', 'None']],
    });
  });

  for (const [id, source] of [
    [
      'values of one field',
      Array.from({ length: 5000 }, (_, at) => `(A == "v${at}")`).join(' || '),
    ],
    [
      'fields',
      Array.from({ length: 300 }, (_, at) => `(F${at} == "v" && G${at} > 3)`).join(' && '),
    ],
  ] as const) {
    it(`stay few where a filter has thousands of ${id}`, () => {
      const condition = conditionOf(source);
      const made = witness(condition);
      ok(made.rows.length > 1 && made.rows.length <= 60, String(made.rows.length));
      const verdicts = verdictsOf(condition, rowsIn(made));
      ok(verdicts.includes('kept') && verdicts.includes('false'), verdicts.join());
    });
  }
});
