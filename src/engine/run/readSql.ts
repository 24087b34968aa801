import type { FieldDefinition } from '../model/table.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';

/** A field of a row as SQL; a FlowField is calculated where it is read (`bc-sync.md` 2.6). */
export function readSql(
  table: RowTable,
  field: FieldDefinition,
  alias: string,
  all: readonly RowTable[],
): string {
  const { calculated } = field;
  if (calculated === undefined) return `${alias}.${columnOf(table, field.name) ?? 'NULL'}`;
  const other = all.find(
    ({ side, definition }) => side === table.side && definition.name === calculated.table,
  );
  if (other === undefined) return 'NULL';
  const column = columnOf(other, calculated.field ?? '') ?? 'NULL';
  const links = Object.entries(calculated.where).map(
    ([theirs, ours]) =>
      ` AND f.${columnOf(other, theirs) ?? 'NULL'} = ${alias}.${columnOf(table, ours) ?? 'NULL'}`,
  );
  const from = `FROM ${other.rows} f WHERE f.alive${links.join('')}`;
  switch (calculated.method) {
    case 'count':
      return `(SELECT count(*) ${from})`;
    case 'sum':
      return `(SELECT ifnull(sum(f.${column}), 0) ${from})`;
    case 'lookup':
      return `(SELECT f.${column} ${from} LIMIT 1)`;
  }
}
