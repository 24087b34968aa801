import type { Problem } from '../../problem/problem.ts';
import { type Span, textOf } from '../../text/span.ts';
import type { ViewField } from './viewAst.ts';
import { closingQuote, isApostrophe } from './quotes.ts';

/**
 * The place up to which a view has been read. A view is read by hand and not by Chevrotain, because what a
 * character means depends on the part it stands in: names hold blanks, points and parentheses without
 * quotes (`Balance (LCY)`), filters have a language of their own. Nothing is read twice, so time is linear.
 */
export interface ViewReader {
  readonly source: string;
  readonly problems: Problem[];
  offset: number;
}

export function skipBlanks(reader: ViewReader): void {
  while (/\s/u.test(reader.source.charAt(reader.offset))) reader.offset += 1;
}

export const isAtEnd = ({ source, offset }: ViewReader): boolean => offset >= source.length;

export const isAt = ({ source, offset }: ViewReader, sign: string): boolean =>
  source.startsWith(sign, offset);

/** Reads letters and digits; the span is empty where none stand here. */
export function readWord(reader: ViewReader): Span {
  const start = reader.offset;
  while (/[\p{L}\p{N}_]/u.test(reader.source.charAt(reader.offset))) reader.offset += 1;
  return { start, end: reader.offset };
}

/** Goes on to one of the signs, over whatever stands in parentheses, and in single quotes if asked. */
export function skipTo(reader: ViewReader, signs: string, quotes: 'quotes' | 'letters'): void {
  const { source } = reader;
  let depth = 0;
  for (; reader.offset < source.length; reader.offset += 1) {
    const sign = source.charAt(reader.offset);
    if (depth === 0 && signs.includes(sign)) return;
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (quotes === 'quotes' && sign === "'" && !isApostrophe(source, reader.offset)) {
      // A quotation that never ends would hide the rest of the view; its filter reports it.
      const close = closingQuote(source, reader.offset);
      if (close < source.length) reader.offset = close;
    }
  }
}

/** Goes behind the `)` of a `(` that stands at `open`, or reports that there is none. */
export function closeParenthesis(reader: ViewReader, open: number): void {
  if (isAt(reader, ')')) {
    reader.offset += 1;
    return;
  }
  const { length } = reader.source;
  reader.problems.push({
    code: 'unclosed-parenthesis',
    span: { start: open, end: open + 1 },
    fixes: [
      {
        title: 'add-parenthesis',
        edits: [{ span: { start: length, end: length }, text: ')' }],
        preferred: true,
      },
    ],
  });
}

/** Reads the name of a field, up to one of the signs; undefined where there is none. */
export function readField(reader: ViewReader, signs: string): ViewField | undefined {
  skipBlanks(reader);
  const start = reader.offset;
  const isQuoted = isAt(reader, '"');
  const close = isQuoted ? closingQuote(reader.source, start) : start;
  const isClosed = isQuoted && close < reader.source.length;
  if (isClosed) reader.offset = close + 1;
  else skipTo(reader, signs, 'letters');
  const text = reader.source.slice(start, reader.offset).trimEnd();
  const span = { start, end: start + text.length };
  if (text === '') return undefined;
  skipBlanks(reader);
  if (isQuoted) {
    if (!isClosed) reportUnterminated(reader, span);
    const name = text.slice(1, isClosed ? -1 : undefined);
    return { text, name: name.replaceAll('""', '"'), span };
  }
  const number = /^Field([1-9]\d*)$/iu.exec(text)?.[1];
  return { text, name: text, span, ...(number === undefined ? {} : { number: Number(number) }) };
}

function reportUnterminated(reader: ViewReader, span: Span): void {
  reader.problems.push({
    code: 'unterminated-string',
    span,
    args: { quote: '"' },
    fixes: [
      {
        title: 'close-string',
        args: { quote: '"' },
        edits: [{ span: { start: span.end, end: span.end }, text: '"' }],
      },
    ],
  });
}

/** Reports that something is missing here, at what stands in its place or at what comes before. */
export function reportMissing(
  reader: ViewReader,
  before: Span,
  variant: 'value' | 'filterKind',
): void {
  const { source, offset } = reader;
  const isEnd = offset >= source.length;
  const place = isEnd ? before : { start: offset, end: offset + 1 };
  const plain = isEnd ? 'afterEnd' : 'after';
  reader.problems.push({
    code: 'expected-value',
    span: place,
    variant: variant === 'value' ? plain : `${variant}${isEnd ? 'End' : ''}`,
    args: { after: textOf(source, before), found: isEnd ? '' : textOf(source, place) },
  });
}
