import type { Cell } from '../../src/filter/meaning/values.ts';
import { columnBuilder, type ColumnTable } from '../../src/preview/columns.ts';

/** Rows as a table by columns. */
export function tableOf(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): ColumnTable {
  const builder = columnBuilder(columns);
  for (const row of rows) builder.add(row);
  return builder.finish();
}
