import { fieldNamed, type Metadata } from './metadata.ts';
import type { PublicField } from './publicEntity.ts';
import {
  type DeclaredType,
  type Entity,
  type FieldType,
  type Origin,
  type TextCase,
  UNKNOWN_TYPE,
} from './model.ts';

/** Follows a field through data sources, table and extended data types; what goes in circles is unknown. */
export function typeOfField(
  entity: Entity,
  fieldName: string,
  metadata: Metadata,
  inside: readonly string[] = [],
): FieldType {
  const field = fieldNamed(entity, fieldName);
  if (field === undefined || inside.includes(entity.name)) return UNKNOWN_TYPE;
  const found =
    field.kind === 'mapped'
      ? typeInSource(entity, field, metadata, [...inside, entity.name])
      : typeOfDeclared(field, field.origin, metadata);
  return found.kind === 'unknown' ? typeInPublic(entity.publicName, fieldName, metadata) : found;
}

/** The type that `$metadata` or a project tells of a field, by the name either has for its entity. */
function typeInPublic(entityName: string, fieldName: string, metadata: Metadata): FieldType {
  const field = metadata
    .publicEntityNamed(entityName)
    ?.fields.find(({ name }) => isSame(name, fieldName));
  return field === undefined ? UNKNOWN_TYPE : typeOfPublic(field, metadata);
}

export const typeOfPublic = ({ type, origin }: PublicField, metadata: Metadata): FieldType =>
  type.kind === 'enum' ? enumType(type.name, origin, metadata) : type;

function typeInSource(
  entity: Entity,
  field: { readonly dataSource: string; readonly dataField: string },
  metadata: Metadata,
  inside: readonly string[],
): FieldType {
  const name = entity.dataSources.find((source) => isSame(source.name, field.dataSource))?.table;
  if (name === undefined) return UNKNOWN_TYPE;
  const nested = metadata.entityNamed(name) ?? metadata.viewNamed(name);
  if (nested !== undefined) return typeOfField(nested, field.dataField, metadata, inside);
  const declared = metadata
    .tableNamed(name)
    ?.fields.find((candidate) => isSame(candidate.name, field.dataField));
  return declared === undefined
    ? (SYSTEM_FIELDS.get(field.dataField.toLowerCase()) ?? UNKNOWN_TYPE)
    : typeOfDeclared(declared, declared.origin, metadata);
}

const systemField = (kind: 'number' | 'datetime'): FieldType => ({ kind, origin: undefined });
const SYSTEM_TEXT: FieldType = { kind: 'text', size: undefined, origin: undefined };

/** The fields that every table has without listing them. */
const SYSTEM_FIELDS: ReadonlyMap<string, FieldType> = new Map([
  ['recid', systemField('number')],
  ['recversion', systemField('number')],
  ['partition', systemField('number')],
  ['dataareaid', SYSTEM_TEXT],
  ['createdby', SYSTEM_TEXT],
  ['modifiedby', SYSTEM_TEXT],
  ['createddatetime', systemField('datetime')],
  ['modifieddatetime', systemField('datetime')],
]);

export const isSystemField = (name: string): boolean => SYSTEM_FIELDS.has(name.toLowerCase());

function typeOfDeclared(declared: DeclaredType, origin: Origin, metadata: Metadata): FieldType {
  let { type, enumType: enumName, stringSize } = declared;
  let textCase: TextCase | undefined;
  const seen = new Set<string>();
  let next = declared.extendedDataType;
  while (next !== '' && !seen.has(next.toLowerCase())) {
    seen.add(next.toLowerCase());
    const extended = metadata.extendedTypeNamed(next);
    if (extended === undefined) break;
    type ||= extended.type;
    enumName ||= extended.enumType;
    stringSize ??= extended.stringSize;
    textCase ??= extended.textCase;
    next = extended.extends;
  }
  if (enumName !== '') return enumType(enumName, origin, metadata);
  switch (type) {
    case 'String':
    case 'Memo':
      return {
        kind: 'text',
        size: stringSize,
        origin,
        ...(textCase === undefined ? {} : { textCase }),
      };
    case 'Enum':
      return enumType('', origin, metadata);
    case 'Int':
    case 'Int64':
    case 'Real':
      return { kind: 'number', origin };
    case 'Date':
      return { kind: 'date', origin };
    case 'UtcDateTime':
    case 'DateTime':
      return { kind: 'datetime', origin };
    case 'Guid':
      return { kind: 'guid', origin };
    default:
      return UNKNOWN_TYPE;
  }
}

function enumType(name: string, origin: Origin | undefined, metadata: Metadata): FieldType {
  const known = metadata.enumNamed(name);
  return {
    kind: 'enum',
    name: known?.name ?? name,
    elements: known?.elements ?? [],
    isWhole: known?.isWhole ?? false,
    isStable: known !== undefined && !known.isExtensible,
    origin: known?.origin ?? origin,
  };
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
