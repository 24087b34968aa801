import type { Condition } from '../filter/meaning/condition.ts';
import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { meaningOfOData } from '../filter/odata/meaning.ts';
import { once } from '../filter/once.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { FieldMapping, FilterSite, Leg, Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import { fieldNamed, type Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import { type EntityNames, publicEntityOf, resolveEntity } from '../metadata/resolve.ts';
import { type Tracker, trackerOf } from '../tracking/tracker.ts';
import type { Environment } from './model.ts';
import { type Way, waysOf } from './ways.ts';

/** A leg of a map, with everything that is asked of it again and again. */
export interface LiveLeg {
  readonly map: string;
  readonly leg: Leg;
  readonly entity: Entity | undefined;
  /** The name of the entity, or its label where nobody knows it. */
  readonly entityName: string;
  readonly filters: () => Readonly<Record<'fo' | 'dataverse', Condition>>;
  /** As it is written; empty where there is none. */
  readonly filterText: (side: 'fo' | 'dataverse') => string;
  readonly tracker: () => Tracker;
  /** From a table of Finance and Operations to the entity. */
  readonly waysFrom: (table: string) => readonly Way[];
  /** The tables that there are ways from. */
  readonly tables: () => readonly string[];
  /** The mappings by which a row finds its partner; undefined where nobody tells. */
  readonly keys: () => readonly FieldMapping[] | undefined;
}

/** What is known of the two environments beside a rehearsal. */
export interface Knowledge {
  readonly maps: readonly NamedLeg[];
  readonly metadata: Metadata;
  readonly entityNames: EntityNames;
}

export interface NamedLeg {
  readonly map: string;
  readonly leg: Leg;
  readonly sites: readonly FilterSite[];
  /** What a filter means for rows as a file holds them, where that is known better than its text tells. */
  readonly conditions?: Partial<Readonly<Record<Side, Condition>>>;
}

export const liveLegs = (
  { maps, metadata, entityNames }: Knowledge,
  environment: Environment,
): readonly LiveLeg[] => maps.map((named) => liveLeg(named, metadata, entityNames, environment));

function liveLeg(
  { map, leg, sites, conditions }: NamedLeg,
  metadata: Metadata,
  entityNames: EntityNames,
  environment: Environment,
): LiveLeg {
  const resolution = resolveEntity(leg, metadata, entityNames);
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const ways = once((): ReadonlyMap<string, readonly Way[]> =>
    entity === undefined ? new Map() : waysOf(entity, metadata),
  );
  const keys = once(() => ({ found: keysOf(leg, entity, metadata, entityNames, environment) }));
  const textOf = (side: 'fo' | 'dataverse'): string =>
    sites.find((site) => site.side === side)?.text.value ?? '';
  return {
    map,
    leg,
    entity,
    entityName: entity?.name ?? leg.sourceSchema,
    filters: once(() => ({
      fo: conditions?.fo ?? meaningOfFo(textOf('fo'), leg, entity),
      dataverse:
        conditions?.dataverse ?? meaningOfOData(analyseDataverse(textOf('dataverse')).value),
    })),
    filterText: textOf,
    tracker: once(() => trackerOf(entity, [{ map, leg }], metadata)),
    waysFrom: (table) => ways().get(key(table)) ?? [],
    tables: () => [...ways().values()].flatMap(([first]) => first?.table ?? []),
    keys: () => keys().found,
  };
}

const meaningOfFo = (text: string, leg: Leg, entity: Entity | undefined): Condition =>
  analyseXpp(
    text,
    (name) =>
      (entity !== undefined && fieldNamed(entity, name) !== undefined) ||
      leg.fieldMappings.some(({ sourceField }) => key(sourceField) === key(name)),
  ).value.meaning;

/** The key of the entity, or that of the table, where all of it is mapped. */
function keysOf(
  leg: Leg,
  entity: Entity | undefined,
  metadata: Metadata,
  entityNames: EntityNames,
  { integrationKeys }: Environment,
): readonly FieldMapping[] | undefined {
  const told = integrationKeys.find(({ table }) => key(table.value) === key(leg.destinationSchema));
  const table = metadata.dataverse.tableNamed(leg.destinationSchema);
  const [onlyKey, ...otherKeys] = table?.keys ?? [];
  const candidates: readonly (readonly (FieldMapping | undefined)[])[] = [
    (told?.columns ?? table?.integrationKey ?? []).map((column) => mappingTo(leg, column)),
    (publicEntityOf(leg, metadata, entityNames)?.integrationKey ?? entity?.keyFields ?? [])
      // The company is no column of the map: dual-write adds it (`dualwrite.md` section 6, F9).
      .filter((field) => key(field) !== 'dataareaid')
      .map((field) => mappingFrom(leg, field)),
    otherKeys.length > 0 ? [] : (onlyKey ?? []).map((column) => mappingTo(leg, column)),
  ];
  return candidates
    .map((mappings) => mappings.filter((mapping) => mapping !== undefined))
    .find(
      (mappings, index) => mappings.length > 0 && mappings.length === candidates[index]?.length,
    );
}

const mappingFrom = (leg: Leg, field: string): FieldMapping | undefined =>
  leg.fieldMappings.find(
    ({ sourceField, destinationField }) =>
      key(sourceField) === key(field) && destinationField !== '',
  );

const mappingTo = (leg: Leg, column: string): FieldMapping | undefined =>
  leg.fieldMappings.find(
    ({ sourceField, destinationField }) =>
      sourceField !== '' &&
      (key(destinationField) === key(column) ||
        key(destinationField).startsWith(`${key(column)}.`)),
  );
