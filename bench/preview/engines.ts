import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database, SqlJsStatic } from 'sql.js';
import type { Condition } from '../../src/filter/meaning/condition.ts';
import type * as Measured from './measured.ts';
import { COLUMNS, type DataRow, filterOf, whereOf } from './data.ts';

/** A way to keep rows and to answer how many a filter keeps, with the first 100 of them. */
export interface Engine {
  /** @param texts the same rows as a file of text has them. */
  readonly load: (
    rows: readonly DataRow[],
    texts: readonly (readonly (string | null)[])[],
  ) => void | Promise<void>;
  readonly query: (turn: number) => Found | Promise<Found>;
  readonly close: () => void;
}

export interface Found {
  readonly count: number;
  readonly shown: number;
}

const SHOWN = 100;
const require = createRequire(import.meta.url);
const measured = (): typeof Measured =>
  require(join(import.meta.dirname, '../../out/bench/preview.cjs')) as typeof Measured;

const meaningOf = (turn: number): Condition => {
  const { meaningOfOData, parseOData } = measured();
  return meaningOfOData(parseOData(filterOf(turn)).value);
};

const CREATE = COLUMNS.map(([name, type]) => `${name} ${type}`).join(',');
const PLACES = COLUMNS.map(() => '?').join(',');
const COUNT = (turn: number): string => `SELECT count(*) FROM data WHERE ${whereOf(turn)}`;
const FIRST = (turn: number): string => `SELECT * FROM data WHERE ${whereOf(turn)} LIMIT ${SHOWN}`;

export const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  ours: async () => ours(),
  'ours in SQLite': async () => oursInSqlite(await sqlJs()),
  'ours in DuckDB': oursInDuckDb,
  'sql.js': async () => sqlJsEngine(await sqlJs(), 'plain'),
  'sql.js, attached': async () => sqlJsEngine(await sqlJs(), 'attached'),
  'better-sqlite3': async () => betterSqlite(),
  'node-sqlite3-wasm': async () => sqliteWasm(),
  arquero,
  DuckDB: duckDb,
};

function ours(): Engine {
  const { columnBuilder, rowStore } = measured();
  let store = rowStore(columnBuilder([]).finish());
  return {
    load(_, rows) {
      const builder = columnBuilder(COLUMNS.map(([name]) => name));
      for (const row of rows) builder.add(row);
      store = rowStore(builder.finish());
    },
    query(turn) {
      const condition = meaningOf(turn);
      const { kept } = store.counts(condition);
      const { rows } = store.page(condition, { verdicts: ['kept'] }, 0, SHOWN);
      return { count: kept, shown: rows.length };
    },
    close: () => undefined,
  };
}

/** As the product asks SQLite for a second opinion: of columns in memory, what the filter compares. */
function oursInSqlite(library: SqlJsStatic): Engine {
  const { columnBuilder, rowAt, sqliteRows } = measured();
  let table = columnBuilder([]).finish();
  let rows = sqliteRows(library, table);
  const ask = async (turn: number) => {
    const answer = await rows.ask(meaningOf(turn), () => true);
    if (answer === undefined) throw new Error('SQLite refused the filter.');
    return answer;
  };
  return {
    async load(_, texts) {
      rows.close();
      const builder = columnBuilder(COLUMNS.map(([name]) => name));
      for (const row of texts) builder.add(row);
      table = builder.finish();
      rows = sqliteRows(library, table);
      await ask(0);
    },
    async query(turn) {
      const { counts, first } = await ask(turn);
      const shown = first.slice(0, SHOWN).map((number) => rowAt(table, number - 1));
      return { count: counts.kept, shown: shown.length };
    },
    close: () => rows.close(),
  };
}

async function sqlJs(): Promise<SqlJsStatic> {
  const { default: initSqlJs } = await import('sql.js');
  return initSqlJs();
}

function sqlJsEngine(library: SqlJsStatic, kind: 'plain' | 'attached'): Engine {
  let database: Database = new library.Database();
  return {
    load(rows) {
      database.close();
      database = new library.Database();
      database.run(
        kind === 'plain'
          ? `CREATE TABLE data(${CREATE}); BEGIN`
          : `ATTACH ':memory:' AS m; CREATE TABLE m.data(${CREATE}); BEGIN`,
      );
      const insert = database.prepare(`INSERT INTO data VALUES(${PLACES})`);
      for (const row of rows) insert.run([...row]);
      insert.free();
      database.run('COMMIT');
    },
    query(turn) {
      const [counted] = database.exec(COUNT(turn));
      const [first] = database.exec(FIRST(turn));
      return { count: Number(counted?.values[0]?.[0]), shown: first?.values.length ?? 0 };
    },
    close: () => database.close(),
  };
}

interface NativeDatabase {
  readonly exec: (sql: string) => unknown;
  readonly prepare: (sql: string) => {
    readonly run: (values: DataRow) => unknown;
    readonly all: () => readonly unknown[];
    readonly get: () => unknown;
    readonly finalize?: () => unknown;
  };
  readonly close: () => unknown;
}

