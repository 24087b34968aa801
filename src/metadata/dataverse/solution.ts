import { childNamed, descendants, listNamed, type XmlElement, xmlValueOf } from '../../text/xml.ts';
import { valueOf } from '../readTypes.ts';
import {
  type ColumnType,
  type DataverseColumn,
  type DataverseTable,
  lookupColumn,
  type OptionValue,
} from './model.ts';

/**
 * The tables in the customizations.xml of a solution. A solution holds the columns somebody changed, so that none
 * of its tables is whole; what it says of a column is.
 */
export function readSolutionTables(
  root: XmlElement,
  text: string,
  uri: string,
): readonly DataverseTable[] {
  const shared = new Map(
    listNamed(root, 'optionsets').map((set) => [
      (set.attributes['Name'] ?? '').toLowerCase(),
      optionsOf(set),
    ]),
  );
  return listNamed(root, 'Entities').flatMap((element): readonly DataverseTable[] => {
    const info = childNamed(childNamed(element, 'EntityInfo') ?? element, 'entity');
    const logicalName = (info?.attributes['Name'] ?? valueOf(text, element, 'Name')).toLowerCase();
    if (info === undefined || logicalName === '') return [];
    const attributes = listNamed(info, 'attributes');
    return [
      {
        logicalName,
        entitySet: valueOf(text, info, 'EntitySetName'),
        columns: attributes.map((attribute) => columnOf(attribute, text, uri, shared)),
        navigation: new Set(
          attributes
            .filter((attribute) => typeOf(attribute, text) === 'lookup')
            .map((attribute) => nameOf(attribute, text)),
        ),
        isWhole: false,
        keys: keysOf(element, logicalName, text),
        integrationKey: undefined,
        origin: { uri, span: (childNamed(element, 'Name') ?? element).span },
      },
    ];
  });
}

/**
 * The keys of a table that its publisher made. To one of the platform (no prefix in its name) a solution adds some, and
 * tells nothing of the others.
 */
function keysOf(
  table: XmlElement,
  logicalName: string,
  text: string,
): readonly (readonly string[])[] | undefined {
  const keys = descendants(table).filter(({ name }) => name === 'EntityKey');
  if (keys.length === 0 || !logicalName.includes('_')) return undefined;
  return keys.map((key) =>
    listNamed(key, 'EntityKeyAttributes').map((attribute) =>
      xmlValueOf(text, attribute).trim().toLowerCase(),
    ),
  );
}

const nameOf = (attribute: XmlElement, text: string): string =>
  (
    valueOf(text, attribute, 'LogicalName') ||
    valueOf(text, attribute, 'Name') ||
    (attribute.attributes['PhysicalName'] ?? '')
  ).toLowerCase();

const TYPES: Readonly<Record<string, ColumnType>> = {
  nvarchar: 'text',
  ntext: 'text',
  int: 'number',
  bigint: 'number',
  decimal: 'number',
  float: 'number',
  money: 'number',
  bit: 'boolean',
  datetime: 'datetime',
  lookup: 'lookup',
  customer: 'lookup',
  owner: 'lookup',
  picklist: 'option',
  state: 'option',
  status: 'option',
  primarykey: 'guid',
  uniqueidentifier: 'guid',
};

function typeOf(attribute: XmlElement, text: string): ColumnType {
  const type = TYPES[valueOf(text, attribute, 'Type').toLowerCase()] ?? 'unknown';
  return type === 'datetime' && valueOf(text, attribute, 'Behavior') === '2' ? 'date' : type;
}

function columnOf(
  attribute: XmlElement,
  text: string,
  uri: string,
  shared: ReadonlyMap<string, readonly OptionValue[]>,
): DataverseColumn {
  const type = typeOf(attribute, text);
  const name = nameOf(attribute, text);
  const size = Number.parseInt(valueOf(text, attribute, 'MaxLength'), 10);
  const own = childNamed(attribute, 'optionset');
  const options =
    own === undefined
      ? shared.get(valueOf(text, attribute, 'OptionSetName').toLowerCase())
      : optionsOf(own);
  return {
    name: type === 'lookup' ? lookupColumn(name) : name,
    type,
    nullable: valueOf(text, attribute, 'RequiredLevel') !== 'systemrequired',
    size: Number.isNaN(size) ? undefined : size,
    options: type === 'option' && options !== undefined && options.length > 0 ? options : undefined,
    origin: { uri, span: attribute.span },
  };
}

/** `option`, `state` and `status` elements are one idea in three spellings. */
const optionsOf = (set: XmlElement): readonly OptionValue[] =>
  descendants(set).flatMap((element): readonly OptionValue[] => {
    const value = element.attributes['value'];
    if (!['option', 'state', 'status'].includes(element.name)) return [];
    if (value === undefined || !/^-?\d{1,15}$/u.test(value)) return [];
    return [
      {
        value: Number(value),
        labels: listNamed(element, 'labels').flatMap(({ attributes }) =>
          attributes['description'] === undefined ? [] : [attributes['description']],
        ),
      },
    ];
  });
