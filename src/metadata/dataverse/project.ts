import { plainText } from '../../text/embedded.ts';
import { itemsOf, nodeSpan, propertyOf, readJson, stringOf } from '../../text/json.ts';
import type { Origin } from '../model.ts';
import type { PublicEntity, PublicType } from '../publicEntity.ts';
import { type ColumnType, type DataverseTable, lookupColumn } from './model.ts';

type Node = ReturnType<typeof propertyOf>;

/**
 * The schemas in the project JSON of the gateway, which holds the types of both sides (`dualwrite.md` 1.5). Which
 * side one is of, its name tells: a map asks for an entity set or for the label of an entity.
 */
export function readProjectSchemas(
  uri: string,
  text: string,
): {
  readonly dataverseTables: readonly DataverseTable[];
  readonly publicEntities: readonly PublicEntity[];
} {
  const { value: json } = readJson(plainText(text));
  const schemas = itemsOf(propertyOf(json.root, 'environments')).flatMap((environment) =>
    itemsOf(propertyOf(environment, 'schemas')),
  );
  const at: OriginOf = (node) => ({
    uri,
    span: node === undefined ? { start: 0, end: 0 } : nodeSpan(json, node),
  });
  return {
    dataverseTables: schemas.map((schema) => tableOf(schema, at)),
    publicEntities: schemas.map((schema) => entityOf(schema, at)),
  };
}

type OriginOf = (node: Node) => Origin;

const originOfName = (node: Node, at: OriginOf): Origin => at(propertyOf(node, 'name') ?? node);

interface Key {
  readonly fields: readonly string[];
  readonly isIntegration: boolean;
  readonly isPrimary: boolean;
}

/** The fields of a key are names, or objects that have one. */
const keysOf = (schema: Node): readonly Key[] =>
  itemsOf(propertyOf(schema, 'keys')).map((key) => ({
    fields: itemsOf(propertyOf(key, 'fields'))
      .map((field) => stringOf(field) ?? nameOf(field))
      .filter((name) => name !== ''),
    isIntegration: propertyOf(key, 'isIntegrationKey')?.value === true,
    isPrimary: propertyOf(key, 'isPrimaryKey')?.value === true,
  }));

const integrationKeyOf = (schema: Node): readonly string[] | undefined =>
  keysOf(schema).find(({ isIntegration, fields }) => isIntegration && fields.length > 0)?.fields;

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

function tableOf(schema: Node, at: OriginOf): DataverseTable {
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
      origin: originOfName(field, at),
    })),
    navigation: new Set(
      fields
        .filter((field) => typeOf(field) === 'lookup')
        .map((field) => nameOf(field).toLowerCase()),
    ),
    isWhole: false,
    keys:
      propertyOf(schema, 'keys') === undefined
        ? undefined
        : keysOf(schema).map(({ fields: names }) => names),
    integrationKey: integrationKeyOf(schema),
    origin: originOfName(schema, at),
  };
}

const entityOf = (schema: Node, at: OriginOf): PublicEntity => ({
  name: nameOf(schema),
  entitySet: '',
  fields: itemsOf(propertyOf(schema, 'fields')).map((field) => ({
    name: nameOf(field),
    type: publicType(field, at),
    origin: originOfName(field, at),
  })),
  keyFields: keysOf(schema).find(({ isPrimary }) => isPrimary)?.fields ?? [],
  integrationKey: integrationKeyOf(schema),
  isWhole: false,
  origin: originOfName(schema, at),
});

function publicType(field: Node, at: OriginOf): PublicType {
  const kind = typeOf(field);
  const origin = originOfName(field, at);
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
