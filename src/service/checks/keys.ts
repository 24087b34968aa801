import type { FieldMapping, Leg, Side } from '../../map/model.ts';
import { fieldNamed, type Metadata } from '../../metadata/metadata.ts';
import type { Entity } from '../../metadata/model.ts';
import type { Problem } from '../../problem/problem.ts';
import type { FieldUse } from './direction.ts';
import { fieldSpan, isCompanyField, type LegEntity, relatedTo, schemaSpan } from './legEntity.ts';
import { isFrom } from './legFacts.ts';

/**
 * Keys that are not mapped both ways: by the integration key dual-write finds the partner of a row, whichever side
 * writes (`dualwrite.md` section 6, F15; 7.2, DIPV1003 and DIPV1004). Only a project tells which key that is; the key of
 * an entity is the one that is proposed, and another may have been chosen.
 */
export function checkKeys({ leg, entity, shown, table }: LegEntity): readonly Problem[] {
  const flows = (side: Side): boolean => leg.fieldMappings.some((mapping) => isFrom(mapping, side));
  if (!flows('fo') || !flows('dataverse')) return [];
  const certain = [
    ...keyUses(leg, 'fo', shown?.integrationKey ?? []),
    ...keyUses(leg, 'dataverse', table?.integrationKey ?? []),
  ];
  if (shown?.integrationKey !== undefined || table?.integrationKey !== undefined) {
    return withoutRepetition(certain).map(({ field, mapping, side }): Problem =>
      mapping === undefined
        ? { code: 'one-way-key', variant: 'unmapped', span: schemaSpan(leg), args: { field } }
        : {
            code: 'one-way-key',
            variant: 'integration',
            span: fieldSpan(mapping, side),
            args: { field },
          },
    );
  }
  const name = entity?.name ?? shown?.name ?? '';
  return keyUses(leg, 'fo', entity?.keyFields ?? shown?.keyFields ?? []).flatMap(
    ({ field, mapping }): readonly Problem[] =>
      mapping === undefined
        ? []
        : [
            {
              code: 'one-way-key',
              variant: 'entity',
              span: fieldSpan(mapping, 'fo'),
              args: { field, entity: name },
              related: relatedTo(
                entity === undefined ? undefined : fieldNamed(entity, field)?.origin,
                'key-field',
                { field },
              ),
            },
          ],
  );
}

interface KeyUse {
  readonly field: string;
  readonly side: Side;
  /** The mapping that goes one way; undefined where there is none. */
  readonly mapping: FieldMapping | undefined;
}

/** The fields of a key that are not mapped both ways. */
const keyUses = (leg: Leg, side: Side, key: readonly string[]): readonly KeyUse[] =>
  key
    .filter((field) => !isCompanyField(field))
    .flatMap((field): readonly KeyUse[] => {
      const mappings = leg.fieldMappings.filter((mapping) => names(mapping, side, field));
      const isBothWays =
        mappings.some((mapping) => isFrom(mapping, 'fo')) &&
        mappings.some((mapping) => isFrom(mapping, 'dataverse'));
      return isBothWays ? [] : [{ field, side, mapping: mappings[0] }];
    });

function names(mapping: FieldMapping, side: Side, field: string): boolean {
  const written = side === 'fo' ? mapping.sourceField : mapping.destinationField.split('.')[0];
  return written?.toLowerCase() === field.toLowerCase();
}

/** A mapping of two keys is one mistake. */
function withoutRepetition(uses: readonly KeyUse[]): readonly KeyUse[] {
  const seen = new Set<FieldMapping>();
  return uses.filter(({ mapping }) => {
    if (mapping === undefined) return true;
    if (seen.has(mapping)) return false;
    seen.add(mapping);
    return true;
  });
}

/**
 * Filters on a part of the key that can be changed (`dualwrite.md` section 6, F15): a key must not change, and here a
 * change would even carry the row over the border of the filter.
 */
export const checkKeyFields = (
  fields: readonly FieldUse[],
  entity: Entity,
  metadata: Metadata,
): readonly Problem[] =>
  fields.flatMap(({ name, span }): readonly Problem[] => {
    const isKey = entity.keyFields.some((field) => field.toLowerCase() === name.toLowerCase());
    const field = isKey && !isCompanyField(name) ? fieldNamed(entity, name) : undefined;
    if (field === undefined || !isEditable(entity, field.name, metadata)) return [];
    return [
      {
        code: 'key-in-filter',
        span,
        args: { field: name },
        related: relatedTo(field.origin, 'key-field', { field: field.name }),
      },
    ];
  });

/** False where nobody tells. */
function isEditable(entity: Entity, name: string, metadata: Metadata): boolean {
  const field = fieldNamed(entity, name);
  if (field?.kind !== 'mapped') return false;
  if (field.isEditable !== undefined) return field.isEditable;
  const source = entity.dataSources.find(
    (each) => each.name.toLowerCase() === field.dataSource.toLowerCase(),
  );
  const declared = metadata
    .tableNamed(source?.table ?? '')
    ?.fields.find((each) => each.name.toLowerCase() === field.dataField.toLowerCase());
  return source?.isReadOnly !== true && declared?.isEditable === true;
}
