import type { Leg } from '../../map/model.ts';
import {
  cycleOf,
  type HiddenRange,
  hiddenRanges,
  vanishingJoins,
} from '../../metadata/entityShape.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Entity } from '../../metadata/model.ts';
import type { Problem } from '../../problem/problem.ts';
import { type LegEntity, relatedTo, schemaSpan } from './legEntity.ts';
import { isFrom } from './legFacts.ts';

/** Rows that an entity never shows, whatever the filter of its map says. */
export function checkEntityRows(
  { leg, entity }: LegEntity,
  metadata: Metadata,
): readonly Problem[] {
  if (entity === undefined) return [];
  const ranges = hiddenRanges(entity, metadata);
  return [
    ...checkCycle(leg, entity, metadata),
    ...checkRanges(leg, entity, ranges),
    ...checkParties(leg, entity, ranges),
    ...vanishingJoins(entity).map(({ inner, outer }): Problem => {
      const args = { entity: entity.name, dataSource: inner.name, outer: outer.name };
      return {
        code: 'vanishing-rows',
        variant: 'map',
        span: schemaSpan(leg),
        args,
        related: [
          { ...inner.origin, message: 'inner-join', args },
          { ...outer.origin, message: 'outer-join', args: { ...args, dataSource: outer.name } },
        ],
      };
    }),
  ];
}

/**
 * A range of a data source is a second filter that nobody sees; a row that Dataverse writes outside of it is taken for a
 * new one and fails (`dualwrite.md` section 6, F14; 4.6).
 */
function checkRanges(leg: Leg, entity: Entity, ranges: readonly HiddenRange[]): readonly Problem[] {
  const [first] = ranges;
  if (first === undefined) return [];
  const returns = leg.fieldMappings.some((mapping) => isFrom(mapping, 'dataverse'));
  return [
    {
      code: 'hidden-range',
      ...(returns ? { variant: 'returns' } : {}),
      span: schemaSpan(leg),
      args: { entity: entity.name, range: rangeText(first), count: ranges.length },
      related: ranges.flatMap(({ dataSource, range }) =>
        relatedTo(range.origin, 'hidden-range', {
          field: `${dataSource.name}.${range.field}`,
          value: range.value,
        }),
      ),
    },
  ];
}

/** Maps of customers, vendors and contacts look their party up (`dualwrite.md` section 6, F16). */
function checkParties(
  leg: Leg,
  entity: Entity,
  ranges: readonly HiddenRange[],
): readonly Problem[] {
  if (!isPartyMap(leg)) return [];
  return ranges
    .filter(({ dataSource }) => dataSource.table.toLowerCase() === 'dirpartytable')
    .slice(0, 1)
    .map((range) => ({
      code: 'filtered-parties',
      variant: 'range',
      span: schemaSpan(leg),
      args: { entity: entity.name, range: rangeText(range) },
      related: relatedTo(range.range.origin, 'hidden-range', {
        field: range.range.field,
        value: range.range.value,
      }),
    }));
}

export const isPartyMap = ({ destinationSchema }: Leg): boolean =>
  destinationSchema.toLowerCase() === 'msdyn_parties';

const rangeText = ({ range }: HiddenRange): string => `${range.field}: ${range.value}`;

function checkCycle(leg: Leg, entity: Entity, metadata: Metadata): readonly Problem[] {
  const cycle = cycleOf(entity, metadata);
  const [start] = cycle ?? [];
  if (cycle === undefined || start === undefined) return [];
  return [
    {
      code: 'metadata-cycle',
      span: schemaSpan(leg),
      args: { entity: start.name, way: [...cycle, start].map(({ name }) => name).join(' → ') },
      related: cycle.map(({ name, origin }) => ({
        ...origin,
        message: 'cycle',
        args: { entity: name },
      })),
    },
  ];
}
