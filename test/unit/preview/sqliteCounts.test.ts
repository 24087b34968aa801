import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate, evaluateWithoutNull } from '../../../src/filter/meaning/evaluate.ts';
import { readDelimited } from '../../../src/preview/rowFiles/delimited.ts';
import { type Counts, rowStore, type Verdict } from '../../../src/preview/rowStore.ts';
import type { ColumnTable } from '../../../src/preview/columns.ts';
import type { Condition } from '../../../src/filter/meaning/condition.ts';
import { FIRST_KEPT, sqliteRows } from '../../../src/preview/sqliteCounts.ts';
import { meaningOfOData } from '../../../src/filter/odata/meaning.ts';
import { parseOData } from '../../../src/filter/odata/parse.ts';
import { anyFilter, anyRow, columnNames, conditionOf, rowOf } from '../../kit/conditions.ts';
import { readInRepository } from '../../kit/repository.ts';
import { sqlJs } from '../../kit/sqlJs.ts';
import { tableOf } from '../../kit/tables.ts';
import { TRUTH_ROWS, truthTable } from '../../kit/truthTable.ts';
import { asRow, cells, odataFilter, odataMeaning } from '../filter/convert/filters.ts';

const counted = (verdicts: readonly Verdict[]): Counts => {
  const count = (wanted: Verdict): number => verdicts.filter((each) => each === wanted).length;
  return { kept: count('kept'), lostToNull: count('lostToNull'), dropped: count('dropped') };
};

/** What SQLite answers; undefined where it refuses. */
async function countsOfSqlite(
  table: ColumnTable,
  condition: Condition,
): Promise<Counts | undefined> {
  const rows = sqliteRows(sqlJs, table);
  try {
    return (await rows.ask(condition, () => true))?.counts;
  } finally {
    rows.close();
  }
}

