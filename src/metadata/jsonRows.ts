import type { Node } from 'jsonc-parser';
import { plainText } from '../text/embedded.ts';
import { itemsOf, readJson } from '../text/json.ts';
import { HEAD_LENGTH, SAMPLED_ROWS } from './delimited.ts';
import type { Origin } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';
import { type Sampled, sampledEntity } from './sampledColumns.ts';

/**
 * What the first records of a JSON file tell of the entity that it is named like. Records are a list of objects, or that
 * list as the `value` of an answer of OData, or (`.jsonl`, `.ndjson`) an object in each line. Undefined for all other
 * JSON, for a list of maps and their parts, and for records of Dataverse: their columns are not those of the entity,
 * even where its label is their table's name.
 *
 * @param text the file or its beginning.
 */
export function readJsonColumns(uri: string, text: string): PublicEntity | undefined {
  const head = text.slice(0, HEAD_LENGTH);
  const read = /\.json$/iu.test(uri) ? recordsIn(head) : recordsInLines(head);
  const records = read.slice(0, SAMPLED_ROWS);
  if (records.some(isOfAnother)) return undefined;
  const named = new Map<string, { readonly at: number; readonly cells: Sampled[] }>();
  const nested = new Set<string>();
  for (const [row, record] of records.entries()) {
    for (const { name, at, value } of record) {
      if (name.includes('@')) continue;
      const column = named.get(name) ?? { at, cells: [] };
      column.cells[row] = cellOf(value);
      named.set(name, column);
      if (value.type === 'object' || value.type === 'array') nested.add(name);
    }
  }
  const columns = [...named].filter(([name]) => !nested.has(name));
  return sampledEntity(
    uri,
    columns.map(([name, { at, cells }]) => {
      const origin: Origin = head.startsWith(name, at)
        ? { uri, span: { start: at, end: at + name.length } }
        : { uri, span: { start: at, end: at } };
      return { name, origin, cells };
    }),
  );
}

interface Property {
  readonly name: string;
  /** Where the name begins in the file. */
  readonly at: number;
  readonly value: Node;
}

type JsonRecord = readonly Property[];

/** The records before the first mistake, which is the end of what was read where that is a part. */
function recordsIn(text: string): readonly JsonRecord[] {
  const { root, end } = readUpToMistake(text);
  if (root?.type === 'array') return recordsOf(root, end);
  const properties = propertiesOf(root);
  const list = properties.find(({ name }) => name === 'value')?.value;
  const others = properties.filter(({ name }) => name !== 'value');
  if (!others.every(({ name }) => ANNOTATION.test(name)) || others.some(isDataverse)) return [];
  return recordsOf(list, end);
}

function recordsInLines(text: string): readonly JsonRecord[] {
  const records: JsonRecord[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const { root, end } = readUpToMistake(line);
    if (line.trim() !== '') {
      if (root?.type !== 'object' || end <= line.length) break;
      records.push(propertiesOf(root, start));
    }
    start += line.length + 1;
  }
  return records;
}

/** `end` is where the first mistake stands: what reaches it may be cut off. Past the text where there is none. */
function readUpToMistake(text: string): { readonly root: Node | undefined; readonly end: number } {
  const { value, problems } = readJson(plainText(text));
  return { root: value.root, end: Math.min(...problems.map(({ span }) => span.start), Infinity) };
}

/** None where an item is anything else than an object. */
function recordsOf(list: Node | undefined, end: number): readonly JsonRecord[] {
  const items = itemsOf(list).filter(({ offset, length }) => offset + length < end);
  return items.every(({ type }) => type === 'object')
    ? items.map((item) => propertiesOf(item))
    : [];
}

const propertiesOf = (node: Node | undefined, start = 0): JsonRecord =>
  node?.type !== 'object'
    ? []
    : (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
        key === undefined || value === undefined
          ? []
          : [{ name: String(key.value), at: start + key.offset + 1, value }],
      );

/** What OData says of an answer or of a value, in its fourth version and in the third. */
const ANNOTATION = /@|^odata\./u;

/** Maps, legs, field mappings and gateway projects in lists: dualwrite.md 1.2-1.5. */
const OF_MAPS = new Set([
  'legs',
  'fieldMappings',
  'sourceField',
  'sourceSchema',
  'sourceFilter',
  'environments',
  'schemas',
]);

const isOfAnother = (record: JsonRecord): boolean =>
  record.some((property) => OF_MAPS.has(property.name) || isDataverse(property));

/** Addresses, annotations, names of lookups and versions of rows that Dataverse alone has. */
const isDataverse = ({ name, value }: Property): boolean =>
  /@(?:OData\.Community|Microsoft\.Dynamics\.CRM)\.|^_.+_value(?:@|$)|^msdyn_/u.test(name) ||
  (name === '@odata.context' && String(value.value).includes('/api/data/')) ||
  (name === '@odata.etag' && /^W\/"\d+"$/u.test(String(value.value)));

/** OData of Finance and Operations writes a day as its noon, which tells neither a day nor a time of it. */
const NOON = /T12:00:00(?:\.0+)?Z$/u;

function cellOf({ type, value }: Node): Sampled {
  if (type === 'null') return null;
  if (type !== 'string' && type !== 'number' && type !== 'boolean') return undefined;
  const text = String(value);
  // A number that is written with an exponent would be taken for a code.
  const saysNothing = type === 'number' ? /e/iu.test(text) : NOON.test(text);
  return saysNothing || text === '' ? undefined : text;
}
