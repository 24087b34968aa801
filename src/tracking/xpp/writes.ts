import { key } from '../../metadata/merge.ts';
import { toDocument } from '../../text/embedded.ts';
import type { Span } from '../../text/span.ts';
import { type Scopes, walkScopes } from './scopes.ts';
import { type XppSource, xppSourceOf } from './sources.ts';
import { readsAs, type XppToken, xppTokens } from './tokens.ts';

/** A place in X++ code that writes rows of a table past business events (`dualwrite.md` 7.1, SEED). */
export interface XppWrite {
  readonly operation:
    | 'doInsert'
    | 'doUpdate'
    | 'doDelete'
    | 'insertRecordset'
    | 'updateRecordset'
    | 'deleteFrom'
    | 'recordList'
    | 'skipBusinessEvents';
  /** The declared table. Whether there is such a table, metadata knows. */
  readonly table: string;
  /** Fields that are set, in lower case; undefined where that can't be told. */
  readonly fields: readonly string[] | undefined;
  /** In the document. */
  readonly span: Span;
}

/**
 * The writes in a file of AOT XML or plain X++. Where the table of a variable is not declared in its method, class or
 * form, nothing is said about it.
 */
export function xppWritesIn(text: string): readonly XppWrite[] {
  const source = xppSourceOf(text);
  return source === undefined ? [] : writesOf(source);
}

function writesOf({ texts, table, dataSources }: XppSource): readonly XppWrite[] {
  const writes: XppWrite[] = [];
  let members: ReadonlyMap<string, string> = dataSources;
  let self = table;
  for (const text of texts) {
    const tokens = xppTokens(text.value);
    self ??= selfOf(tokens);
    const lists = new Map<string, string>();
    const left = walkScopes(tokens, members, (index, scopes) => {
      noteList(tokens, index, scopes, lists);
      const write = writeAt(tokens, index, { scopes, self, lists });
      const [first, last] = [tokens[write?.from ?? 0], tokens[write?.to ?? 0]];
      if (write === undefined || first === undefined || last === undefined) return;
      const { operation, fields } = write;
      const span = { start: first.span.start, end: last.span.end };
      writes.push({ operation, table: write.table, fields, span: toDocument(text, span) });
    });
    // A declaration says what all methods see; a method's own variables end with it.
    if (tokens.some((token) => token.key === 'class')) members = left;
  }
  return writes;
}

/** The table whose row `this` is: of `[ExtensionOf(tableStr(T))]`, or of a table written as a class. */
function selfOf(tokens: readonly XppToken[]): string | undefined {
  for (const index of tokens.keys()) {
    if (readsAs(tokens, index, ['extensionof', '(', 'tablestr', '(', 'name', ')'])) {
      return tokens[index + 4]?.text;
    }
    if (readsAs(tokens, index, ['class', 'name', 'extends', 'common'])) {
      return tokens[index + 1]?.text;
    }
  }
  return undefined;
}

interface Around {
  readonly scopes: Scopes;
  readonly self: string | undefined;
  /** Tables of lists by their variable. */
  readonly lists: ReadonlyMap<string, string>;
}

interface Found extends Pick<XppWrite, 'operation' | 'table'> {
  readonly fields?: readonly string[];
  /** The first and the last token. */
  readonly from: number;
  readonly to: number;
}

const METHODS: Readonly<Record<string, XppWrite['operation']>> = {
  doinsert: 'doInsert',
  doupdate: 'doUpdate',
  dodelete: 'doDelete',
};

function writeAt(tokens: readonly XppToken[], index: number, around: Around): Found | undefined {
  const token = tokens[index];
  if (token?.kind !== 'name') return undefined;
  const method = METHODS[token.key];
  if (method !== undefined) return onBuffer(tokens, index, method, around);
  switch (token.key) {
    case 'skipbusinessevents':
      return readsAs(tokens, index + 1, ['(', 'true', ')'])
        ? onBuffer(tokens, index, 'skipBusinessEvents', around)
        : undefined;
    case 'insert_recordset':
      return setBased(tokens, index, 'insertRecordset', around);
    case 'update_recordset':
      return setBased(tokens, index, 'updateRecordset', around);
    case 'delete_from':
      return setBased(tokens, index, 'deleteFrom', around);
    case 'recordinsertlist':
      // It has no other purpose than to insert its rows at once.
      return tokens[index - 1]?.key === 'new'
        ? ofList(listTable(tokens, index, around.scopes), index - 1, index)
        : undefined;
    case 'insertdatabase':
      return tokens[index - 1]?.key === '.'
        ? ofList(around.lists.get(tokens[index - 2]?.key ?? ''), index - 2, index)
        : undefined;
    default:
      return undefined;
  }
}

