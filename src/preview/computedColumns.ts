import type { Cell } from '../filter/meaning/values.ts';
import { nullSafeBodyOf } from '../metadata/computedColumn.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import type { DataTable } from './csv.ts';

/**
 * Adds the null-safe computed columns of an entity that a data file lacks, so that a filter on a column that was
 * just generated can be previewed before any database has it.
 */
export function withComputedColumns(
  table: DataTable,
  entity: Entity,
  metadata: Metadata,
): DataTable {
  const indexOf = (name: string): number =>
    table.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  const added = entity.fields.flatMap((field) => {
    if (field.kind !== 'computed' || indexOf(field.name) >= 0) return [];
    const body = nullSafeBodyOf(metadata.methodOf(entity.name, field.method)?.source ?? '');
    const origin = entity.fields.find(
      (candidate) =>
        candidate.kind === 'mapped' &&
        candidate.dataSource.toLowerCase() === body?.source?.dataSource.toLowerCase() &&
        candidate.dataField.toLowerCase() === body.source.field.toLowerCase(),
    );
    const index = origin === undefined ? -1 : indexOf(origin.name);
    return body === undefined || index < 0
      ? []
      : [{ name: field.name.toUpperCase(), index, fallback: emptyCellOf(body.fallback) }];
  });
  if (added.length === 0) return table;
  return {
    columns: [...table.columns, ...added.map(({ name }) => name)],
    rows: table.rows.map((row) => [
      ...row,
      ...added.map(({ index, fallback }) => row[index] ?? fallback),
    ]),
  };
}

/** The cell that the literal of X++ stands for. */
function emptyCellOf(literal: string): Cell {
  const text = /^"(.*)"$/u.exec(literal)?.[1];
  if (text !== undefined) return text;
  return /^dateNull/iu.test(literal) ? '1900-01-01' : literal;
}
