import type { Leg } from '../../map/model.ts';
import { typeOfField, typeOfPublic } from '../../metadata/fieldType.ts';
import type { DataverseTable } from '../../metadata/dataverse/model.ts';
import { type Entity, type Origin, type FieldType, UNKNOWN_TYPE } from '../../metadata/model.ts';
import { type PublicEntity, publicFieldNamed } from '../../metadata/publicEntity.ts';
import { publicEntityOf, type Resolution, resolveEntity } from '../../metadata/resolve.ts';
import { contentSpan } from '../../text/embedded.ts';
import type { Span } from '../../text/span.ts';
import type { Workspace } from '../workspace.ts';

/** What metadata knows on both sides of a leg; each part is undefined where nothing tells of it. */
export interface LegEntity {
  readonly leg: Leg;
  readonly resolution: Resolution;
  /** As the AOT makes it. */
  readonly entity: Entity | undefined;
  /** As OData or a project shows it. */
  readonly shown: PublicEntity | undefined;
  readonly table: DataverseTable | undefined;
  readonly typeOf: (field: string) => FieldType;
}

export function legEntity(leg: Leg, { metadata, entityNames }: Workspace): LegEntity {
  const resolution = resolveEntity(leg, metadata, entityNames);
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const shown = publicEntityOf(leg, metadata, entityNames);
  return {
    leg,
    resolution,
    entity,
    shown,
    table: metadata.dataverse.tableNamed(leg.destinationSchema),
    typeOf(field) {
      const type = entity === undefined ? UNKNOWN_TYPE : typeOfField(entity, field, metadata);
      const told = shown === undefined ? undefined : publicFieldNamed(shown, field);
      return type.kind === 'unknown' && told !== undefined ? typeOfPublic(told, metadata) : type;
    },
  };
}

/** Where a leg names its entity; the leg itself where it does not. */
export const schemaSpan = ({ sourceSchemaSpan, span }: Leg): Span => sourceSchemaSpan ?? span;

/** Where a mapping names a field, between the quotes; the mapping where it does not. */
export const fieldSpan = (
  mapping: Leg['fieldMappings'][number],
  side: 'fo' | 'dataverse',
): Span => {
  const text = side === 'fo' ? mapping.sourceFieldText : mapping.destinationFieldText;
  return text === undefined || text.value === '' ? mapping.span : contentSpan(text);
};

/** Columns of every table that say which company a row is of: dual-write fills them itself. */
export const isCompanyField = (name: string): boolean =>
  /^(?:dataareaid|partition|_?(?:msdyn|cdm)_company(?:id|code)?(?:_value)?)$/iu.test(name);

export const relatedTo = (
  origin: Origin | undefined,
  message: string,
  args: Readonly<Record<string, string | number>>,
): readonly (Origin & { readonly message: string; readonly args: typeof args })[] =>
  origin === undefined ? [] : [{ ...origin, message, args }];
