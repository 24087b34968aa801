import { groupedBy, key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { DataSource, Entity } from '../metadata/model.ts';
import { nestedNamed, sourceOf } from '../tracking/fieldSource.ts';

/** How a table belongs to an entity: by one of its data sources, perhaps through other entities and views. */
export interface Way {
  readonly table: string;
  readonly dataSource: DataSource;
  /** Entities and views between, the outermost first. */
  readonly path: readonly string[];
  /** Names of the fields of the entity and of the table that are the same, in lower case. */
  readonly fields: readonly { readonly field: string; readonly tableField: string }[];
}

/** The ways to an entity, by the name of the table in lower case. What goes in circles is left out. */
export function waysOf(entity: Entity, metadata: Metadata): ReadonlyMap<string, readonly Way[]> {
  const ends = entity.dataSources.flatMap((dataSource) =>
    tablesBelow(dataSource.table, metadata, [key(entity.name)]).map(({ table, path }) => ({
      table,
      path,
      dataSource,
      fields: fieldsOf(entity, dataSource, table, metadata),
    })),
  );
  return groupedBy(ends, ({ table }) => table);
}

function tablesBelow(
  name: string,
  metadata: Metadata,
  inside: readonly string[],
): readonly Pick<Way, 'table' | 'path'>[] {
  const nested = nestedNamed(name, metadata);
  if (nested === undefined) return [{ table: name, path: [] }];
  if (inside.includes(key(nested.name))) return [];
  const ends = new Map<string, Pick<Way, 'table' | 'path'>>();
  for (const { table } of nested.dataSources) {
    for (const end of tablesBelow(table, metadata, [...inside, key(nested.name)])) {
      const before = ends.get(key(end.table));
      // The shortest way is the one that dual-write finds first.
      if (before !== undefined && before.path.length <= end.path.length + 1) continue;
      ends.set(key(end.table), { table: end.table, path: [nested.name, ...end.path] });
    }
  }
  return [...ends.values()];
}

const fieldsOf = (
  entity: Entity,
  dataSource: DataSource,
  table: string,
  metadata: Metadata,
): Way['fields'] =>
  entity.fields.flatMap((field) => {
    if (field.kind !== 'mapped' || key(field.dataSource) !== key(dataSource.name)) return [];
    const source = sourceOf(entity, field, metadata);
    // A table that no file describes is named by the data source itself.
    if (source.kind === 'unknown') {
      return source.doubt.kind === 'noTable' && key(dataSource.table) === key(table)
        ? [{ field: key(field.name), tableField: key(field.dataField) }]
        : [];
    }
    return key(source.table) === key(table)
      ? [{ field: key(field.name), tableField: key(source.field) }]
      : [];
  });
