import { rowsStem } from './delimited.ts';
import type { Origin } from './model.ts';
import type { PublicEntity, PublicField, PublicType } from './publicEntity.ts';

const MOST_COLUMNS = 1024;

/** Undefined is a missing cell or one that says nothing, null a NULL that the file tells from the empty text. */
export type Sampled = string | null | undefined;

/** A column of a row file, with its cells of the first rows. */
export interface SampledColumn {
  readonly name: string;
  readonly origin: Origin;
  readonly cells: readonly Sampled[];
}

/**
 * What a file of rows tells of the entity that it is named like: the names of its columns and, from the first rows, a
 * guess of their types. It is an export of some columns on some day: that a column is missing, or a value, says nothing.
 * Undefined where no column is named like a field.
 */
export function sampledEntity(
  uri: string,
  columns: readonly SampledColumn[],
): PublicEntity | undefined {
  if (columns.length > MOST_COLUMNS) return undefined;
  const seen = new Set<string>();
  const fields = columns.flatMap(({ name, origin, cells }): readonly PublicField[] => {
    const key = name.toLowerCase();
    if (!isFieldName(name) || seen.has(key)) return [];
    seen.add(key);
    const sample = { hasNull: cells.includes(null) };
    return [{ name, type: guess(cells, origin), origin, sample }];
  });
  const stem = rowsStem(uri);
  if (fields.length === 0 || stem === '') return undefined;
  return {
    name: stem,
    entitySet: '',
    fields,
    keyFields: [],
    integrationKey: undefined,
    isWhole: false,
    origin: startOf(uri),
  };
}

/** A name that X++ can write; what is none, or was not written in UTF-8, is no field. */
export const isFieldName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);

/** What stands nowhere in a text: the file itself. */
export const startOf = (uri: string): Origin => ({ uri, span: { start: 0, end: 0 } });

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
