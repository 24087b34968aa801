import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppLiteral } from './ast.ts';
import * as tokens from './tokens.ts';

/** Reads the value of a literal token. What is wrong with it becomes a problem, the value its best reading. */
export function readLiteral(token: IToken): Analysed<XppLiteral> {
  const base = { text: token.image, span: spanOfToken(token) };
  const { image } = token;
  switch (token.tokenType) {
    case tokens.IntegerLiteral:
      return { value: { ...base, kind: 'integer', value: Number(image) }, problems: [] };
    case tokens.RealLiteral:
      return { value: { ...base, kind: 'real', value: Number(image) }, problems: [] };
    case tokens.DateLiteral:
      return readDate(token, datePartsOf(image, '\\'), []);
    case tokens.ForeignDate:
      return readForeignDate(token);
    case tokens.DateTimeLiteral:
      return {
        value: { ...base, kind: 'datetime', value: image },
        problems: isDate(datePartsOf(image.slice(0, 10), '-').toReversed())
          ? []
          : [{ code: 'invalid-date', span: base.span, args: { text: image } }],
      };
    case tokens.GuidLiteral:
      return { value: { ...base, kind: 'guid', value: image.slice(1, -1) }, problems: [] };
    case tokens.Placeholder:
      return { value: { ...base, kind: 'placeholder' }, problems: [] };
    default:
      return readString(token);
  }
}

type DateParts = readonly number[];

const datePartsOf = (text: string, separator: string): DateParts =>
  text.split(separator).map(Number);

/** X++ dates reach from 1 January 1900 to 31 December 2154 (`dualwrite.md` 2.3). */
function isDate([day = 0, month = 0, year = 0]: DateParts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1900 && year <= 2154 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

function readDate(
  token: IToken,
  parts: DateParts,
  problems: readonly Problem[],
): Analysed<XppLiteral> {
  const [day = 0, month = 0, year = 0] = parts;
  const pad = (part: number): string => String(part).padStart(2, '0');
  const span = spanOfToken(token);
  return {
    value: {
      kind: 'date',
      text: token.image,
      span,
      value: `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`,
    },
    problems:
      isDate(parts) || problems.length > 0
        ? problems
        : [{ code: 'invalid-date', span, args: { text: token.image } }],
  };
}

function readForeignDate(token: IToken): Analysed<XppLiteral> {
  const { image } = token;
  const separator = /[-/.]/.exec(image)?.[0] ?? '-';
  const written = datePartsOf(image, separator);
  const parts = separator === '-' ? written.toReversed() : written;
  const text = parts.join('\\');
  const span = spanOfToken(token);
  return readDate(token, parts, [
    {
      code: 'date-format',
      span,
      args: { text: image },
      // With slashes, day and month may stand the American way round: offered, never preferred.
      fixes: isDate(parts)
        ? [
            {
              title: 'write-date',
              args: { text },
              edits: [{ span, text }],
              preferred: separator !== '/',
            },
          ]
        : [],
    },
  ]);
}

function readString(token: IToken): Analysed<XppLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  const literal = (value: string): XppLiteral => ({ kind: 'string', text: image, span, value });
  if (token.tokenType === tokens.CurlyString) {
    const content = image.slice(1, -1);
    return {
      value: literal(content),
      problems: [
        {
          code: 'curly-quotes',
          span,
          fixes: [
            {
              title: 'straighten-quotes',
              edits: [{ span, text: `"${content.replaceAll(/["\\]/g, String.raw`\$&`)}"` }],
              preferred: true,
            },
          ],
        },
      ],
    };
  }
  if (token.tokenType === tokens.UnterminatedString) {
    const quote = image.slice(0, 1);
    // A quote behind a lone backslash would close nothing.
    const closing = /(?<!\\)(?:\\\\)*\\$/.test(image) ? `\\${quote}` : quote;
    return {
      value: literal(unescaped(image.slice(1))),
      problems: [
        {
          code: 'unterminated-string',
          span,
          args: { quote },
          fixes: [
            {
              title: 'close-string',
              args: { quote },
              edits: [{ span: { start: span.end, end: span.end }, text: closing }],
            },
          ],
        },
      ],
    };
  }
  return { value: literal(unescaped(image.slice(1, -1))), problems: [] };
}

/** In an X++ string a backslash takes the next character as it is. */
const unescaped = (content: string): string =>
  content.includes('\\') ? content.replaceAll(/\\([^])/g, '$1') : content;
