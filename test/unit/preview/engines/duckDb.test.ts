import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type Condition, fieldsOf, isReadable } from '../../../../src/filter/meaning/condition.ts';
import { evaluate, evaluateWithoutNull } from '../../../../src/filter/meaning/evaluate.ts';
import type { Cell, Truth } from '../../../../src/filter/meaning/values.ts';
import { columnBuilder } from '../../../../src/preview/columns.ts';
import { type DuckDb, openLargeFile } from '../../../../src/preview/engines/duckDb.ts';
import { duckDbFunctions, openReadings } from '../../../../src/preview/engines/duckDbReadings.ts';
import { duckDbOf } from '../../../../src/preview/engines/duckDbSql.ts';
import {
  HEAD_BYTES,
  layoutOf,
  type TextLayout,
} from '../../../../src/preview/engines/largeText.ts';
import { type ExternalRows, withoutLosses } from '../../../../src/preview/engines/externalRows.ts';
import { csvOf } from '../../../../src/preview/exportRows.ts';
import { type RowQuery, rowStore, verdicts } from '../../../../src/preview/rowStore.ts';
import { anyFilter, anyRow, columnNames, conditionOf, rowOf } from '../../../kit/conditions.ts';
import { installedDuckDb } from '../../../kit/duckDb.ts';
import { TRUTH_ROWS, truthTable } from '../../../kit/truthTable.ts';
import { asRow, cells, odataFilter, odataMeaning } from '../../filter/convert/filters.ts';

const layoutIn = (text: string): TextLayout => {
  const layout = layoutOf(Buffer.from(text).subarray(0, HEAD_BYTES), 'csv');
  if ('problem' in layout) throw new Error(JSON.stringify(layout.problem));
  return layout.value;
};

