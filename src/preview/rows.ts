import type { Database, SqlJsStatic } from 'sql.js';
import { type Condition, comparisonsOf } from '../filter/meaning/condition.ts';
import type { Cell } from '../filter/meaning/values.ts';
import type { DataTable } from './csv.ts';
import { registerComparisons, sqliteOf } from './sqlite.ts';

/**
 * What a filter does with a row. `lostToNull`: it is dropped because a field is NULL, and would be kept if the
 * field were empty, as it looks to X++ (`dualwrite.md` 4.2).
 */
export type Verdict = 'kept' | 'dropped' | 'lostToNull';

export interface JudgedRow {
  /** One-based number of the row in its file, the header not counted. */
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly verdict: Verdict;
}

export interface JudgedRows {
  readonly columns: readonly string[];
  /** How many rows have each verdict, among all. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** At most `limit` rows of each verdict, in the order of the file. */
  readonly rows: readonly JudgedRow[];
}

export type JudgingProblem =
  | { readonly kind: 'missingColumns'; readonly columns: readonly string[] }
  /** SQLite refused the statement; a filter of many thousand comparisons is too long for it. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A table loaded into sql.js, ready for filter after filter. */
export interface LoadedTable {
  readonly judge: (
    condition: Condition,
    limit: number,
  ) => { readonly value: JudgedRows } | { readonly problem: JudgingProblem };
  readonly close: () => void;
}

export function loadTable(sqlJs: SqlJsStatic, table: DataTable): LoadedTable {
  const database = new sqlJs.Database();
  registerComparisons(database);
  insertRows(database, table);
  const columnNames = new Map(
    table.columns.map((name, index) => [name.toLowerCase(), `c${index}`] as const),
  );

  return {
    judge(condition, limit) {
      const missing = fieldsOf(condition).filter((field) => !columnNames.has(field.toLowerCase()));
      if (missing.length > 0) return { problem: { kind: 'missingColumns', columns: missing } };
      const column = (field: string): string => columnNames.get(field.toLowerCase()) ?? 'NULL';
      try {
        return { value: judgedRows(database, table, condition, column, limit) };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { problem: { kind: 'refused', reason } };
      }
    },
    close: () => database.close(),
  };
}

function insertRows(database: Database, { columns, rows }: DataTable): void {
  const names = columns.map((_, index) => `c${index}`);
  database.run('PRAGMA journal_mode=MEMORY; PRAGMA locking_mode=EXCLUSIVE;');
  database.run(`CREATE TABLE data(${names.map((name) => `${name} TEXT`).join(',')})`);
  database.run('BEGIN');
  const insert = database.prepare(`INSERT INTO data VALUES(${names.map(() => '?').join(',')})`);
  for (const row of rows) insert.run([...row]);
  insert.free();
  database.run('COMMIT');
}

function judgedRows(
  database: Database,
  table: DataTable,
  condition: Condition,
  column: (field: string) => string,
  limit: number,
): JudgedRows {
  const asWritten = sqliteOf(condition, column, false);
  const asMeant = sqliteOf(condition, column, true);
  const statement = database.prepare(
    `SELECT rowid, CASE WHEN ${asWritten} THEN 'kept' WHEN ${asMeant} THEN 'lostToNull' ELSE 'dropped' END FROM data`,
  );
  const counts: Record<Verdict, number> = { kept: 0, dropped: 0, lostToNull: 0 };
  const rows: JudgedRow[] = [];
  try {
    while (statement.step()) {
      const [number, verdict] = statement.get();
      if (typeof number !== 'number' || !isVerdict(verdict)) continue;
      counts[verdict] += 1;
      if (counts[verdict] <= limit) {
        rows.push({ number, cells: table.rows[number - 1] ?? [], verdict });
      }
    }
  } finally {
    statement.free();
  }
  return { columns: table.columns, counts, rows };
}

const isVerdict = (value: unknown): value is Verdict =>
  value === 'kept' || value === 'dropped' || value === 'lostToNull';

/** The fields a condition reads, each once. */
function fieldsOf(condition: Condition): readonly string[] {
  const fields = comparisonsOf(condition)
    .flatMap(({ left, right }) => [left, right])
    .flatMap((operand) => (operand.kind === 'field' ? [operand.name] : []));
  return [...new Map(fields.map((field) => [field.toLowerCase(), field])).values()];
}