const betterSqlite = (): Engine =>
  sqliteEngine(new (require('better-sqlite3') as new (path: string) => NativeDatabase)(':memory:'));

function sqliteWasm(): Engine {
  const { Database } = require('node-sqlite3-wasm') as {
    readonly Database: new () => NativeDatabase;
  };
  return sqliteEngine(new Database());
}

function sqliteEngine(database: NativeDatabase): Engine {
  const once = <T>(
    sql: string,
    use: (statement: ReturnType<NativeDatabase['prepare']>) => T,
  ): T => {
    const statement = database.prepare(sql);
    const value = use(statement);
    statement.finalize?.();
    return value;
  };
  return {
    load(rows) {
      database.exec(`DROP TABLE IF EXISTS data; CREATE TABLE data(${CREATE}); BEGIN`);
      once(`INSERT INTO data VALUES(${PLACES})`, (insert) => {
        for (const row of rows) insert.run(row);
      });
      database.exec('COMMIT');
    },
    query(turn) {
      const counted = once(COUNT(turn), (statement) => statement.get());
      const [count] = Object.values(counted ?? {}) as readonly unknown[];
      return {
        count: Number(count),
        shown: once(FIRST(turn), (statement) => statement.all()).length,
      };
    },
    close: () => void database.close(),
  };
}

interface ArqueroTable {
  readonly filter: (predicate: string) => ArqueroTable;
  readonly numRows: () => number;
  readonly objects: (options: { readonly limit: number }) => readonly unknown[];
}

/** Its NULL is a value: what SQL loses, the predicate must leave out. */
async function arquero(): Promise<Engine> {
  const name = 'arquero';
  const library = (await import(name)) as {
    readonly table: (columns: Readonly<Record<string, readonly unknown[]>>) => ArqueroTable;
  };
  let table: ArqueroTable | undefined;
  return {
    load(rows) {
      table = library.table(
        Object.fromEntries(
          COLUMNS.map(([column], index) => [column, rows.map((row) => row[index] ?? null)]),
        ),
      );
    },
    query(turn) {
      const month = turn % 2 === 0 ? '06' : '07';
      const found = table?.filter(
        `d => d.name != null && (d.revenue > ${2500 + turn} || d.revenue == null) && d.city != null && d.city != 'Seattle' && d.modified >= '2021-${month}-01T00:00:00' && d.status == ${turn % 3}`,
      );
      return { count: found?.numRows() ?? 0, shown: found?.objects({ limit: SHOWN }).length ?? 0 };
    },
    close: () => undefined,
  };
}

async function duckDbConnection(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:')).connect();
}

async function appended(connection: DuckDBConnection, rows: readonly DataRow[]): Promise<void> {
  const types = { TEXT: 'VARCHAR', INTEGER: 'INTEGER', REAL: 'DOUBLE' } as const;
  const columns = COLUMNS.map(([name, type]) => `${name} ${types[type]}`).join(',');
  await connection.run(`CREATE OR REPLACE TABLE data(${columns})`);
  const appender = await connection.createAppender('data');
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      const type = COLUMNS[index]?.[1];
      if (cell === null) appender.appendNull();
      else if (typeof cell === 'string') appender.appendVarchar(cell);
      else if (type === 'REAL') appender.appendDouble(cell);
      else appender.appendInteger(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}

async function duckDb(): Promise<Engine> {
  const connection = await duckDbConnection();
  return {
    load: (rows) => appended(connection, rows),
    async query(turn) {
      const counted = await connection.runAndReadAll(COUNT(turn));
      const first = await connection.runAndReadAll(FIRST(turn));
      return { count: Number(counted.getRows()[0]?.[0]), shown: first.getRows().length };
    },
    close: () => connection.closeSync(),
  };
}

/** A file of the rows, queried where it lies with SQL Server's behaviour. */
async function oursInDuckDb(): Promise<Engine> {
  const connection = await duckDbConnection();
  const path = join(tmpdir(), `bench-${process.pid}.parquet`);
  let close = (): Promise<void> => Promise.resolve();
  let rows: Extract<
    Awaited<ReturnType<typeof Measured.openLargeFile>>,
    { value: unknown }
  >['value'];
  return {
    async load(given) {
      await appended(connection, given);
      await connection.run(`COPY data TO '${path}' (FORMAT parquet)`);
      const opened = await measured().openLargeFile(
        await import('@duckdb/node-api'),
        { path, layout: 'parquet', nullRule: 'null' },
        { milliseconds: 60_000, temporaryFolder: tmpdir() },
      );
      if ('problem' in opened) throw new Error(JSON.stringify(opened.problem));
      await close();
      rows = opened.value;
      ({ close } = opened.value);
    },
    async query(turn) {
      const condition = meaningOf(turn);
      const counts = await rows.counts(condition);
      const page = await rows.page(condition, { verdicts: ['kept'] }, 0, SHOWN);
      if ('problem' in counts || 'problem' in page) throw new Error('DuckDB refused the filter.');
      return { count: counts.value.asWritten.kept, shown: page.value.rows.length };
    },
    close() {
      void close();
      rmSync(path, { force: true });
    },
  };
}
