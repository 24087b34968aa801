import { isNullSafe } from './computedColumn.ts';
import { fieldNamed, type Metadata } from './metadata.ts';
import type { DataSource, Entity, Origin } from './model.ts';

/** Whether the view of an entity can yield NULL for a field, and why. */
export type Nullability =
  | { readonly kind: 'never' }
  /** `dataSource` is joined by an outer join, written at `origin`. */
  | { readonly kind: 'outerJoin'; readonly dataSource: string; readonly origin: Origin }
  /** Computed in T-SQL, where NULL spreads; its body is not known to catch it. */
  | { readonly kind: 'computed'; readonly origin: Origin }
  | { readonly kind: 'unknown' };

/** Follows `dualwrite.md` 4.5, views as entities. Nested ones that contain themselves end as unknown. */
export function nullabilityOf(
  entity: Entity,
  fieldName: string,
  metadata: Metadata,
  inside: readonly string[] = [],
): Nullability {
  const field = fieldNamed(entity, fieldName);
  if (field === undefined || inside.includes(entity.name)) return { kind: 'unknown' };
  switch (field.kind) {
    case 'virtual':
      return { kind: 'unknown' };
    case 'computed': {
      const method = metadata.methodOf(entity.name, field.method);
      return method !== undefined && isNullSafe(method.source)
        ? { kind: 'never' }
        : { kind: 'computed', origin: field.origin };
    }
    case 'mapped': {
      const dataSource = dataSourceNamed(entity, field.dataSource);
      if (dataSource === undefined) return { kind: 'unknown' };
      const outer = outerJoinAbove(entity, dataSource);
      if (outer !== undefined) {
        return { kind: 'outerJoin', dataSource: outer.name, origin: outer.origin };
      }
      const nested = metadata.entityNamed(dataSource.table) ?? metadata.viewNamed(dataSource.table);
      return nested === undefined
        ? { kind: 'never' }
        : nullabilityOf(nested, field.dataField, metadata, [...inside, entity.name]);
    }
  }
}

const dataSourceNamed = (entity: Entity, name: string): DataSource | undefined =>
  entity.dataSources.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());

/** The outer join between the root and a data source that can leave it without a row. */
function outerJoinAbove(entity: Entity, dataSource: DataSource): DataSource | undefined {
  const seen = new Set<DataSource>();
  let outermost: DataSource | undefined;
  let current: DataSource | undefined = dataSource;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    // An inner join below an outer one drops the whole row instead of yielding NULL (rule 2).
    if (current.joinMode === 'OuterJoin' && !hasInnerJoinBelow(entity, current, new Set())) {
      outermost = current;
    }
    current = current.parent === undefined ? undefined : dataSourceNamed(entity, current.parent);
  }
  return outermost;
}

function hasInnerJoinBelow(entity: Entity, parent: DataSource, seen: Set<DataSource>): boolean {
  if (seen.has(parent)) return false;
  seen.add(parent);
  return entity.dataSources.some(
    (child) =>
      child.parent?.toLowerCase() === parent.name.toLowerCase() &&
      (child.joinMode === 'InnerJoin' || hasInnerJoinBelow(entity, child, seen)),
  );
}
