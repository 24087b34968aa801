import { nearest } from '../../filter/odata/nearest.ts';
import { withAssumptions } from '../../live/assumed.ts';
import { type Knowledge, type LiveLeg, liveLegs } from '../../live/legs.ts';
import type { Change, Placed, Rehearsal } from '../../live/model.ts';
import { isEntityItself } from '../../live/outward.ts';
import type { Side } from '../../map/model.ts';
import { key } from '../../metadata/merge.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Problem } from '../../problem/problem.ts';

/** The names that a rehearsal can use. */
export interface KnownNames {
  readonly maps: readonly string[];
  readonly tables: (side: Side) => readonly string[];
  readonly fields: (side: Side, table: string) => readonly string[];
}

export function knownNames({ environment }: Rehearsal, knowledge: Knowledge): KnownNames {
  const metadata = withAssumptions(knowledge.metadata, environment);
  const legs = liveLegs({ ...knowledge, metadata }, environment);
  return {
    maps: [...new Set(legs.map(({ map }) => map))],
    tables: (side) => (side === 'fo' ? tablesOfFo(legs) : tablesOfDataverse(legs)),
    fields: (side, table) =>
      side === 'fo' ? fieldsOfFo(table, legs, metadata) : columnsOf(table, legs, metadata),
  };
}

/**
 * Names of a rehearsal that nobody knows. A map has to be there; a table or field is told of only where a known name is
 * near, since no file promises that there are no others.
 */
export function checkRehearsalNames(
  rehearsal: Rehearsal,
  knowledge: Knowledge,
): readonly Problem[] {
  const { environment, rows, steps } = rehearsal;
  const known = knownNames(rehearsal, knowledge);
  const named = [
    ...environment.states.map(({ map }) => map),
    ...steps.flatMap((step) =>
      step.kind === 'action'
        ? [step.map]
        : (step.expected?.maps ?? []).map(({ map, span }) => ({ value: map, span })),
    ),
  ];
  const tables = { fo: known.tables('fo'), dataverse: known.tables('dataverse') };
  const placed: readonly (readonly [Side, Placed<string>, readonly Placed<string>[]])[] = [
    ...(['fo', 'dataverse'] as const).flatMap((side) =>
      rows[side].map(({ table, names }) => [side, table, names] as const),
    ),
    ...steps.flatMap((step) =>
      step.kind === 'transaction'
        ? step.changes.map(({ table, names }: Change) => [step.side, table, names] as const)
        : [],
    ),
  ];
  const fields = fieldsOnce(known);
  return [
    ...named.flatMap((map) => checkMap(map, known.maps)),
    ...placed.flatMap(([side, table, names]) => [
      ...checkName(table, tables[side], 'table', ''),
      ...checkFields(table, names, fields(side, table.value)),
    ]),
  ];
}

/** The fields of each table, put together once. */
function fieldsOnce({ fields }: KnownNames): KnownNames['fields'] {
  const found = new Map<string, readonly string[]>();
  return (side, table) => {
    const place = `${side} ${key(table)}`;
    const own = found.get(place) ?? fields(side, table);
    found.set(place, own);
    return own;
  };
}

const tablesOfFo = (legs: readonly LiveLeg[]): readonly string[] => [
  ...new Set(
    legs.flatMap((leg) => [
      leg.entityName,
      leg.leg.sourceSchema,
      ...(leg.entity?.publicName ? [leg.entity.publicName] : []),
      ...leg.tables(),
    ]),
  ),
];

const tablesOfDataverse = (legs: readonly LiveLeg[]): readonly string[] => [
  ...new Set(
    legs.flatMap(({ leg }) => [
      leg.destinationSchema,
      ...leg.fieldMappings.flatMap(({ relatedEntity }) =>
        relatedEntity === '' ? [] : [relatedEntity],
      ),
    ]),
  ),
];

function checkMap(map: Placed<string>, maps: readonly string[]): readonly Problem[] {
  if (map.value === '' || maps.some((each) => key(each) === key(map.value))) return [];
  const meant = nearest(map.value, maps);
  return [problem(map, meant === undefined ? 'map' : 'mapMeant', meant ?? '', '')];
}

function checkName(
  name: Placed<string>,
  known: readonly string[],
  variant: 'table' | 'field',
  table: string,
): readonly Problem[] {
  if (known.some((each) => key(each) === key(name.value))) return [];
  const near = nearest(key(name.value), known.map(key));
  if (near === undefined) return [];
  const meant = known.find((each) => key(each) === near) ?? near;
  return [problem(name, `${variant}Meant`, meant, table)];
}

const problem = (
  { value, span }: Placed<string>,
  variant: string,
  meant: string,
  table: string,
): Problem => ({
  code: 'rehearsal-unknown',
  variant,
  span,
  args: { name: value, meant, table },
});

function checkFields(
  table: Placed<string>,
  names: readonly Placed<string>[],
  known: readonly string[],
): readonly Problem[] {
  if (known.length === 0) return [];
  const keys = new Set(known.map(key));
  return names
    .filter(({ value }) => !keys.has(key(value)) && !SYSTEM_FIELDS.has(key(value)))
    .flatMap((name) => checkName(name, known, 'field', table.value));
}

/** Every table has them, though no file lists them. */
const SYSTEM_FIELDS = new Set([
  'recid',
  'recversion',
  'dataareaid',
  'partition',
  'createddatetime',
  'createdby',
  'modifieddatetime',
  'modifiedby',
]);

function fieldsOfFo(
  table: string,
  legs: readonly LiveLeg[],
  metadata: Metadata,
): readonly string[] {
  const described = metadata.tableNamed(table)?.fields.map(({ name }) => name) ?? [];
  const entities = legs.filter((leg) => isEntityItself(leg, table));
  return [
    ...described,
    ...entities.flatMap(({ entity, leg }) => [
      ...(entity?.fields ?? []).map(({ name }) => name),
      ...leg.fieldMappings.map(({ sourceField }) => sourceField),
    ]),
  ];
}

const columnsOf = (
  table: string,
  legs: readonly LiveLeg[],
  metadata: Metadata,
): readonly string[] => [
  ...(metadata.dataverse.tableNamed(table)?.columns ?? []).map(({ name }) => name),
  ...legs
    .filter(({ leg }) => key(leg.destinationSchema) === key(table))
    .flatMap(({ leg }) =>
      leg.fieldMappings.flatMap(({ destinationField }) => [
        destinationField,
        destinationField.split('.')[0] ?? '',
      ]),
    ),
];
