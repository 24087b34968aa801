import { format, type Node } from 'jsonc-parser';
import { applyEdits } from '../text/edit.ts';
import { plainText } from '../text/embedded.ts';
import { itemsOf, propertyOf, readJson, stringOf } from '../text/json.ts';
import { childNamed, descendants, readXml, xmlTextOf, xmlValueOf } from '../text/xml.ts';

/** A map as a file of its own. */
export interface MapRecord {
  /** What the map is called: that of the record, else of the mapping; empty where it has no name. */
  readonly name: string;
  readonly version: string;
  /** Formatted JSON: the mapping, or the record with its columns and the mapping as an object among them. */
  readonly text: string;
}

export type RecordsRead =
  | { readonly kind: 'read'; readonly records: readonly MapRecord[] }
  /** It holds no map. */
  | { readonly kind: 'none' }
  /** It was meant to hold maps and can't be read. */
  | { readonly kind: 'broken' };

/**
 * The maps of a text in every form they are exported in (`dualwrite.md` 1.2 to 1.5), each as a file of its own.
 * The JSON is laid out anew and otherwise taken as it stands: a key that is given twice and a number with zeros
 * behind it stay what they are.
 */
export function recordsIn(text: string): RecordsRead {
  const body = text.replace(/^\uFEFF/u, '');
  if (!body.includes('msdyn_mapping') && !body.includes('legs')) return { kind: 'none' };
  if (body.trimStart().startsWith('<')) return inSolution(body);
  const root = parsed(body);
  if (root === undefined) {
    return { kind: /"(?:legs|msdyn_mapping)"/u.test(body) ? 'broken' : 'none' };
  }
  const records = inJson(body, root);
  return records.length === 0 ? { kind: 'none' } : { kind: 'read', records };
}

function parsed(text: string): Node | undefined {
  const { value, problems } = readJson(plainText(text));
  return problems.length === 0 ? value.root : undefined;
}

/** Deeper than the forms nest: a record in a page in a list. */
const DEEPEST = 8;

function inJson(text: string, node: Node, depth = 1): readonly MapRecord[] {
  if (depth > DEEPEST) return [];
  const inside = (inner: Node): readonly MapRecord[] => inJson(text, inner, depth + 1);
  if (node.type === 'array') return itemsOf(node).flatMap(inside);
  const value = (name: string): string => stringOf(propertyOf(node, name)) ?? '';
  const mapping = propertyOf(node, 'msdyn_mapping');
  if (mapping?.type === 'string' || mapping?.type === 'object') return [recordOf(text, node)];
  if (propertyOf(node, 'legs')?.type === 'array') {
    return [{ name: value('name'), version: '', text: laidOut(rawOf(text, node)) }];
  }
  if (propertyOf(node, 'entityMappingTasks')?.type === 'array') {
    const name = value('displayName') || value('name');
    return [{ name, version: '', text: laidOut(rawOf(text, node)) }];
  }
  const page = propertyOf(node, 'value');
  return page?.type === 'array' ? inside(page) : [];
}

/** A record of the Web API (`dualwrite.md` 1.4). */
function recordOf(text: string, node: Node): MapRecord {
  const columns = (node.children ?? []).flatMap(({ children: [key, value] = [] }): Column[] =>
    key === undefined || value === undefined
      ? []
      : [{ key: rawOf(text, key), name: String(key.value), value: rawOf(text, value) }],
  );
  const value = (name: string): string => stringOf(propertyOf(node, name)) ?? '';
  return recordWith(columns, value);
}

interface Column {
  /** With its quotes. */
  readonly key: string;
  readonly name: string;
  /** As JSON. */
  readonly value: string;
}

function recordWith(columns: readonly Column[], value: (name: string) => string): MapRecord {
  const written = columns.map(
    ({ key, name, value }) => `${key}: ${ENCODED.has(name) ? decodedJson(value) : value}`,
  );
  const text = laidOut(`{${written.join(',')}}`);
  const name = value('msdyn_displayname') || value('msdyn_name');
  return { name, version: value('msdyn_version'), text };
}

/** Columns that hold JSON as a text. */
const ENCODED: ReadonlySet<string> = new Set(['msdyn_mapping', 'msdyn_properties']);

/** Deeper than any exporter encodes: JSON in JSON in JSON in JSON. */
const DEEPEST_ENCODING = 4;

/** The object in a text, or the text as it is: one shipped map has a property list that is no JSON (`dualwrite.md` 1.3). */
function decodedJson(json: string): string {
  let inner = json;
  for (let depth = 0; depth < DEEPEST_ENCODING; depth += 1) {
    const root = parsed(inner);
    if (root?.type === 'object' || root?.type === 'array') return inner;
    const text = stringOf(root);
    if (text === undefined) return json;
    inner = text.replace(/^\uFEFF/u, '');
  }
  return json;
}

/** Records in a customizations.xml, wherever they stand there (`dualwrite.md` 1.2). */
function inSolution(source: string): RecordsRead {
  const { value: root, problems } = readXml(source);
  if (root === undefined || problems.length > 0) return { kind: 'broken' };
  const records = [root, ...descendants(root)].flatMap((record): readonly MapRecord[] => {
    const mapping = childNamed(record, 'msdyn_mapping');
    if (mapping === undefined || mapping.text.length === 0) return [];
    const attributes = Object.entries(record.attributes);
    const children = record.children
      .filter(({ children }) => children.length === 0)
      .map((child) => [child.name, xmlTextOf(source, child).value] as const);
    const columns = [...attributes, ...children].map(([name, value]) => ({
      key: JSON.stringify(name),
      name,
      value: JSON.stringify(value),
    }));
    const value = (name: string): string => {
      const child = childNamed(record, name);
      return child === undefined ? '' : xmlValueOf(source, child);
    };
    return [recordWith(columns, value)];
  });
  return records.length === 0 ? { kind: 'none' } : { kind: 'read', records };
}

const rawOf = (text: string, { offset, length }: Node): string =>
  text.slice(offset, offset + length);

/** Two blanks a level, lines as everywhere; nothing but blanks is changed. */
function laidOut(json: string): string {
  const edits = format(json, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' });
  const laid = applyEdits(
    json,
    edits.map(({ offset, length, content }) => ({
      span: { start: offset, end: offset + length },
      text: content,
    })),
  );
  return `${laid.trim()}\n`;
}
