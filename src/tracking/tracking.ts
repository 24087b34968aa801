import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import type { MappingMethod } from './mappingMethod.ts';
import type { FieldTracking, MappedLeg, TrackedTable, Tracking } from './model.ts';
import { isOutward, trackerOf } from './tracker.ts';

/** Everything about an entity and the maps on it. */
export function trackingOf(
  entity: Entity,
  legs: readonly MappedLeg[],
  metadata: Metadata,
): Tracking {
  const tracker = trackerOf(entity, legs, metadata);
  const known = new Set(entity.fields.map(({ name }) => key(name)));
  const fields = [
    ...new Set([...known, ...tracker.mapped.map(key).filter((name) => !known.has(name))]),
  ].map(tracker.field);
  const bySource = new Map<string, FieldTracking[]>(
    entity.dataSources.map(({ name }) => [key(name), []]),
  );
  const others: FieldTracking[] = [];
  for (const each of fields) {
    const source = each.field?.kind === 'mapped' ? key(each.field.dataSource) : undefined;
    (source === undefined ? others : (bySource.get(source) ?? others)).push(each);
  }
  const dataSources = entity.dataSources.map((dataSource) => ({
    dataSource,
    verdict: tracker.dataSource(dataSource),
    fields: bySource.get(key(dataSource.name)) ?? [],
  }));
  return {
    entity,
    dataSources,
    others,
    rows: rowsOf(entity, fields, tracker.method),
    method: tracker.method,
  };
}

/** One row per tracked table: BusinessEventsDefinition holds pairs of table and entity (`dualwrite.md` 1.6). */
function rowsOf(
  entity: Entity,
  fields: readonly FieldTracking[],
  method: MappingMethod | undefined,
): readonly TrackedTable[] {
  const rows = new Map<
    string,
    {
      readonly table: string;
      readonly fields: Set<string> | undefined;
      readonly causes: Set<string>;
    }
  >();
  // Without a map nothing is registered (`dualwrite.md` 7.1, health check 400).
  const isMapped = fields.some(({ mappings }) =>
    mappings.some(({ mapping }) => isOutward(mapping)),
  );
  for (const { table, field } of isMapped ? (method?.entries ?? []) : []) {
    const row = rows.get(key(table));
    if (row === undefined) {
      rows.set(key(table), { table, fields: undefined, causes: new Set([field]) });
    } else row.causes.add(field);
  }
  for (const { field, verdict } of fields) {
    if (verdict.kind !== 'tracked' || verdict.by !== 'dataSource' || field?.kind !== 'mapped') {
      continue;
    }
    const row = rows.get(key(verdict.table)) ?? {
      table: verdict.table,
      fields: new Set<string>(),
      causes: new Set<string>(),
    };
    row.fields?.add(verdict.field);
    row.causes.add(field.dataSource);
    rows.set(key(verdict.table), row);
  }
  return [...rows.values()].map((row) => ({
    refTableName: row.table,
    refEntityName: entity.name,
    fields: row.fields === undefined ? undefined : [...row.fields],
    causes: [...row.causes],
  }));
}
