import { descendants, type XmlElement } from '../../text/xml.ts';
import type { EnumType, Origin } from '../model.ts';
import type { PublicEntity, PublicType } from '../publicEntity.ts';
import { type ColumnType, type DataverseColumn, type DataverseTable } from './model.ts';

interface CsdlFacts {
  readonly dataverseTables: readonly DataverseTable[];
  readonly publicEntities: readonly PublicEntity[];
  readonly publicEnums: readonly EnumType[];
}

/**
 * Reads the `$metadata` of an environment (OData CSDL XML). Dataverse calls its namespace
 * `Microsoft.Dynamics.CRM`; Finance and Operations has one of its own.
 */
export function readCsdl(root: XmlElement, uri: string): CsdlFacts {
  const schemas = descendants(root).filter(({ name }) => name === 'Schema');
  const ofDataverse = schemas.filter(isDataverse);
  const ofOperations = schemas.filter((schema) => !isDataverse(schema));
  const sets = setsOf(ofOperations);
  return {
    dataverseTables: tablesOf(ofDataverse, uri),
    publicEntities: ofOperations.flatMap((schema) =>
      named(schema, 'EntityType').map((type) => ({
        name: attribute(type, 'Name'),
        entitySet: sets.get(attribute(type, 'Name')) ?? '',
        fields: named(type, 'Property').map((property) => ({
          name: attribute(property, 'Name'),
          type: publicType(property, uri),
          origin: { uri, span: property.span },
        })),
        keyFields: keyOf(type),
        integrationKey: undefined,
        isWhole: true,
        origin: originOf(type, uri),
      })),
    ),
    publicEnums: ofOperations.flatMap((schema) =>
      named(schema, 'EnumType').map((type) => enumOf(type, uri)),
    ),
  };
}

const isDataverse = (schema: XmlElement): boolean =>
  /^Microsoft\.Dynamics\.CRM\b/iu.test(attribute(schema, 'Namespace')) ||
  attribute(schema, 'Alias') === 'mscrm';

const attribute = (element: XmlElement, name: string): string => element.attributes[name] ?? '';

const named = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** `mscrm.account` and `Microsoft.Dynamics.CRM.account` are the same type. */
const bare = (typeName: string): string => typeName.split('.').at(-1) ?? typeName;

/** The entity sets by the name of the type they hold. */
const setsOf = (schemas: readonly XmlElement[]): ReadonlyMap<string, string> =>
  new Map(
    schemas
      .flatMap((schema) => named(schema, 'EntityContainer'))
      .flatMap((container) => named(container, 'EntitySet'))
      .map((set) => [bare(attribute(set, 'EntityType')), attribute(set, 'Name')]),
  );

const keyOf = (type: XmlElement): readonly string[] =>
  named(type, 'Key').flatMap((key) =>
    named(key, 'PropertyRef').map((property) => attribute(property, 'Name')),
  );

/** The start tag: an element as large as a table is no place to go to. */
const originOf = ({ span, content }: XmlElement, uri: string): Origin => ({
  uri,
  span: { start: span.start, end: Math.min(span.end, content.start) },
});

function tablesOf(schemas: readonly XmlElement[], uri: string): readonly DataverseTable[] {
  const types = new Map(
    schemas
      .flatMap((schema) => named(schema, 'EntityType'))
      .map((type) => [attribute(type, 'Name'), type]),
  );
  const sets = setsOf(schemas);
  return [...types].map(([logicalName, type]) => {
    const lineage = withBases(type, types);
    return {
      logicalName,
      entitySet: sets.get(logicalName) ?? '',
      columns: lineage
        .flatMap((each) => named(each, 'Property'))
        .map((property) => columnOf(property, uri)),
      navigation: new Set(
        lineage
          .flatMap((each) => named(each, 'NavigationProperty'))
          .map((each) => attribute(each, 'Name').toLowerCase()),
      ),
      // A base that is not there may have more columns.
      isWhole: attribute(lineage.at(-1) ?? type, 'BaseType') === '',
      // `$metadata` tells the primary key alone; the alternate ones are not in it.
      keys: undefined,
      integrationKey: undefined,
      origin: originOf(type, uri),
    };
  });
}

function withBases(
  type: XmlElement,
  types: ReadonlyMap<string, XmlElement>,
): readonly XmlElement[] {
  const lineage = new Set<XmlElement>();
  let current: XmlElement | undefined = type;
  while (current !== undefined && !lineage.has(current)) {
    lineage.add(current);
    current = types.get(bare(attribute(current, 'BaseType')));
  }
  return [...lineage];
}

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  'Edm.String': 'text',
  'Edm.Boolean': 'boolean',
  'Edm.Date': 'date',
  'Edm.DateTimeOffset': 'datetime',
  'Edm.Guid': 'guid',
  'Edm.Byte': 'number',
  'Edm.Int16': 'number',
  'Edm.Int32': 'number',
  'Edm.Int64': 'number',
  'Edm.Decimal': 'number',
  'Edm.Double': 'number',
  'Edm.Single': 'number',
};

function columnOf(property: XmlElement, uri: string): DataverseColumn {
  const name = attribute(property, 'Name');
  const type = COLUMN_TYPES[attribute(property, 'Type')] ?? 'unknown';
  return {
    name,
    type: type === 'guid' && /^_\w+_value$/u.test(name) ? 'lookup' : type,
    nullable: attribute(property, 'Nullable') !== 'false',
    size: sizeOf(property),
    options: undefined,
    origin: { uri, span: property.span },
  };
}

function sizeOf(property: XmlElement): number | undefined {
  const size = Number.parseInt(attribute(property, 'MaxLength'), 10);
  return Number.isNaN(size) ? undefined : size;
}

function publicType(property: XmlElement, uri: string): PublicType {
  const type = attribute(property, 'Type');
  const origin = { uri, span: property.span };
  const kind = COLUMN_TYPES[type];
  switch (kind) {
    case 'text':
      return { kind, size: sizeOf(property), origin };
    case 'number':
    case 'date':
    case 'datetime':
    case 'guid':
      return { kind, origin };
    default:
      return type.startsWith('Edm.') || type.startsWith('Collection(') || type === ''
        ? { kind: 'unknown', origin }
        : { kind: 'enum', name: bare(type) };
  }
}

/** An environment lists the elements of all its extensions; whether their numbers are its own, it does not tell. */
const enumOf = (type: XmlElement, uri: string): EnumType => ({
  name: attribute(type, 'Name'),
  isExtensible: true,
  isWhole: true,
  elements: named(type, 'Member').map((member, index) => {
    const value = attribute(member, 'Value');
    return {
      name: attribute(member, 'Name'),
      value: /^-?\d{1,15}$/u.test(value) ? Number(value) : index,
      label: '',
      origin: { uri, span: member.span },
    };
  }),
  origin: originOf(type, uri),
});
