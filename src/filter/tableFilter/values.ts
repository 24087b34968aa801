import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { readDate, readNumber } from '../range/constants.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { FilterSymbol, FilterText, FilterValue } from './ast.ts';
import { closingQuote, isApostrophe, quoted } from './quotes.ts';

/** Reads a value. What is wrong with it becomes a problem, the value its best reading. */
export function readValue(token: IToken): Analysed<FilterValue> {
  const base = { text: token.image, span: spanOfToken(token) };
  const { image } = token;
  if (/^".*"$/su.test(image)) {
    return { value: { ...base, ...textOf(image.slice(1, -1)) }, problems: [doubleQuotes(base)] };
  }
  if (!image.includes("'")) return { value: readWord(base), problems: [] };
  const { text, problems } = unquoted(image, base.span);
  return { value: { ...base, ...textOf(text) }, problems };
}

function readWord(base: Pick<FilterValue, 'text' | 'span'>): FilterValue {
  const { text } = base;
  if (/^%\d+$/u.test(text)) return { ...base, kind: 'placeholder' };
  const number = readNumber(text);
  if (number !== undefined) return { ...base, kind: 'number', value: number };
  const symbol = symbolOf(text);
  if (symbol !== undefined) return { ...base, kind: 'symbol', symbol };
  const iso = isoDay(text);
  return iso === undefined ? { ...base, ...textOf(text) } : { ...base, kind: 'date', value: iso };
}

/** Year first is the one notation that no region reads otherwise. */
export function isoDay(text: string): string | undefined {
  const date = /^\d{4}-/u.test(text) ? readDate(text) : undefined;
  return typeof date === 'object' ? date.iso : undefined;
}

const REGIONAL = String.raw`\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}\.?`;
/** Some abbreviations mean another word in another language; these are what the pages document in English. */
const SYMBOLS: readonly (readonly [FilterSymbol, RegExp])[] = [
  ['token', /^%\p{L}[\p{L}\p{N}]*$/u],
  ['day', /^(?:t|today|w|workdate|yesterday|tomorrow|now)$/iu],
  ['period', /^(?:p|period)\d*$/iu],
  ['closingDate', new RegExp(String.raw`^c(?:\d{6}|\d{8}|${REGIONAL})$`, 'iu')],
  ['regionalDate', new RegExp(`^${REGIONAL}$`, 'u')],
];

function symbolOf(text: string): FilterSymbol | undefined {
  if (isoDay(text) !== undefined) return undefined;
  return SYMBOLS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** `@` counts inside quotes too: Base Application writes `'@*' + name + '*'` with the quotes around it. */
function textOf(content: string): FilterText {
  const ignoresCase = content.startsWith('@') && content !== '@';
  const value = ignoresCase ? content.slice(1) : content;
  return { kind: 'text', value, isPattern: /[*?]/u.test(value), ignoresCase };
}

interface Unquoted {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Takes the quotes off a value that has them around all of it, or around a part beside wildcards: `*'A & B'*`. */
function unquoted(image: string, { start }: Span): Unquoted {
  const problems: Problem[] = [];
  let text = '';
  let offset = 0;
  while (offset < image.length) {
    const opens = image[offset] === "'" && !isApostrophe(image, offset);
    if (!opens) {
      text += image[offset] ?? '';
      offset += 1;
      continue;
    }
    const close = closingQuote(image, offset);
    text += image.slice(offset + 1, close).replaceAll("''", "'");
    if (close === image.length) problems.push(unterminated(start + offset, start + close));
    // Text goes on behind the quote: it was meant to be part of it.
    const next = image[close + 1];
    if (next !== undefined && !'*?'.includes(next)) {
      problems.push(unescaped(start + close));
      return { text: text + image.slice(close), problems };
    }
    offset = close + 1;
  }
  return { text, problems };
}

function unterminated(start: number, end: number): Problem {
  return {
    code: 'unterminated-string',
    span: { start, end },
    args: { quote: "'" },
    fixes: [
      {
        title: 'close-string',
        args: { quote: "'" },
        edits: [{ span: { start: end, end }, text: "'" }],
      },
    ],
  };
}

function unescaped(start: number): Problem {
  const span = { start, end: start + 1 };
  return {
    code: 'unescaped-quote',
    span,
    fixes: [{ title: 'double-apostrophe', edits: [{ span, text: "''" }], preferred: true }],
  };
}

/** A double quote is a character like any other in a filter; AL code has them where a filter has single ones. */
export function doubleQuotes({ text, span }: Pick<FilterValue, 'text' | 'span'>): Problem {
  return {
    code: 'double-quotes',
    span,
    fixes: [
      {
        title: 'single-quotes',
        edits: [{ span, text: quoted(text.slice(1, -1)) }],
        preferred: true,
      },
    ],
  };
}
