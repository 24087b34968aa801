import {
  behindDigits,
  behindWord,
  isDigitAt,
  isLetterAt,
  DOT,
  QUOTE,
  DASH,
} from '../characters.ts';
import { matches, numberOf, type Reading, spanFrom } from '../correct.ts';
import type { ODataLiteral } from './ast.ts';
import { isODataDate } from './dates.ts';

/** Reads what begins like a literal that has no name: a text, a number, a date or a GUID. */
export function readCorrectLiteral(reading: Reading): ODataLiteral | undefined {
  const { text, at } = reading;
  switch (text.charCodeAt(at)) {
    case QUOTE:
      return readText(reading, at);
    case DASH:
      return isDigitAt(text, at + 1) ? readNumber(reading, at, at + 1) : undefined;
    default:
      if (isGuidAt(text, at)) return readGuid(reading, at);
      return isDigitAt(text, at) ? readNumber(reading, at, at) : undefined;
  }
}

/** Reads a name with its namespace, or a word. */
export function readName(reading: Reading): string {
  const { text, at } = reading;
  let end = behindWord(text, at);
  while (text.charCodeAt(end) === DOT && isLetterAt(text, end + 1)) end = behindWord(text, end + 1);
  reading.at = end;
  return text.slice(at, end);
}

/** What is no name where it stands alone: operators, some of them of other languages, and values (tokens.ts). */
const RESERVED: ReadonlySet<string> = new Set(
  `and or und oder および または eq ne gt ge lt le in has add sub mul divby div mod not nicht
   null true false inf nan`.split(/\s+/u),
);
const LONGEST_RESERVED = 5;

export const isReserved = (name: string): boolean =>
  name.length <= LONGEST_RESERVED && RESERVED.has(name.toLowerCase());

/** The literals that are words: undefined for any other word. */
export function literalNamed(name: string, start: number): ODataLiteral | undefined {
  if (!isReserved(name)) return undefined;
  const span = { start, end: start + name.length };
  if (name === 'null') return { text: name, span, kind: 'null' };
  const lower = name.toLowerCase();
  if (lower !== 'true' && lower !== 'false') return undefined;
  return { text: name, span, kind: 'boolean', value: lower === 'true' };
}

function readText(reading: Reading, start: number): ODataLiteral | undefined {
  const { text } = reading;
  let end = text.indexOf("'", start + 1);
  let isDoubled = false;
  while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) {
    isDoubled = true;
    end = text.indexOf("'", end + 2);
  }
  if (end < 0) return undefined;
  reading.at = end + 1;
  const content = text.slice(start + 1, end);
  const value = isDoubled ? content.replaceAll("''", "'") : content;
  return {
    kind: 'string',
    text: text.slice(start, end + 1),
    span: spanFrom(start, reading),
    value,
  };
}

/** A text of JSON, without any escape. */
export function readJsonText(reading: Reading): ODataLiteral | undefined {
  const { text, at: start } = reading;
  if (text[start] !== '"') return undefined;
  const end = text.indexOf('"', start + 1);
  const value = text.slice(start + 1, end);
  if (end < 0 || value.includes('\\')) return undefined;
  reading.at = end + 1;
  return {
    kind: 'string',
    text: text.slice(start, end + 1),
    span: spanFrom(start, reading),
    value,
  };
}

const GUID = /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])/y;
const GUID_LENGTH = 36;

/** A dash behind eight places decides almost always, so that is looked at first. */
export function isGuidAt(text: string, at: number): boolean {
  if (text.charCodeAt(at + 8) !== DASH) return false;
  GUID.lastIndex = at;
  return GUID.test(text);
}

function readGuid(reading: Reading, start: number): ODataLiteral {
  reading.at = start + GUID_LENGTH;
  const value = reading.text.slice(start, reading.at);
  return { text: value, span: spanFrom(start, reading), kind: 'guid', value };
}

/** @param digits where its digits begin, behind the sign. */
function readNumber(reading: Reading, start: number, digits: number): ODataLiteral | undefined {
  const { text } = reading;
  let end = behindDigits(text, digits);
  const isDecimal = text.charCodeAt(end) === DOT && isDigitAt(text, end + 1);
  if (isDecimal) end = behindDigits(text, end + 1);
  const unit = text.charCodeAt(end);
  if (unit === DASH) return digits === start ? readDate(reading, start) : undefined;
  if (unit === DOT || isLetterAt(text, end)) return undefined;
  reading.at = end;
  const written = text.slice(start, end);
  const span = spanFrom(start, reading);
  if (isDecimal) return { text: written, span, kind: 'decimal', value: Number(written) };
  const value = numberOf(text, digits, end);
  return { text: written, span, kind: 'integer', value: digits === start ? value : -value };
}

const DATE =
  /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2}))?(?![\w:.+-])/y;
const DATE_LENGTH = 10;

function readDate(reading: Reading, start: number): ODataLiteral | undefined {
  if (!matches(reading, DATE)) return undefined;
  const value = reading.text.slice(start, reading.at);
  if (!isODataDate(value)) return undefined;
  const kind = value.length > DATE_LENGTH ? 'dateTimeOffset' : 'date';
  return { kind, text: value, span: spanFrom(start, reading), value };
}
