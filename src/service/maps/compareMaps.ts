import type { FieldMapping, Leg, MapDocument, Side, TableMap } from '../../map/model.ts';
import { pairsOf } from '../../map/pairs.ts';
import { readProjectSchemas } from '../../metadata/dataverse/project.ts';
import { mayBeProject } from '../../metadata/holdsSchema.ts';
import { compareFilters, type FiltersCompared, filterInLeg } from '../compareFilters.ts';
import type { Document, Workspace } from '../workspace.ts';

/** A document with maps as it was read. */
export interface MapsToCompare {
  readonly document: Document;
  readonly map: MapDocument;
  /** Part of it can't be read, so that a filter may be another one. */
  readonly isBroken: boolean;
}

/** The maps of two documents side by side. Data alone, so that it can be sent. */
export interface MapsCompared {
  readonly pairs: readonly MapPair[];
}

export type MapPair =
  | {
      readonly kind: 'both';
      readonly names: readonly [string, string];
      readonly versions: readonly [string, string];
      readonly legs: readonly LegPair[];
    }
  | OnlyOne;

/** A map or a leg that only one document has. */
interface OnlyOne {
  readonly kind: 'first' | 'second';
  readonly name: string;
  readonly version: string;
}

export type LegPair =
  | {
      readonly kind: 'both';
      readonly name: string;
      /** Both entities, where the leg links others than before. */
      readonly changes: readonly Change[];
      readonly filters: readonly FilterPair[];
      readonly fields: readonly FieldPair[];
    }
  | OnlyOne;

export interface FilterPair {
  readonly side: Side;
  readonly texts: readonly [string, string];
  readonly compared: FiltersCompared;
}

/** A field mapping that differs; those that are the same are left out. */
export type FieldPair =
  | { readonly kind: 'first' | 'second'; readonly mapping: string; readonly transforms: string }
  | {
      readonly kind: 'both';
      /** As it stands in the first document. */
      readonly mapping: string;
      readonly changes: readonly Change[];
    };

export interface Change {
  readonly what:
    | 'source'
    | 'destination'
    | 'direction'
    | 'transforms'
    | 'lookup'
    | 'sourceKey'
    | 'destinationKey';
  readonly before: string;
  readonly after: string;
}

/** Compares what maps mean: blanks, parentheses and the order of field mappings count for nothing. */
export function compareMaps(
  first: MapsToCompare,
  second: MapsToCompare,
  workspace: Workspace,
): MapsCompared {
  const all = [first, second].flatMap(mapsOf);
  const [before, after] = [first, second].map(({ map }) =>
    all.filter(({ table }) => map.maps.includes(table)),
  );
  // Two single maps are meant to be compared, whatever they are called.
  const isChosen = first.map.maps.length === 1 && second.map.maps.length === 1;
  const pairs = pairsOf(before ?? [], after ?? [], ({ table }) => [
    ...keysOfMap(table),
    isChosen ? 'the only one' : '',
  ]);
  return {
    pairs: pairs.map((pair): MapPair => {
      if (pair.first === undefined) return onlyOne('second', pair.second.table);
      if (pair.second === undefined) return onlyOne('first', pair.first.table);
      const [one, other] = [pair.first, pair.second];
      return {
        kind: 'both',
        names: [one.table.name, other.table.name],
        versions: [one.table.version ?? '', other.table.version ?? ''],
        legs: compareLegs(one, other, workspace),
      };
    }),
  };
}

/** Whether two documents hold maps that mean the same: names and versions aside, as copies have others. */
export const areEqual = ({ pairs }: MapsCompared): boolean =>
  pairs.every((pair) => pair.kind === 'both' && pair.legs.every(isSameLeg));

export const isSameLeg = (leg: LegPair): boolean =>
  leg.kind === 'both' &&
  leg.changes.length === 0 &&
  leg.fields.length === 0 &&
  leg.filters.every(({ compared }) => compared.kind === 'equal');

interface OneMap {
  readonly from: MapsToCompare;
  readonly table: TableMap;
  readonly keys: Keys;
}

interface Keys {
  readonly source: (leg: Leg) => string;
  readonly destination: (leg: Leg) => string;
}

const mapsOf = (from: MapsToCompare): readonly OneMap[] => {
  const keys = keysIn(from.document);
  return from.map.maps.map((table) => ({ from, table, keys }));
};

/** Only the project of the gateway tells the keys of both sides (`dualwrite.md` 1.5). */
function keysIn({ uri, text }: Document): Keys {
  if (!mayBeProject(text)) return { source: () => '', destination: () => '' };
  const { publicEntities, dataverseTables } = readProjectSchemas(uri, text);
  return {
    source: ({ sourceSchema }) =>
      (publicEntities.find(({ name }) => isSame(name, sourceSchema))?.integrationKey ?? []).join(
        ', ',
      ),
    destination: ({ destinationSchema }) =>
      (
        dataverseTables.find(({ entitySet }) => isSame(entitySet, destinationSchema))
          ?.integrationKey ?? []
      ).join(', '),
  };
}

const keysOfMap = ({ name, version, legs }: TableMap): readonly string[] => {
  const tables = legs.map(tablesOf).join('\n');
  return [
    JSON.stringify([tables, name, version ?? '']),
    JSON.stringify([tables, name]),
    tables,
    name.toLowerCase(),
  ];
};

const tablesOf = ({ sourceSchema, destinationSchema }: Leg): string =>
  JSON.stringify([sourceSchema, destinationSchema].map((name) => name.toLowerCase()));

const onlyOne = (kind: 'first' | 'second', { name, version = '' }: TableMap): OnlyOne => ({
  kind,
  name,
  version,
});