/** Three executions of one meaning: the evaluator row by row, columns in memory, SQL in SQLite. */
describe('rows counted by SQLite', () => {
  it('are those that the evaluator and the columns in memory keep, lose and drop', async () => {
    const property = fc.asyncProperty(
      anyFilter,
      fc.array(anyRow, { minLength: 5, maxLength: 20 }),
      async (source, rows) => {
        const table = tableOf(
          columnNames,
          rows.map((row) => columnNames.map((name) => row[name] ?? null)),
        );
        const condition = conditionOf(source);
        const expected = counted(
          rows.map((row) => {
            if (evaluate(condition, rowOf(row)) === true) return 'kept';
            return evaluateWithoutNull(condition, rowOf(row)) === true ? 'lostToNull' : 'dropped';
          }),
        );
        deepEqual(await countsOfSqlite(table, condition), expected, source);
        deepEqual(rowStore(table).counts(condition), expected, source);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it('are those of filters of Dataverse, too', async () => {
    const fields = ['t', 'u', 'n', 'd', 's'] as const;
    const rowsOf = fc.array(cells, { minLength: 5, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(odataFilter, rowsOf, async (source, rows) => {
        const condition = odataMeaning(source);
        const table = tableOf(
          fields,
          rows.map((row) => fields.map((name) => row[name])),
        );
        const expected = counted(
          rows.map((row) => {
            if (evaluate(condition, asRow(row)) === true) return 'kept';
            return evaluateWithoutNull(condition, asRow(row)) === true ? 'lostToNull' : 'dropped';
          }),
        );
        deepEqual(await countsOfSqlite(table, condition), expected, source);
        deepEqual(rowStore(table).counts(condition), expected, source);
      }),
      { numRuns: 100 },
    );
  });

  for (const { filter, kept, meant } of truthTable) {
    it(`answer as SQL Server does, not as SQLite: ${filter}`, async () => {
      const condition = conditionOf(filter);
      for (const [name, cell] of Object.entries(TRUTH_ROWS)) {
        const table = tableOf(['X'], [[cell]]);
        const expected = counted([
          kept.some((each) => each === name)
            ? 'kept'
            : meant.some((each) => each === name)
              ? 'lostToNull'
              : 'dropped',
        ]);
        deepEqual(await countsOfSqlite(table, condition), expected, name);
        deepEqual(rowStore(table).counts(condition), expected, name);
      }
    });
  }

  const samples = [
    { filter: '(ParentProject == "")', kept: 1, lostToNull: 3, dropped: 3 },
    { filter: '(PARENTPROJECT != "P-100")', kept: 2, lostToNull: 3, dropped: 2 },
    { filter: '(ParentProject != "")', kept: 3, lostToNull: 0, dropped: 4 },
    { filter: '((Scheduled == 1) && (ProjectManager == ""))', kept: 0, lostToNull: 1, dropped: 6 },
    { filter: '', kept: 7, lostToNull: 0, dropped: 0 },
  ];
  for (const { filter, ...counts } of samples) {
    it(`are counted: ${filter === '' ? 'no filter' : filter}`, async () => {
      const read = readDelimited(readInRepository('samples/rows/ProjectEntity.csv'), ',');
      if (!('value' in read)) throw new Error(read.problem.kind);
      deepEqual(await countsOfSqlite(read.value.table, conditionOf(filter)), counts);
    });
  }

  it('follow the logic of Dataverse in filters of its side', async () => {
    const table = tableOf(['a'], [[null], ['x'], ['']]);
    const condition = meaningOfOData(parseOData("a ne 'x' or a eq null").value);
    const expected = { kept: 2, lostToNull: 0, dropped: 1 };
    deepEqual(await countsOfSqlite(table, condition), expected);
    deepEqual(rowStore(table).counts(condition), expected);
  });

  it('are asked for filter after filter, whatever columns the last ones read', async () => {
    const filters = fc.array(anyFilter, { minLength: 2, maxLength: 4 });
    const tables = fc.array(anyRow, { minLength: 5, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(filters, tables, async (sources, rows) => {
        const table = tableOf(
          columnNames,
          rows.map((row) => columnNames.map((name) => row[name] ?? null)),
        );
        const store = rowStore(table);
        const inSqlite = sqliteRows(sqlJs, table);
        for (const source of sources) {
          const condition = conditionOf(source);
          const kept = store.page(condition, { verdicts: ['kept'] }, 0, FIRST_KEPT).rows;
          deepEqual(
            await inSqlite.ask(condition, () => true),
            { counts: store.counts(condition), first: kept.map(({ number }) => number) },
            source,
          );
        }
        inSqlite.close();
      }),
      { numRuns: 100 },
    );
  });

  it('are asked about in slices, until nobody waits any more', async () => {
    const cells = Array.from({ length: 25_000 }, (_, row) => [row % 250 === 0 ? 'v' : null]);
    const table = tableOf(['A'], cells);
    const condition = conditionOf('(A == "v")');
    const rows = sqliteRows(sqlJs, table);
    let times = 0;
    const after = (most: number) => (): boolean => {
      times += 1;
      return times <= most;
    };
    const ask = (most: number) => {
      times = 0;
      return rows.ask(condition, after(most));
    };
    // Ten slices to load and three to count; what is loaded stays.
    deepEqual(await ask(0), undefined);
    deepEqual(await ask(4), undefined);
    deepEqual(await ask(6 + 2), undefined);
    const answer = await ask(3);
    deepEqual(answer?.counts, { kept: 100, lostToNull: 0, dropped: 24_900 });
    deepEqual(
      answer?.first,
      Array.from({ length: FIRST_KEPT }, (_, index) => 250 * index + 1),
    );
    deepEqual(await rows.ask(condition, () => false), undefined);
    deepEqual(await rows.ask(condition, () => true), answer);
    rows.close();
  });

  it('survive names and texts that are SQL', async () => {
    const table = tableOf(
      ["a'b", 'x"; DROP TABLE data; --', 'A'],
      [
        ["'", '"', "it's; --"],
        [null, '\n', "it's"],
      ],
    );
    deepEqual((await countsOfSqlite(table, conditionOf(`(A == "it's; --")`)))?.kept, 1);
  });

  it('are counted by a chain of 10,000 terms, and by no chain that SQLite refuses', async () => {
    const table = tableOf(['A'], [['v'], ['w']]);
    const chain = (terms: number) => conditionOf(Array(terms).fill('(A == "v")').join(' && '));
    deepEqual((await countsOfSqlite(table, chain(10_000)))?.kept, 1);
    const long = await countsOfSqlite(table, chain(40_000));
    if (long !== undefined) deepEqual(long.kept, 1);
    deepEqual(rowStore(table).counts(chain(40_000)).kept, 1);
  });
});
