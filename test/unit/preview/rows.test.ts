import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate, evaluateWithoutNull } from '../../../src/filter/meaning/evaluate.ts';
import type { Condition } from '../../../src/filter/meaning/condition.ts';
import type { Cell } from '../../../src/filter/meaning/values.ts';
import { readCsv } from '../../../src/preview/csv.ts';
import { loadTable, type JudgedRows, type Verdict } from '../../../src/preview/rows.ts';
import {
  anyFilter,
  anyRow,
  columnNames,
  conditionOf,
  type RowCells,
  rowOf,
} from '../../kit/conditions.ts';
import { readInRepository } from '../../kit/repository.ts';
import { sqlJs } from '../../kit/sqlJs.ts';

function judged(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  source: string,
): JudgedRows {
  const table = loadTable(sqlJs, { columns, rows });
  try {
    const result = table.judge(conditionOf(source), Number.POSITIVE_INFINITY);
    if ('problem' in result) throw new Error(JSON.stringify(result.problem));
    return result.value;
  } finally {
    table.close();
  }
}

function verdictOf(condition: Condition, cells: RowCells): Verdict {
  if (evaluate(condition, rowOf(cells)) === true) return 'kept';
  return evaluateWithoutNull(condition, rowOf(cells)) === true ? 'lostToNull' : 'dropped';
}

describe('rows judged by SQLite', () => {
  it('are those that the evaluator keeps, loses and drops', () => {
    const property = fc.property(
      anyFilter,
      fc.array(anyRow, { minLength: 5, maxLength: 20 }),
      (source, rows) => {
        const table = rows.map((row) => columnNames.map((name) => row[name] ?? null));
        const condition = conditionOf(source);
        deepEqual(
          judged(columnNames, table, source).rows.map(({ verdict }) => verdict),
          rows.map((row) => verdictOf(condition, row)),
          source,
        );
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  const samples = [
    { filter: '(ParentProject == "")', kept: 1, lostToNull: 3, dropped: 3 },
    { filter: '(PARENTPROJECT != "P-100")', kept: 2, lostToNull: 3, dropped: 2 },
    { filter: '(ParentProject != "")', kept: 3, lostToNull: 0, dropped: 4 },
    { filter: '((Scheduled == 1) && (ProjectManager == ""))', kept: 0, lostToNull: 1, dropped: 6 },
    { filter: '', kept: 7, lostToNull: 0, dropped: 0 },
  ];
  for (const { filter, ...counts } of samples) {
    it(`are counted: ${filter === '' ? 'no filter' : filter}`, () => {
      const csv = readCsv(readInRepository('samples/rows/ProjectEntity.csv'));
      if (!('value' in csv)) throw new Error(csv.problem.kind);
      deepEqual(judged(csv.value.columns, csv.value.rows, filter).counts, counts);
    });
  }

  it('are at most so many of each verdict, in their order, all of them counted', () => {
    const rows = ['v', null, 'w', 'v', null, 'w', 'v', null, 'w'].map((cell) => [cell]);
    const table = loadTable(sqlJs, { columns: ['A'], rows });
    const result = table.judge(conditionOf('((A == "v") || (A == ""))'), 2);
    table.close();
    if ('problem' in result) throw new Error(result.problem.kind);
    const { counts, rows: shown } = result.value;
    deepEqual(counts, { kept: 3, lostToNull: 3, dropped: 3 });
    deepEqual(
      shown.map(({ number, verdict }) => `${number} ${verdict}`),
      ['1 kept', '2 lostToNull', '3 dropped', '4 kept', '5 lostToNull', '6 dropped'],
    );
  });

  const problems = [
    {
      id: 'columns that are not there',
      filter: '(A == 1) && (Nope == "x") && (Nope == Other)',
      problem: { kind: 'missingColumns', columns: ['Nope', 'Other'] },
    },
  ];
  for (const { id, filter, problem } of problems) {
    it(`can't be had for want of ${id}`, () => {
      const table = loadTable(sqlJs, { columns: ['A'], rows: [] });
      const result = table.judge(conditionOf(filter), 1);
      table.close();
      deepEqual('problem' in result ? result.problem : undefined, problem);
    });
  }

  it('survive names and texts that are SQL', () => {
    const columns = ["a'b", 'x"; DROP TABLE data; --', 'A'];
    const rows = [
      ["'", '"', "it's; --"],
      [null, '\n', "it's"],
    ];
    equal(judged(columns, rows, `(A == "it's; --")`).counts.kept, 1);
  });

  it('are judged by a chain of 10,000 terms', () => {
    const chain = Array(10_000).fill('(A == "v")').join(' && ');
    equal(judged(['A'], [['v'], ['w']], chain).counts.kept, 1);
  });

  it('are refused where the chain is too long for SQLite', () => {
    const table = loadTable(sqlJs, { columns: ['A'], rows: [['v']] });
    const result = table.judge(conditionOf(Array(40_000).fill('(A == "v")').join(' && ')), 1);
    table.close();
    if ('value' in result) equal(result.value.counts.kept, 1);
    else equal(result.problem.kind, 'refused');
  });
});
