import type { NamedEntity } from '../service/trackedDataSources.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { DataSourceTracking, FieldTracking, Tracking } from '../tracking/model.ts';
import { trackingOf } from '../tracking/tracking.ts';
import type { Configuration, EventRecord } from './configuration.ts';
import { type Finding, groupedBy, key } from './finding.ts';

/** An entity in BusinessEventsDefinition. */
export interface TrackedEntity {
  readonly entity: string;
  readonly rows: number;
  /** Leaving a table out saves its rows (SEED, performance section). */
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
}

/** A table that several entities follow: each change of it evaluates the query of each (health check 1700). */
export interface SharedTable {
  readonly table: string;
  readonly entities: readonly string[];
}

/** Events against what the maps of the workspace and the metadata say should be there. */
export function checkTracked(
  { events, files }: Configuration,
  entities: readonly NamedEntity[],
  metadata: Metadata,
): readonly Finding[] {
  const eventFile = files.find(({ kind }) => kind === 'events')?.file;
  if (eventFile === undefined) return [];
  const byEntity = groupedBy(events, ({ entity }) => key(entity));
  const mapped = new Set<string>();
  const findings: Finding[] = [];
  for (const { entity, legs } of entities) {
    if (entity === undefined) continue;
    mapped.add(key(entity.name));
    const rows = byEntity.get(key(entity.name)) ?? [];
    const tracking = trackingOf(entity, legs, metadata);
    // A map that is not running has no rows at all: that is no fault of a table.
    if (rows.length > 0) findings.push(...differences(tracking, rows));
  }
  // Rows of an entity are left over only where every mapped entity is known by its name in the AOT.
  const isWhole = entities.length > 0 && entities.every(({ entity }) => entity !== undefined);
  for (const [name, rows] of byEntity) {
    const [first] = rows;
    if (!isWhole || mapped.has(name) || first === undefined) continue;
    const { entity, place } = first;
    findings.push({ rule: 'leftover-events', place, args: { entity, count: rows.length } });
  }
  for (const { table, entities: names } of sharedTables(events)) {
    const place = events.find((row) => key(row.table) === key(table))?.place;
    if (place === undefined) continue;
    const args = { table, entities: names.join(', '), count: names.length };
    findings.push({ rule: 'tracked-by-many', place, args });
  }
  return findings;
}

function differences(tracking: Tracking, rows: readonly EventRecord[]): readonly Finding[] {
  const { entity, rows: wanted, method } = tracking;
  const [first] = rows;
  const present = new Set(rows.map(({ table }) => key(table)));
  const missing = wanted.filter(({ refTableName }) => !present.has(key(refTableName)));
  const known = new Set(wanted.map(({ refTableName }) => key(refTableName)));
  // What can't be followed to its table may well account for a row.
  const isCertain =
    method?.isWhole !== false && verdictsOf(tracking).every((kind) => kind !== 'unknown');
  const surplus = isCertain ? rows.filter(({ table }) => !known.has(key(table))) : [];
  return [
    ...missing.flatMap(({ refTableName, causes }): readonly Finding[] =>
      first === undefined
        ? []
        : [
            {
              rule: 'untracked-table',
              place: first.place,
              args: { table: refTableName, entity: entity.name, causes: causes.join(', ') },
            },
          ],
    ),
    ...surplus.map(({ table, place }): Finding => ({
      rule: 'unexplained-table',
      place,
      args: { table, entity: entity.name },
    })),
  ];
}

const isMapped = ({ mappings }: FieldTracking): boolean => mappings.length > 0;

/** Of everything that a map names. */
const verdictsOf = ({ dataSources, others }: Tracking): readonly string[] => [
  ...dataSources
    .filter(({ fields }: DataSourceTracking) => fields.some(isMapped))
    .flatMap(({ verdict, fields }) => [
      verdict.kind,
      ...fields.filter(isMapped).map((field) => field.verdict.kind),
    ]),
  ...others.filter(isMapped).map(({ verdict }) => verdict.kind),
];

/** Entities by their rows in BusinessEventsDefinition, the most first. */
export const trackedEntities = (events: readonly EventRecord[]): readonly TrackedEntity[] =>
  [...groupedBy(events, ({ entity }) => key(entity)).values()]
    .map((rows) => ({
      entity: rows[0]?.entity ?? '',
      rows: rows.length,
      tables: [...groupedBy(rows, ({ table }) => key(table)).values()]
        .map((own) => ({ table: own[0]?.table ?? '', rows: own.length }))
        .toSorted((a, b) => b.rows - a.rows),
    }))
    .toSorted((a, b) => b.rows - a.rows);

export const sharedTables = (events: readonly EventRecord[]): readonly SharedTable[] =>
  [...groupedBy(events, ({ table }) => key(table)).values()]
    .map((rows) => ({
      table: rows[0]?.table ?? '',
      entities: [...new Map(rows.map(({ entity }) => [key(entity), entity])).values()],
    }))
    .filter(({ entities }) => entities.length > 1)
    .toSorted((a, b) => b.entities.length - a.entities.length);
