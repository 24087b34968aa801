import type { Cell } from '../../filter/meaning/values.ts';
import { columnBuilder } from '../columns.ts';
import { MOST_COLUMNS, PROGRESS_STEP, type ReadRowFile, type RowFileOptions } from './rowFile.ts';

type NamedValues = Readonly<Record<string, unknown>>;

/**
 * Reads records in JSON: a list, or an answer of OData with the list in `value`. null and what is missing are NULL, `""`
 * is the empty text; annotations of OData (`@odata.etag`, `x@OData…`) are no columns.
 */
export function readJson(text: string, options: RowFileOptions = {}): ReadRowFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(withoutMark(text));
  } catch (error) {
    return { problem: { kind: 'broken', line: 1, reason: reasonOf(error) } };
  }
  const list = Array.isArray(parsed) ? parsed : isNamedValues(parsed) ? parsed['value'] : undefined;
  return Array.isArray(list) ? tableOf(list, options) : { problem: { kind: 'noTable' } };
}

/** Reads a record in each line, empty lines left out. */
export function readJsonLines(text: string, options: RowFileOptions = {}): ReadRowFile {
  const records: unknown[] = [];
  for (const [index, line] of withoutMark(text).split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      records.push(JSON.parse(line));
    } catch (error) {
      return { problem: { kind: 'broken', line: index + 1, reason: reasonOf(error) } };
    }
  }
  return tableOf(records, options);
}

function tableOf(records: readonly unknown[], { onProgress }: RowFileOptions): ReadRowFile {
  if (records.length === 0) return { problem: { kind: 'empty' } };
  const names = new Set<string>();
  for (const [index, record] of records.entries()) {
    if (!isNamedValues(record)) return { problem: { kind: 'noRecord', number: index + 1 } };
    for (const name of Object.keys(record)) if (!name.includes('@')) names.add(name);
    if (names.size > MOST_COLUMNS) {
      return { problem: { kind: 'tooManyColumns', count: names.size, limit: MOST_COLUMNS } };
    }
  }
  const columns = [...names];
  const builder = columnBuilder(columns);
  for (const record of records) {
    if (!isNamedValues(record)) continue;
    try {
      builder.add(columns.map((name) => cellOf(record[name])));
    } catch (error) {
      // A value is read however deep it nests, and written only as deep as the stack goes.
      if (!(error instanceof RangeError)) throw error;
      return { problem: { kind: 'broken', line: 0, reason: 'JSON nests too deep' } };
    }
    if (builder.rowCount() % PROGRESS_STEP === 0) onProgress?.(builder.rowCount());
  }
  return { value: { table: builder.finish(), nullRule: undefined, longRows: 0 } };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isNamedValues = (value: unknown): value is NamedValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
