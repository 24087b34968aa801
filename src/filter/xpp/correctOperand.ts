import {
  behindDigits,
  behindWord,
  isDigitAt,
  isLetterAt,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  COMMA,
  DOT,
  COLON,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  BACKSLASH,
} from '../characters.ts';
import { enters, matches, numberOf, type Reading, skipBlanks, spanFrom } from '../correct.ts';
import type { XppCall, XppField, XppLiteral, XppOperand } from './ast.ts';
import { datePartsOf, isDate, isoDate } from './dates.ts';
import { unescaped } from './strings.ts';

/** The half of the reader of correct filters that reads what is compared; correct.ts has the other one. */
export function readOperand(reading: Reading): XppOperand | undefined {
  const { text, at } = reading;
  if (isLetterAt(text, at)) return readNamed(reading, at);
  if (isDigitAt(text, at)) return readNumber(reading, at);
  switch (text[at]) {
    case '"':
    case "'":
      return readString(reading, at);
    case '-':
      return isDigitAt(text, at + 1) ? readNumber(reading, at) : undefined;
    case '{':
      return readGuid(reading, at);
    case '%':
      return readPlaceholder(reading, at);
    default:
      return undefined;
  }
}

/** Operators, some of them of other languages, and what is written like them (tokens.ts). */
const WORDS: ReadonlySet<string> = new Set(
  'like and und および or oder または not nicht eq ne gt ge lt le'.split(' '),
);
const LONGEST_WORD = 5;

/** A name that is no operator, at whose end it stands then. */
function readName(reading: Reading): string | undefined {
  const { text, at } = reading;
  const end = behindWord(text, at);
  if (end === at || isDigitAt(text, at)) return undefined;
  reading.at = end;
  const name = text.slice(at, end);
  return end - at <= LONGEST_WORD && WORDS.has(name.toLowerCase()) ? undefined : name;
}

function readNamed(reading: Reading, start: number): XppOperand | undefined {
  const name = readName(reading);
  if (name === undefined) return undefined;
  const { at } = reading;
  switch (skipBlanks(reading)) {
    case DOT:
      return readMember(reading, start, name);
    case LEFT_BRACKET:
      return readElement(reading, start, name);
    case COLON:
      return readScoped(reading, start, name);
    case LEFT_PARENTHESIS:
      return readCall(reading, start, name);
    default:
      return { kind: 'field', name, span: { start, end: at } };
  }
}

const PLACEHOLDER = /%\d+/y;

/** `.Field` behind a data source, `.%2` behind either. */
function readMember(reading: Reading, start: number, dataSource: string): XppField | undefined {
  reading.at += 1;
  skipBlanks(reading);
  const { at } = reading;
  const name = matches(reading, PLACEHOLDER)
    ? reading.text.slice(at, reading.at)
    : readName(reading);
  if (name === undefined) return undefined;
  return { kind: 'field', dataSource, name, span: spanFrom(start, reading) };
}

function readElement(reading: Reading, start: number, name: string): XppField | undefined {
  const { text } = reading;
  reading.at += 1;
  skipBlanks(reading);
  const { at } = reading;
  const end = behindDigits(text, at);
  reading.at = end;
  if (end === at || skipBlanks(reading) !== RIGHT_BRACKET) return undefined;
  reading.at += 1;
  const element = numberOf(text, at, end);
  return { kind: 'field', name, element, span: spanFrom(start, reading) };
}

/** `Enum::Element` or `Class::method(…)`. */
function readScoped(
  reading: Reading,
  start: number,
  enumName: string,
): XppLiteral | XppCall | undefined {
  const { text } = reading;
  if (text.charCodeAt(reading.at + 1) !== COLON) return undefined;
  reading.at += 2;
  skipBlanks(reading);
  const element = readName(reading);
  if (element === undefined) return undefined;
  const span = spanFrom(start, reading);
  const written = text.slice(start, span.end);
  if (skipBlanks(reading) === LEFT_PARENTHESIS) return readCall(reading, start, written);
  return { kind: 'enum', enumName, element, text: written, span };
}

