import type { Database, SqlJsStatic } from 'sql.js';
import { type Condition, fieldsOf } from '../filter/meaning/condition.ts';
import { columnNamed, type ColumnTable } from './columns.ts';
import { type Counts, verdicts } from './rowStore.ts';
import { registerComparisons, sqliteOf } from './sqlite.ts';

/**
 * How many rows have each verdict, run as SQL: SQLite decides AND, OR and NOT, and its columns are those that the
 * filter reads (`performance.md` 8.7). Undefined where SQLite refuses, as it does a filter of many thousand comparisons.
 */
export function countsOfSqlite(
  sqlJs: SqlJsStatic,
  table: ColumnTable,
  condition: Condition,
): Counts | undefined {
  const database = new sqlJs.Database();
  try {
    registerComparisons(database);
    const fields = fieldsOf(condition);
    insertColumns(database, table, fields);
    const names = new Map(fields.map((field, index) => [field.toLowerCase(), `c${index}`]));
    const column = (field: string): string => names.get(field.toLowerCase()) ?? 'NULL';
    const [found] = database.exec(
      `SELECT CASE WHEN ${sqliteOf(condition, column, false)} THEN 0 WHEN ${sqliteOf(condition, column, true)} THEN 1 ELSE 2 END AS verdict, count(*) FROM data GROUP BY verdict`,
    );
    const counts = new Map(
      (found?.values ?? []).map(([code, count]) => [Number(code), Number(count)]),
    );
    const [kept = 0, lostToNull = 0, dropped = 0] = verdicts.map(
      (_, code) => counts.get(code) ?? 0,
    );
    return { kept, lostToNull, dropped };
  } catch {
    return undefined;
  } finally {
    database.close();
  }
}

/** In an attached schema in memory, where loading takes two thirds of the time (`performance.md` 3). */
function insertColumns(database: Database, table: ColumnTable, fields: readonly string[]): void {
  const columns = fields.map((field) => columnNamed(table, field));
  const names = ['row', ...fields.map((_, index) => `c${index} TEXT`)];
  database.run(`ATTACH ':memory:' AS m; CREATE TABLE m.data(${names.join(',')}); BEGIN`);
  const insert = database.prepare(`INSERT INTO data VALUES(${names.map(() => '?').join(',')})`);
  for (let row = 0; row < table.rowCount; row += 1) {
    insert.run([row, ...columns.map((column) => column?.cells[column.ids[row] ?? 0] ?? null)]);
  }
  insert.free();
  database.run('COMMIT');
}
