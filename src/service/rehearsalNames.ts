import { nearest } from '../filter/odata/nearest.ts';
import { withAssumptions } from '../live/assumed.ts';
import { type Knowledge, type LiveLeg, liveLegs } from '../live/legs.ts';
import type { Change, Placed, Rehearsal } from '../live/model.ts';
import { isEntityItself } from '../live/outward.ts';
import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Problem } from '../problem/problem.ts';

/**
 * Names of a rehearsal that nobody knows. A map has to be there; a table or field is told of only where a known name is
 * near, since no file promises that there are no others.
 */
export function checkRehearsalNames(
  rehearsal: Rehearsal,
  knowledge: Knowledge,
): readonly Problem[] {
  const { environment, rows, steps } = rehearsal;
  const metadata = withAssumptions(knowledge.metadata, environment);
  const legs = liveLegs({ ...knowledge, metadata }, environment);
  const maps = [...new Set(legs.map(({ map }) => map))];
  const named = [
    ...environment.states.map(({ map }) => map),
    ...steps.flatMap((step) =>
      step.kind === 'action'
        ? [step.map]
        : (step.expected?.maps ?? []).map(({ map, span }) => ({ value: map, span })),
    ),
  ];
  const tables = { fo: tablesOfFo(legs), dataverse: tablesOfDataverse(legs) };
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
  return [
    ...named.flatMap((map) => checkMap(map, maps)),
    ...placed.flatMap(([side, table, names]) => [
      ...checkName(table, tables[side], 'table', ''),
      ...checkFields(side, table, names, legs, knowledge),
    ]),
  ];
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
  side: Side,
  table: Placed<string>,
  names: readonly Placed<string>[],
  legs: readonly LiveLeg[],
  knowledge: Knowledge,
): readonly Problem[] {
  const known =
    side === 'fo'
      ? fieldsOfFo(table.value, legs, knowledge)
      : columnsOf(table.value, legs, knowledge);
  return known.length === 0
    ? []
    : names
        .filter(({ value }) => !SYSTEM_FIELDS.has(key(value)))
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
  { metadata }: Knowledge,
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
  { metadata }: Knowledge,
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