function readCall(reading: Reading, start: number, name: string): XppCall | undefined {
  if (!enters(reading)) return undefined;
  const args: XppOperand[] = [];
  reading.at += 1;
  let unit = skipBlanks(reading);
  while (unit !== RIGHT_PARENTHESIS) {
    const argument = readOperand(reading);
    if (argument === undefined) return undefined;
    args.push(argument);
    unit = skipBlanks(reading);
    if (unit === RIGHT_PARENTHESIS) break;
    if (unit !== COMMA) return undefined;
    reading.at += 1;
    unit = skipBlanks(reading);
    if (unit === RIGHT_PARENTHESIS) return undefined;
  }
  reading.at += 1;
  reading.level -= 1;
  return { kind: 'call', name, args, span: spanFrom(start, reading) };
}

const DATE_TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/y;
const DATE = /\d{1,2}\\\d{1,2}\\\d{4}/y;
const REAL = /-?\d+\.\d+(?:[eE]-?\d+)?/y;

/** A number or a date; where they can be told apart is where their first digits end. */
function readNumber(reading: Reading, start: number): XppLiteral | undefined {
  const { text } = reading;
  const isNegative = text[start] === '-';
  const digits = isNegative ? start + 1 : start;
  const end = behindDigits(text, digits);
  switch (text[end]) {
    case '.':
      if (!matches(reading, REAL)) return undefined;
      break;
    case '\\':
    case '-':
    case '/':
      return isNegative ? undefined : readDate(reading, start);
    default:
      reading.at = end;
  }
  const span = spanFrom(start, reading);
  const written = text.slice(start, span.end);
  if (span.end > end) return { text: written, span, kind: 'real', value: Number(written) };
  const value = numberOf(text, digits, end);
  return { text: written, span, kind: 'integer', value: isNegative ? -value : value };
}

function readDate(reading: Reading, start: number): XppLiteral | undefined {
  const { text } = reading;
  if (matches(reading, DATE_TIME)) {
    const value = text.slice(start, reading.at);
    const parts = datePartsOf(value.slice(0, 10), '-').toReversed();
    const span = spanFrom(start, reading);
    return isDate(parts) ? { text: value, span, kind: 'datetime', value } : undefined;
  }
  if (!matches(reading, DATE)) return undefined;
  const written = text.slice(start, reading.at);
  const parts = datePartsOf(written, '\\');
  const span = spanFrom(start, reading);
  return isDate(parts) ? { kind: 'date', text: written, span, value: isoDate(parts) } : undefined;
}

function readString(reading: Reading, start: number): XppLiteral | undefined {
  const { text } = reading;
  const quote = text.charCodeAt(start);
  const { length } = text;
  let at = start + 1;
  for (let unit = text.charCodeAt(at); unit !== quote; unit = text.charCodeAt(at)) {
    at += unit === BACKSLASH ? 2 : 1;
    if (at >= length) return undefined;
  }
  reading.at = at + 1;
  const span = spanFrom(start, reading);
  const value = unescaped(text.slice(start + 1, at));
  return { kind: 'string', text: text.slice(start, span.end), span, value };
}

const GUID = /\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}/y;

function readGuid(reading: Reading, start: number): XppLiteral | undefined {
  if (!matches(reading, GUID)) return undefined;
  const written = reading.text.slice(start, reading.at);
  const span = spanFrom(start, reading);
  return { text: written, span, kind: 'guid', value: written.slice(1, -1) };
}

function readPlaceholder(reading: Reading, start: number): XppField | XppLiteral | undefined {
  if (!matches(reading, PLACEHOLDER)) return undefined;
  const written = reading.text.slice(start, reading.at);
  const span = spanFrom(start, reading);
  if (skipBlanks(reading) === DOT) return readMember(reading, start, written);
  return { text: written, span, kind: 'placeholder' };
}