const ofList = (table: string | undefined, from: number, to: number): Found | undefined =>
  table === undefined ? undefined : { operation: 'recordList', table, from, to };

/** `custTable.doUpdate()`, `this.doUpdate()`, `this.custTable.doUpdate()`. */
function onBuffer(
  tokens: readonly XppToken[],
  index: number,
  operation: XppWrite['operation'],
  { scopes, self }: Around,
): Found | undefined {
  if (tokens[index - 1]?.key !== '.' || tokens[index + 1]?.key !== '(') return undefined;
  const buffer = tokens[index - 2];
  if (buffer?.kind !== 'name') return undefined;
  const before = tokens[index - 3]?.key;
  const found = (table: string | undefined, from: number): Found | undefined =>
    table === undefined ? undefined : { operation, table, from, to: index };
  if (before === '.') {
    const isMember = tokens[index - 4]?.key === 'this';
    return isMember ? found(scopes.memberType(buffer.key), index - 4) : undefined;
  }
  if (before === '::') return undefined;
  return found(buffer.key === 'this' ? self : scopes.typeOf(buffer.key), index - 2);
}

/** Words between the statement and its table. */
const OPTIONS = new Set(
  `crosscompany firstfast firstonly forceliterals forcenestedloop forceplaceholders forceselectorder forupdate from
  nofetch optimisticlock pessimisticlock repeatableread reverse`.split(/\s+/u),
);

function setBased(
  tokens: readonly XppToken[],
  index: number,
  operation: XppWrite['operation'],
  { scopes, self }: Around,
): Found | undefined {
  let at = index + 1;
  while (OPTIONS.has(tokens[at]?.key ?? '')) at += 1;
  const buffer = tokens[at];
  if (buffer?.kind !== 'name') return undefined;
  const table = buffer.key === 'this' ? self : scopes.typeOf(buffer.key);
  if (table === undefined) return undefined;
  const fields = operation === 'updateRecordset' ? fieldsSet(tokens, at + 1) : undefined;
  return { operation, table, from: index, to: at, ...(fields === undefined ? {} : { fields }) };
}

/** The fields after `setting`, in lower case. */
function fieldsSet(tokens: readonly XppToken[], start: number): readonly string[] | undefined {
  if (tokens[start]?.key !== 'setting') return undefined;
  const fields: string[] = [];
  let [depth, isName] = [0, true];
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || ENDS_OF_SETTING.has(token.key)) break;
    if (token.key === '(' || token.key === '[') depth += 1;
    else if (token.key === ')' || token.key === ']') depth -= 1;
    else if (token.key === ',' && depth === 0) isName = true;
    else if (isName && token.kind === 'name') {
      fields.push(token.key);
      isName = false;
    }
  }
  return fields;
}

const ENDS_OF_SETTING = new Set([';', '{', '}', 'where', 'join', 'exists', 'notexists', 'outer']);

/** `list = new RecordSortedList(tableNum(CustTable))`: what the variable's rows are. */
function noteList(
  tokens: readonly XppToken[],
  index: number,
  scopes: Scopes,
  lists: Map<string, string>,
): void {
  if (!readsAs(tokens, index, ['name', '=', 'new', 'recordsortedlist', '('])) return;
  const [name, table] = [tokens[index]?.key, listTable(tokens, index + 3, scopes)];
  if (name !== undefined && table !== undefined) lists.set(key(name), table);
}

/** The table of `RecordInsertList(tableNum(T), …)` or `RecordInsertList(buffer.TableId, …)`. */
function listTable(tokens: readonly XppToken[], index: number, scopes: Scopes): string | undefined {
  if (readsAs(tokens, index + 1, ['(', 'tablenum', '(', 'name', ')'])) {
    return tokens[index + 4]?.text;
  }
  const buffer = tokens[index + 2];
  return buffer !== undefined && readsAs(tokens, index + 1, ['(', 'name', '.', 'tableid'])
    ? scopes.typeOf(buffer.key)
    : undefined;
}