const nameOfLeg = ({ sourceSchema, destinationSchema }: Leg): string =>
  `${sourceSchema} → ${destinationSchema}`;

function compareLegs(one: OneMap, other: OneMap, workspace: Workspace): readonly LegPair[] {
  const keysOf = (leg: Leg): readonly string[] => [tablesOf(leg), leg.id];
  return pairsOf(one.table.legs, other.table.legs, keysOf).map((pair): LegPair => {
    if (pair.first === undefined) {
      return { kind: 'second', name: nameOfLeg(pair.second), version: '' };
    }
    if (pair.second === undefined) {
      return { kind: 'first', name: nameOfLeg(pair.first), version: '' };
    }
    const [before, after] = [pair.first, pair.second];
    const change = (what: Change['what'], values: readonly [string, string]): readonly Change[] =>
      isSame(...values) ? [] : [{ what, before: values[0], after: values[1] }];
    return {
      kind: 'both',
      name: nameOfLeg(before),
      changes: [
        ...change('source', [before.sourceSchema, after.sourceSchema]),
        ...change('destination', [before.destinationSchema, after.destinationSchema]),
        ...change('sourceKey', [one.keys.source(before), other.keys.source(after)]),
        ...change('destinationKey', [one.keys.destination(before), other.keys.destination(after)]),
      ],
      filters: (['fo', 'dataverse'] as const).map((side) =>
        comparePair(side, [one.from, before], [other.from, after], workspace),
      ),
      fields: compareFields(before.fieldMappings, after.fieldMappings),
    };
  });
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function comparePair(
  side: Side,
  first: readonly [MapsToCompare, Leg],
  second: readonly [MapsToCompare, Leg],
  workspace: Workspace,
): FilterPair {
  // A filter that is not written keeps every row, as an empty one does.
  const textOf = ([{ map }, leg]: readonly [MapsToCompare, Leg]): string =>
    map.sites.find((site) => site.leg === leg && site.side === side)?.text.value ?? '';
  const [left, right] = [textOf(first), textOf(second)];
  return {
    side,
    texts: [left, right],
    compared: compareFilters(
      filterInLeg(side, left, first[1], workspace, first[0].isBroken),
      filterInLeg(side, right, second[1], workspace, second[0].isBroken),
    ),
  };
}

function compareFields(
  before: readonly FieldMapping[],
  after: readonly FieldMapping[],
): readonly FieldPair[] {
  const keysOf = ({ sourceField, destinationField }: FieldMapping): readonly string[] => {
    const [source, destination] = [sourceField.toLowerCase(), destinationField.toLowerCase()];
    // One that leads from or to another field now is the same mapping, changed.
    return [
      JSON.stringify([source, destination]),
      destination === '' ? '' : `to ${destination}`,
      source === '' ? '' : `from ${source}`,
    ];
  };
  return pairsOf(before, after, keysOf).flatMap((pair): readonly FieldPair[] => {
    if (pair.first === undefined) return [only('second', pair.second)];
    if (pair.second === undefined) return [only('first', pair.first)];
    const changes = changesOf(pair.first, pair.second);
    return changes.length === 0
      ? []
      : [{ kind: 'both', mapping: mappingText(pair.first), changes }];
  });
}

const only = (kind: 'first' | 'second', mapping: FieldMapping): FieldPair => ({
  kind,
  mapping: mappingText(mapping),
  transforms: transformsText(mapping),
});

function changesOf(before: FieldMapping, after: FieldMapping): readonly Change[] {
  const change = (
    what: Change['what'],
    valueOf: (mapping: FieldMapping) => string,
    keyOf = (mapping: FieldMapping): string => valueOf(mapping).toLowerCase(),
  ): readonly Change[] =>
    keyOf(before) === keyOf(after)
      ? []
      : [{ what, before: valueOf(before), after: valueOf(after) }];
  return [
    ...change('source', ({ sourceField }) => sourceField),
    ...change('destination', ({ destinationField }) => destinationField),
    ...change('direction', ({ direction }) => ARROWS[direction]),
    ...change('transforms', transformsText, transformsKey),
    ...change('lookup', ({ relatedEntity }) => relatedEntity),
  ];
}

/** The glyphs of the documentation (`dualwrite.md` 1.3). */
export function glyphOf({ direction, transforms }: FieldMapping): string {
  if (direction === 3) return transforms.length === 0 ? '=' : '><';
  const arrow = direction === 1 ? '>' : '<';
  return transforms.length === 0 ? arrow : arrow.repeat(2);
}

const ARROWS = { 1: '→', 2: '←', 3: '↔' } as const;

/** A mapping in one line: `PARTYTYPE << ` where the other side has no field. */
export const mappingText = (mapping: FieldMapping): string =>
  [mapping.sourceField || '–', glyphOf(mapping), mapping.destinationField || '–'].join(' ');

/** The transforms of a mapping in one line; empty where it has none. */
export const transformsText = ({ transforms }: FieldMapping): string =>
  transforms
    .map((transform) =>
      transform.kind === 'default'
        ? `= ${transform.value === '' ? '""' : transform.value}`
        : transform.pairs.map(([key, value]) => `${key}: ${value}`).join(', '),
    )
    .join('; ');

/** The pairs of a value map stand in any order; which of two defaults comes first matters. */
const transformsKey = ({ transforms }: FieldMapping): string =>
  JSON.stringify(
    transforms.map((transform) =>
      transform.kind === 'default'
        ? transform.value
        : transform.pairs.map((pair) => JSON.stringify(pair)).toSorted(),
    ),
  );
