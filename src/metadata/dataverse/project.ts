import { plainText } from '../../text/embedded.ts';
import { itemsOf, propertyOf, readJson, stringOf } from '../../text/json.ts';
import type { PublicEntity, PublicType } from '../publicEntity.ts';
import { type ColumnType, type DataverseTable, lookupColumn } from './model.ts';

type Node = ReturnType<typeof propertyOf>;

/** Whether a text is worth parsing as the project of the gateway: most JSON of a workspace is not. */
export const mayBeProject = (text: string): boolean =>
  /^[\s\uFEFF]*\{/u.test(text) && text.includes('"environments"') && text.includes('"schemas"');

/**
 * The schemas in the project JSON of the gateway, which holds the types of both sides (`dualwrite.md` 1.5). Which
 * side one is of, its name tells: a map asks for an entity set or for the label of an entity.
 */
export function readProjectSchemas(text: string): {
  readonly dataverseTables: readonly DataverseTable[];
  readonly publicEntities: readonly PublicEntity[];
} {
  const { value: json } = readJson(plainText(text));
  const schemas = itemsOf(propertyOf(json.root, 'environments')).flatMap((environment) =>
    itemsOf(propertyOf(environment, 'schemas')),
  );
  return { dataverseTables: schemas.map(tableOf), publicEntities: schemas.map(entityOf) };
}

const nameOf = (node: Node): string => stringOf(propertyOf(node, 'name')) ?? '';

/** No list of these words is published, so that they are read by what they speak of. */
const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [/lookup|customer|owner/iu, 'lookup'],
  [/guid|uniqueidentifier/iu, 'guid'],
  [/picklist|option|enum|^state$|^status$/iu, 'option'],
  [/bool|^bit$/iu, 'boolean'],
  [/date/iu, 'datetime'],
  [/string|text|memo/iu, 'text'],
  [/int|long|decimal|double|real|float|money|number/iu, 'number'],
];

function typeOf(field: Node): ColumnType {
  const details = propertyOf(field, 'typeDetails');
  const written = stringOf(propertyOf(details, 'type')) ?? '';
  const type = TYPES.find(([pattern]) => pattern.test(written))?.[1] ?? 'unknown';
  const isDateOnly = propertyOf(details, 'isDateOnly')?.value === true;
  return type === 'datetime' && isDateOnly ? 'date' : type;
}

function sizeOf(field: Node): number | undefined {
  const value: unknown = propertyOf(propertyOf(field, 'typeDetails'), 'length')?.value;
  return typeof value === 'number' ? value : undefined;
}

function tableOf(schema: Node): DataverseTable {
  const fields = itemsOf(propertyOf(schema, 'fields'));
  return {
    logicalName: '',
    entitySet: nameOf(schema),
    columns: fields.map((field) => ({
      name: typeOf(field) === 'lookup' ? lookupColumn(nameOf(field)) : nameOf(field),
      type: typeOf(field),
      nullable: propertyOf(field, 'isRequired')?.value !== true,
      size: sizeOf(field),
      options: undefined,
    })),
    navigation: new Set(
      fields
        .filter((field) => typeOf(field) === 'lookup')
        .map((field) => nameOf(field).toLowerCase()),
    ),
    isWhole: false,
  };
}

const entityOf = (schema: Node): PublicEntity => ({
  name: nameOf(schema),
  fields: itemsOf(propertyOf(schema, 'fields')).map((field) => ({
    name: nameOf(field),
    type: publicType(field),
  })),
  isWhole: false,
});

function publicType(field: Node): PublicType {
  const kind = typeOf(field);
  const origin = undefined;
  switch (kind) {
    case 'text':
      return { kind, size: sizeOf(field), origin };
    case 'number':
    case 'date':
    case 'datetime':
    case 'guid':
      return { kind, origin };
    case 'option':
      return { kind: 'enum', name: '' };
    default:
      return { kind: 'unknown', origin };
  }
}
