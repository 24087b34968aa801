import type { SqlStore } from '../store/database.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';

/** The columns of the key that people know a row by. */
export const keyColumns = (table: RowTable): readonly string[] =>
  (table.definition.primaryKey ?? []).flatMap((name) => columnOf(table, name) ?? []);

/** What rows are called by: a column `name`, else the first text beside the key, else the first column. */
export function nameColumn(table: RowTable): string {
  const keys = keyColumns(table);
  const text = table.columns.find(
    ({ field, column }) => field.type === 'text' && !keys.includes(column),
  );
  return (
    columnOf(table, 'name') ??
    columnOf(table, 'fullname') ??
    text?.column ??
    table.columns[0]?.column ??
    'id'
  );
}

/** What a row is called; its id where that is blank, and undefined where there is no such row. */
export function nameOfRow(
  store: SqlStore,
  table: RowTable,
  by: { readonly rid: number } | { readonly id: string },
): string | undefined {
  const [where, value] = 'rid' in by ? ['rid', by.rid] : ['id', by.id];
  const [row] = store.rows(
    `SELECT id, ${nameColumn(table)} FROM ${table.rows} WHERE ${where} = ?`,
    [value],
  );
  return row === undefined ? undefined : String(row[1] ?? '') || String(row[0]);
}
