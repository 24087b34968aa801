import type { Database, SqlJsStatic } from 'sql.js';
import type { Condition } from '../filter/meaning/condition.ts';
import type { ColumnTable } from './columns.ts';
import type { Counts } from './rowStore.ts';
import { registerComparisons, sqliteOf } from './sqlite.ts';
import type { NativeColumn } from './sqliteNative.ts';
import { type ColumnReading, isHeld, readColumn, type Reading } from './sqliteReadings.ts';

/** What SQLite says of rows under a filter. */
export interface SqliteAnswer {
  readonly counts: Counts;
  /** Numbers of the first rows that are kept, counted from one. */
  readonly first: readonly number[];
}

/** Asked now and then whether the answer is still wanted. */
export type GoOn = () => boolean | Promise<boolean>;

/** A table that is asked in SQL, one question at a time. */
export interface SqliteRows {
  /**
   * Undefined where nobody waits any more, where SQLite refuses, as it does a filter of many thousand comparisons, and
   * where it can't hold a cell that a function would compare.
   */
  readonly ask: (condition: Condition, goOn: GoOn) => Promise<SqliteAnswer | undefined>;
  readonly close: () => void;
}

/** How many rows `SqliteAnswer.first` names at most. */
export const FIRST_KEPT = 100;

/** Rows that are asked about at a time, and that are inserted: some milliseconds of work each. */
const ASKED = 10_000;
const INSERTED = 2_500;

/**
 * Holds of a table what the comparisons of a filter read, and asks that (`performance.md` 8.7). The next filter mostly
 * reads the same.
 */
export function sqliteRows(sqlJs: SqlJsStatic, table: ColumnTable): SqliteRows {
  const database = new sqlJs.Database();
  registerComparisons(database);
  // An attached schema in memory loads in two thirds of the time (`performance.md` 3).
  database.run("ATTACH ':memory:' AS m");
  const columns = readColumns(table);
  let held: HeldRows | undefined;

  return {
    async ask(condition, goOn) {
      const written = columns.write(condition);
      if (written === undefined) return undefined;
      try {
        const { names } = written;
        if (held === undefined || !names.every((name) => held?.names.has(name))) {
          held = createTable(database, names);
        }
        const isLoaded = await insertRows(database, held, table.rowCount, columns.cellsOf, goOn);
        return isLoaded ? await judged(database, table.rowCount, written, goOn) : undefined;
      } catch {
        return undefined;
      }
    },
    close: () => database.close(),
  };
}

/**
 * A filter in two parts that are to be true together: what says the same of NULL and of nothing, and the rest as it is
 * written and as it would be if NULL were nothing. Rows are asked about in one pass, and most fall at the first part.
 */
interface WrittenFilter {
  /** The columns it names. */
  readonly names: readonly string[];
  readonly common: string;
  readonly asWritten: string;
  readonly nullAsEmpty: string;
}

type CellsOfRows = (row: number) => string | number | null;

