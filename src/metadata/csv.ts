import { CsvError, parse } from 'csv-parse/sync';
import { delimiterOf } from '../text/delimiter.ts';
import { HEAD_LENGTH } from './delimited.ts';
import type { Origin } from './model.ts';
import type { PublicEntity, PublicField, PublicType } from './publicEntity.ts';

const MOST_ROWS = 200;
const MOST_COLUMNS = 1024;

/**
 * What a file of rows tells of the entity that it is named like: the names of its columns and, from the first rows, a
 * guess of their types. It is an export of some columns on some day: that a column is missing, or a value, says nothing.
 */
export function readColumns(uri: string, text: string): PublicEntity | undefined {
  const head = headOf(text);
  const [header, ...rows] = recordsOf(uri, head);
  if (header === undefined || header.length > MOST_COLUMNS) return undefined;
  let from = 0;
  const names = header.map((cell) => cell?.trim() ?? '');
  const origins = names.map((name): Origin => {
    const found = name === '' ? -1 : head.indexOf(name, from);
    // A name that quotes change is not found as it is read.
    if (found < 0) return { uri, span: { start: 0, end: 0 } };
    from = found + name.length;
    return { uri, span: { start: found, end: from } };
  });
  const seen = new Set<string>();
  const fields = names.flatMap((name, index): readonly PublicField[] => {
    const origin = origins[index];
    const key = name.toLowerCase();
    if (origin === undefined || !isName(name) || seen.has(key)) return [];
    seen.add(key);
    const cells = rows.map((row) => row[index]);
    return [
      { name, type: guess(cells, origin), origin, sample: { hasNull: cells.includes(null) } },
    ];
  });
  const stem = decodedName(uri).replace(/\.[^.]*$/u, '');
  if (fields.length === 0 || stem === '') return undefined;
  return {
    name: stem,
    entitySet: '',
    fields,
    keyFields: [],
    integrationKey: undefined,
    isWhole: false,
    origin: { uri, span: { start: 0, end: 0 } },
  };
}

/** A name that X++ can write; what is none, or was not written in UTF-8, is no field. */
const isName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);

function decodedName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What is whole of the first characters: the last line of a part may be cut off. */
function headOf(text: string): string {
  if (text.length < HEAD_LENGTH) return text;
  const head = text.slice(0, HEAD_LENGTH);
  return head.slice(0, Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'), 0));
}

/** Undefined is a missing cell or one that says nothing, null a NULL that the file tells from the empty text. */
type Sampled = string | null | undefined;

/** The records up to what can't be read: a quote that does not end takes what follows with it, and nothing before. */
function recordsOf(uri: string, text: string): readonly (readonly Sampled[])[] {
  const delimiter = /\.csv$/iu.test(uri) ? delimiterOf(text) : '\t';
  const records: Sampled[][] = [];
  // A file that quotes an empty text anywhere leaves a NULL without quotes.
  let quotesNothing = false;
  const bare: [row: number, column: number][] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // As rows are read: a quote inside a bare cell is text.
      relax_quotes: true,
      skip_empty_lines: true,
      to: MOST_ROWS + 1,
      cast: (value, { quoting, index, records: row }): Sampled => {
        if (value === 'NULL' && !quoting && row > 0) return null;
        if (value !== '') return value;
        if (quoting) quotesNothing = true;
        else bare.push([row, index]);
        return undefined;
      },
      on_record: (record: Sampled[]) => {
        records.push(record);
        return undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  if (!quotesNothing) return records;
  for (const [row, column] of bare) {
    const record = records[row];
    if (record !== undefined && row > 0) record[column] = null;
  }
  return records;
}

const DATE = /^(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})$/u;
const DATE_TIME = /^(?:\d{4}-\d\d-\d\d[T ]|\d{1,2}[./]\d{1,2}[./]\d{4} )\d{1,2}:\d\d/u;
const GUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/iu;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/u;
const YES_NO = /^(?:yes|no)$/iu;

/**
 * Only what values can hardly be otherwise. Digits alone may be numbers, codes, and elements of an enum; words may be
 * elements of an enum as well as texts.
 */
function guess(cells: readonly Sampled[], origin: Origin): PublicType {
  const values = cells.flatMap((cell) => {
    const value = cell?.trim() ?? '';
    return value === '' ? [] : [value];
  });
  const are = (form: RegExp): boolean => values.every((value) => form.test(value));
  if (values.length === 0) return { kind: 'unknown', origin: undefined };
  if (are(YES_NO)) return { kind: 'enum', name: 'NoYes' };
  if (are(DATE)) return { kind: 'date', origin };
  if (are(DATE_TIME)) return { kind: 'datetime', origin };
  if (are(GUID)) return { kind: 'guid', origin };
  if (are(NUMBER)) {
    const isCounted = values.some((value) => /[-.,]/u.test(value));
    return isCounted ? { kind: 'number', origin } : { kind: 'unknown', origin: undefined };
  }
  return values.some(isText)
    ? { kind: 'text', size: undefined, origin }
    : { kind: 'unknown', origin: undefined };
}

/** A number with leading zeros is a code; an element of an enum is a word without blanks. */
const isText = (value: string): boolean =>
  /^0\d+$/u.test(value) ||
  (/\p{L}/u.test(value) &&
    !/^\p{L}[\p{L}\p{N}_]*$/u.test(value) &&
    ![DATE_TIME, GUID].some((form) => form.test(value)));