describe('rows judged by DuckDB', () => {
  let module: DuckDb;
  let folder: string;
  let connection: Awaited<ReturnType<InstanceType<DuckDb['DuckDBInstance']>['connect']>>;

  before(async function () {
    const found = installedDuckDb();
    if (found === undefined) {
      this.skip();
      return;
    }
    module = found;
    folder = await mkdtemp(join(tmpdir(), 'duckdb-'));
    const instance = await module.DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    for (const statement of duckDbFunctions) await connection.run(statement);
  });

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const rowsOf = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
    (await connection.runAndReadAll(sql)).getRows();

  const quoted = (cell: Cell): string =>
    cell === null ? 'NULL::VARCHAR' : `'${cell.replaceAll("'", "''")}'`;

  /** What DuckDB answers for rows as written, and with NULL as the empty value. */
  async function truthsOf(
    condition: Condition,
    rows: readonly ((field: string) => Cell)[],
  ): Promise<readonly (readonly Truth[])[]> {
    const fields = fieldsOf(condition);
    const readings = openReadings();
    const sql = [false, true].map((nullAsEmpty) =>
      duckDbOf(condition, (field) => `c${fields.indexOf(field)}`, readings.of, nullAsEmpty),
    );
    const values = rows.map((cell, index) =>
      [String(index), ...fields.map((field) => quoted(cell(field)))].join(','),
    );
    const columns = ['n', ...fields.map((_, index) => `c${index}`)].join(',');
    const table = `(SELECT * FROM (VALUES (${values.join('),(')})) t(${columns}))`;
    const found = await rowsOf(`SELECT ${sql.join(',')} FROM ${readings.over(table)} ORDER BY n`);
    return found.map((row) => row.map((truth) => (typeof truth === 'boolean' ? truth : undefined)));
  }

  const asEvaluated = (
    condition: Condition,
    rows: readonly ((field: string) => Cell)[],
  ): readonly (readonly Truth[])[] =>
    rows.map((row) => [evaluate(condition, row), evaluateWithoutNull(condition, row)]);

  it('are answered for as by the evaluator: filters of X++', async () => {
    const rows = fc.array(anyRow.map(rowOf), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(anyFilter, rows, async (source, given) => {
        const condition = conditionOf(source);
        fc.pre(isReadable(condition));
        deepEqual(await truthsOf(condition, given), asEvaluated(condition, given), source);
      }),
      { numRuns: 150 },
    );
  });

  it('are answered for as by the evaluator: filters of Dataverse', async () => {
    const rows = fc.array(cells.map(asRow), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(odataFilter, rows, async (source, given) => {
        const condition = odataMeaning(source);
        fc.pre(isReadable(condition));
        deepEqual(await truthsOf(condition, given), asEvaluated(condition, given), source);
      }),
      { numRuns: 100 },
    );
  });

  it('answer as SQL Server does, not as DuckDB', async () => {
    const rows = Object.entries(TRUTH_ROWS);
    for (const { filter, kept, meant } of truthTable) {
      const found = await truthsOf(
        conditionOf(filter),
        rows.map(([, X]) => rowOf({ X })),
      );
      const trueFor = (turn: number): readonly string[] =>
        rows.flatMap(([name], index) => (found[index]?.[turn] === true ? [name] : []));
      deepEqual({ kept: trueFor(0), meant: trueFor(1) }, { kept, meant }, filter);
    }
  });

  const opened = async (
    name: string,
    text: string,
    nullRule: 'quotes' | 'null' | 'empty' = 'quotes',
  ): Promise<ExternalRows> => {
    const path = join(folder, name);
    await writeFile(path, text);
    const file = await openLargeFile(
      module,
      { path, layout: layoutIn(text), nullRule },
      { milliseconds: 60_000, temporaryFolder: folder },
    );
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    return file.value;
  };

  it('are counted and shown as rows in memory are', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        fc.array(anyRow, { minLength: 1, maxLength: 12 }),
        fc.subarray([...verdicts]),
        fc.constantFrom('', 'v', 'Ž', '1'),
        fc.boolean(),
        async (source, rows, wanted, search, nullAsEmpty) => {
          const condition = conditionOf(source);
          fc.pre(isReadable(condition));
          const table = rows.map((row) => columnNames.map((name) => row[name] ?? null));
          const builder = columnBuilder(columnNames);
          for (const row of table) builder.add(row);
          const store = rowStore(builder.finish());
          const file = await opened('rows.csv', csvOf(columnNames, table));
          try {
            const asWritten = store.counts(condition);
            deepEqual(await file.counts(condition), {
              value: { asWritten, nullAsEmpty: store.counts(condition, true) },
            });
            deepEqual(withoutLosses(asWritten), store.counts(condition, true));
            const query = { verdicts: wanted, search, nullAsEmpty };
            deepEqual(await file.page(condition, query, 1, 3), {
              value: store.page(condition, query, 1, 3),
            });
          } finally {
            await file.close();
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  for (const [rule, expected] of [
    ['quotes', [null, '']],
    ['null', [null, null]],
    ['empty', ['', '']],
  ] as const) {
    it(`tell NULL from the empty text by the rule of the file: ${rule}`, async () => {
      const file = await opened(`${rule}.csv`, 'A,B\nx,\ny,""\n', rule);
      const found = await file.page(conditionOf(''), { verdicts }, 0, 10);
      await file.close();
      deepEqual('value' in found ? found.value.rows.map(({ cells: [, b] }) => b) : found, expected);
    });
  }

  it('are sorted: NULL, then numbers, then texts; equals in the order of the file', async () => {
    const file = await opened(
      'sorted.csv',
      'A\nb\n10\n9\n\nB\nx\n'.replace('\n\n', '\n,\n'),
      'null',
    );
    const sort = { column: 'a', isDescending: false };
    const numbers = async (isDescending: boolean): Promise<unknown> => {
      const found = await file.page(
        conditionOf(''),
        { verdicts, sort: { ...sort, isDescending } },
        0,
        10,
      );
      return 'value' in found ? found.value.rows.map(({ number }) => number) : found;
    };
    deepEqual(await numbers(false), [4, 3, 2, 1, 5, 6]);
    deepEqual(await numbers(true), [6, 5, 1, 2, 3, 4]);
    deepEqual(await file.row(2), { value: ['10'] });
    deepEqual(await file.row(99), { value: undefined });
    await file.close();
  });

  it('come with columns of any name, and not from a file that is missing', async () => {
    const file = await opened("it's.csv", `"A""; SELECT '",B\nit's,1\n`);
    deepEqual(file.columns, [`A"; SELECT '`, 'B']);
    deepEqual(await file.counts(conditionOf('(B == 1) && (Missing == 1)')), {
      value: {
        asWritten: { kept: 0, lostToNull: 0, dropped: 1 },
        nullAsEmpty: { kept: 0, lostToNull: 0, dropped: 1 },
      },
    });
    await file.close();
    const missing = await openLargeFile(
      module,
      { path: join(folder, 'missing.csv'), layout: layoutIn('A\n1\n'), nullRule: 'null' },
      { milliseconds: 1000, temporaryFolder: folder },
    );
    deepEqual(missing, { problem: { kind: 'file', problem: { kind: 'unreadable' } } });
  });

  it('are found to the last one, in the order that is asked for', async () => {
    const count = 30_000;
    const lines = Array.from(
      { length: count },
      (_, index) => `${index},${index % 3 === 0 ? '' : 'x'}`,
    );
    const file = await opened('all.csv', `A,B\n${lines.join('\n')}\n`);
    const found = async (query: RowQuery): Promise<readonly (readonly Cell[])[]> => {
      const rows: (readonly Cell[])[] = [];
      for await (const part of file.all(conditionOf('(B == "")'), query)) {
        if ('problem' in part) throw new Error(JSON.stringify(part.problem));
        rows.push(...part.value);
      }
      return rows;
    };
    const lost = await found({ verdicts: ['lostToNull'] });
    equal(lost.length, count / 3);
    deepEqual(
      [lost[0], lost.at(-1)],
      [
        ['0', null],
        [String(count - 3), null],
      ],
    );
    deepEqual(await found({ verdicts: ['lostToNull'], nullAsEmpty: true }), []);
    const query = { verdicts, search: '999', sort: { column: 'A', isDescending: true } };
    const sorted = await found(query);
    deepEqual([sorted.length, sorted[0], sorted.at(-1)], [57, ['29999', 'x'], ['999', null]]);
    await file.close();
  });

  it('are broken off where nobody wants them any more, and others go on', async () => {
    const path = join(folder, 'endless.parquet');
    await connection.run(
      `COPY (SELECT i AS A, 'x'||i AS B FROM range(2000000) t(i)) TO ${quoted(path)} (FORMAT parquet)`,
    );
    const file = await openLargeFile(
      module,
      { path, layout: 'parquet', nullRule: 'null' },
      { milliseconds: 60_000, temporaryFolder: folder },
    );
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    const condition = conditionOf('(A >= 0)');
    const stop = new AbortController();
    let last: unknown;
    let parts = 0;
    for await (const part of file.value.all(condition, { verdicts }, stop.signal)) {
      last = part;
      parts += 1;
      // What is asked beside is answered meanwhile.
      if (parts === 2) deepEqual(await file.value.row(2), { value: ['1', 'x1'] });
      if (parts === 3) stop.abort();
      ok(parts < 900, 'it went on');
    }
    deepEqual(last, { problem: { kind: 'cancelled' } });
    for await (const part of file.value.all(condition, { verdicts }, stop.signal)) last = [part];
    deepEqual(last, [{ problem: { kind: 'cancelled' } }]);
    // Whoever leaves the loop leaves nothing behind.
    for await (const part of file.value.all(condition, { verdicts })) {
      ok('value' in part);
      break;
    }
    await file.value.close();
  });

  it('are given up when nobody waits for them, or after the time they may take', async () => {
    const path = join(folder, 'long.csv');
    await connection.run(
      `COPY (SELECT i AS A, 'x'||i AS B FROM range(3000000) t(i)) TO ${quoted(path)} (FORMAT csv)`,
    );
    const source = { path, layout: layoutIn('A,B\n'), nullRule: 'null' } as const;
    const limits = { milliseconds: 1, temporaryFolder: folder };
    deepEqual(await openLargeFile(module, source, limits), { problem: { kind: 'timeout' } });
    const file = await openLargeFile(module, source, { ...limits, milliseconds: 60_000 });
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    equal(file.value.rowCount, 3_000_000);
    const stop = new AbortController();
    const asked = file.value.counts(conditionOf('(B like "*9*8*7*")'), stop.signal);
    stop.abort();
    deepEqual(await asked, { problem: { kind: 'cancelled' } });
    await file.value.close();
  });

  it('are given up one at a time: what is asked beside goes on', async () => {
    const path = join(folder, 'wide.parquet');
    await connection.run(
      `COPY (SELECT i AS A, 'x'||i AS B FROM range(1000000) t(i)) TO ${quoted(path)} (FORMAT parquet)`,
    );
    const file = await openLargeFile(
      module,
      { path, layout: 'parquet', nullRule: 'null' },
      { milliseconds: 60_000, temporaryFolder: folder },
    );
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    const stop = new AbortController();
    const [row, stopped, counted] = [
      file.value.row(1_000_000),
      file.value.counts(conditionOf('(B like "*9*8*7*")'), stop.signal),
      file.value.counts(conditionOf('(A == 5)')),
    ];
    stop.abort();
    deepEqual(await row, { value: ['999999', 'x999999'] });
    deepEqual(await stopped, { problem: { kind: 'cancelled' } });
    const counts = { kept: 1, lostToNull: 0, dropped: 999_999 };
    deepEqual(await counted, { value: { asWritten: counts, nullAsEmpty: counts } });
    await file.value.close();
  });
});