/** The columns of a table as comparisons read them, each read when a filter first needs it. */
function readColumns({ columns }: ColumnTable) {
  const places = new Map(columns.map(({ name }, place) => [name.toLowerCase(), place]));
  const readings = new Map<string, ColumnReading | undefined>();

  const read = (place: number, reading: Reading): (NativeColumn & ColumnReading) | undefined => {
    const sql = `c${place}_${reading}`;
    const column = columns[place];
    if (!readings.has(sql) && column !== undefined) {
      readings.set(sql, readColumn(column, reading));
    }
    const found = readings.get(sql);
    return found && { ...found, sql };
  };

  return {
    /** Undefined where SQLite can't hold what a function would compare. */
    write(condition: Condition): WrittenFilter | undefined {
      const names = new Set<string>();
      let hasCells = true;
      const native = (field: string, reading: Reading): NativeColumn | undefined => {
        const place = places.get(field.toLowerCase());
        if (place === undefined) return { sql: 'NULL', hasNull: true, isTotal: true };
        const column = read(place, reading);
        if (column !== undefined) names.add(column.sql);
        return column;
      };
      const cell = (field: string): string => {
        const column = native(field, 'cell');
        hasCells &&= column !== undefined;
        return column?.sql ?? 'NULL';
      };
      const write = (part: Condition, isNullEmpty: boolean): string =>
        sqliteOf(part, cell, isNullEmpty, native);
      const { span } = condition;
      const terms = condition.kind === 'and' ? condition.terms : [condition];
      const isCommon = terms.map((term) => write(term, false) === write(term, true));
      const partOf = (wanted: boolean): Condition => ({
        kind: 'and',
        terms: terms.filter((_, index) => isCommon[index] === wanted),
        span,
      });
      const common = write(partOf(true), false);
      const [asWritten, nullAsEmpty] = [write(partOf(false), false), write(partOf(false), true)];
      // What a function is to compare with stands in the statement.
      return hasCells && isHeld(common + asWritten + nullAsEmpty)
        ? { names: [...names], common, asWritten, nullAsEmpty }
        : undefined;
    },
    /** The cells of a column that a filter names, by the number of the row. */
    cellsOf: (name: string): CellsOfRows => {
      const { values = [], ids = [] } = readings.get(name) ?? {};
      return (row) => values[ids[row] ?? 0] ?? null;
    },
  };
}

/** What the database holds. */
interface HeldRows {
  /** The columns, in their order. */
  readonly names: ReadonlySet<string>;
  /** How many rows are there; the loading of the others was given up. */
  rowCount: number;
}

function createTable(database: Database, names: readonly string[]): HeldRows {
  // A filter that reads nothing still has rows.
  const columns = new Set(names.length === 0 ? ['none'] : names);
  database.run(`DROP TABLE IF EXISTS m.data; CREATE TABLE m.data(${[...columns].join(',')})`);
  return { names: columns, rowCount: 0 };
}

/** Inserts the rows that are missing. Answers whether all are there. */
async function insertRows(
  database: Database,
  held: HeldRows,
  rowCount: number,
  cellsOf: (name: string) => CellsOfRows,
  goOn: GoOn,
): Promise<boolean> {
  const cells = [...held.names].map(cellsOf);
  const insert = database.prepare(`INSERT INTO m.data VALUES(${cells.map(() => '?').join(',')})`);
  try {
    while (held.rowCount < rowCount) {
      if (!(await goOn())) return false;
      const end = Math.min(held.rowCount + INSERTED, rowCount);
      database.run('BEGIN');
      for (let row = held.rowCount; row < end; row += 1) insert.run(cells.map((cell) => cell(row)));
      database.run('COMMIT');
      held.rowCount = end;
    }
    return true;
  } finally {
    insert.free();
  }
}

async function judged(
  database: Database,
  rowCount: number,
  { common, asWritten, nullAsEmpty }: WrittenFilter,
  goOn: GoOn,
): Promise<SqliteAnswer | undefined> {
  const rows = `FROM m.data WHERE rowid>? AND rowid<=? AND ${common} AND`;
  const counting = database.prepare(
    `SELECT count(*), count(*) FILTER (WHERE ${asWritten}) ${rows} (${asWritten} OR ${nullAsEmpty})`,
  );
  const finding = database.prepare(`SELECT rowid ${rows} ${asWritten} LIMIT ${FIRST_KEPT}`);
  const first: number[] = [];
  let [kept, keptOrLost] = [0, 0];
  try {
    for (let from = 0; from < rowCount; from += ASKED) {
      if (!(await goOn())) return undefined;
      const slice = [from, from + ASKED];
      const [found = 0, keptOfThem = 0] = counting.get(slice).map(Number);
      keptOrLost += found;
      kept += keptOfThem;
      if (keptOfThem === 0 || first.length >= FIRST_KEPT) continue;
      finding.bind(slice);
      while (first.length < FIRST_KEPT && finding.step()) first.push(Number(finding.get()[0]));
    }
  } finally {
    counting.free();
    finding.free();
  }
  const counts = { kept, lostToNull: keptOrLost - kept, dropped: rowCount - keptOrLost };
  return { counts, first };
}
