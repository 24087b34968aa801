import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { DataSource, Entity, EntityField } from '../metadata/model.ts';
import type { Doubt } from './model.ts';

/** Where the value of an entity's field is stored. */
export type FieldSource =
  | {
      readonly kind: 'table';
      readonly table: string;
      readonly field: string;
      /** Entities and views between the entity and the table, the outermost first; empty for a table of its own. */
      readonly path: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly doubt: Doubt };

/** Follows a mapped field through nested entities and views to its table; what goes in circles ends as unknown. */
export function sourceOf(
  entity: Entity,
  field: Extract<EntityField, { kind: 'mapped' }>,
  metadata: Metadata,
): FieldSource {
  const path: string[] = [];
  const inside = new Set([key(entity.name)]);
  let [owner, current] = [entity, field];
  for (;;) {
    const source = dataSourceNamed(owner, current.dataSource);
    if (source === undefined) {
      return unknown({ kind: 'noDataSource', dataSource: current.dataSource });
    }
    const name = source.table;
    const nested = nestedNamed(name, metadata);
    if (nested === undefined) {
      // What is neither table, view nor entity here may be any of them.
      return metadata.tableNamed(name) === undefined
        ? unknown({ kind: 'noTable', table: name })
        : { kind: 'table', table: name, field: current.dataField, path };
    }
    if (inside.has(key(nested.name))) return unknown({ kind: 'cycle', entity: nested.name });
    inside.add(key(nested.name));
    path.push(nested.name);
    const next = fieldIn(nested, current.dataField);
    if (next?.kind !== 'mapped') return unknown({ kind: 'noField' });
    [owner, current] = [nested, next];
  }
}

/** The entity or view of a name, where it is no table. */
export const nestedNamed = (name: string, metadata: Metadata): Entity | undefined =>
  metadata.entityNamed(name) ?? metadata.viewNamed(name);

export const dataSourceNamed = (entity: Entity, name: string): DataSource | undefined =>
  entity.dataSources.find((source) => key(source.name) === key(name));

/** The data source, or one above it, that is outer joined and read only: it and what hangs below is not tracked (SEED). */
export function outerReadOnlyAbove(entity: Entity, dataSource: DataSource): DataSource | undefined {
  const seen = new Set<DataSource>();
  let current: DataSource | undefined = dataSource;
  while (current !== undefined && !seen.has(current)) {
    if (current.joinMode === 'OuterJoin' && current.isReadOnly) return current;
    seen.add(current);
    current = current.parent === undefined ? undefined : dataSourceNamed(entity, current.parent);
  }
  return undefined;
}

const indexes = new WeakMap<Entity, ReadonlyMap<string, EntityField>>();

/** As `fieldNamed`, for many questions about one entity. */
export function fieldIn(entity: Entity, name: string): EntityField | undefined {
  let index = indexes.get(entity);
  if (index === undefined) {
    const fields = new Map<string, EntityField>();
    for (const field of entity.fields) {
      if (!fields.has(key(field.name))) fields.set(key(field.name), field);
    }
    index = fields;
    indexes.set(entity, index);
  }
  return index.get(key(name));
}

const unknown = (doubt: Doubt): FieldSource => ({ kind: 'unknown', doubt });
