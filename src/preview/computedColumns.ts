import type { Cell } from '../filter/meaning/values.ts';
import { nullSafeBodyOf } from '../metadata/computedColumn.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import { columnNamed, type ColumnTable } from './columns.ts';

/** A column that repeats another, with a value of its own where that one is NULL. */
export interface ComputedColumn {
  readonly name: string;
  readonly source: string;
  readonly fallback: Cell;
}

/**
 * The null-safe computed columns of an entity, so that a filter on a column that was just generated can be previewed
 * before any database has it.
 */
export function computedColumnsOf(entity: Entity, metadata: Metadata): readonly ComputedColumn[] {
  return entity.fields.flatMap((field) => {
    if (field.kind !== 'computed') return [];
    const body = nullSafeBodyOf(metadata.methodOf(entity.name, field.method)?.source ?? '');
    const origin = entity.fields.find(
      (candidate) =>
        candidate.kind === 'mapped' &&
        candidate.dataSource.toLowerCase() === body?.source?.dataSource.toLowerCase() &&
        candidate.dataField.toLowerCase() === body.source.field.toLowerCase(),
    );
    return body === undefined || origin === undefined
      ? []
      : [
          {
            name: field.name.toUpperCase(),
            source: origin.name,
            fallback: emptyCellOf(body.fallback),
          },
        ];
  });
}

/** Those that a table lacks, whose own columns it has. */
export function missingOf(
  computed: readonly ComputedColumn[],
  columns: readonly string[],
): readonly ComputedColumn[] {
  const known = new Map(columns.map((name) => [name.toLowerCase(), name]));
  return computed.flatMap((column) => {
    const source = known.get(column.source.toLowerCase());
    return source === undefined || known.has(column.name.toLowerCase())
      ? []
      : [{ ...column, source }];
  });
}

/** Adds the computed columns that a data file lacks. */
export function withComputedColumns(
  table: ColumnTable,
  computed: readonly ComputedColumn[],
): ColumnTable {
  const columns = table.columns.map(({ name }) => name);
  const added = missingOf(computed, columns).flatMap(({ name, source, fallback }) => {
    const origin = columnNamed(table, source);
    return origin === undefined
      ? []
      : [{ name, ids: origin.ids, cells: origin.cells.map((cell) => cell ?? fallback) }];
  });
  return added.length === 0 ? table : { ...table, columns: [...table.columns, ...added] };
}

/** The cell that the literal of X++ stands for. */
function emptyCellOf(literal: string): Cell {
  const text = /^"(.*)"$/u.exec(literal)?.[1];
  if (text !== undefined) return text;
  return /^dateNull/iu.test(literal) ? '1900-01-01' : literal;
}
