import type { IToken } from 'chevrotain';
import type { Analysed, Fix, Problem } from '../../problem/problem.ts';
import { swapDate } from '../swapDate.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppLiteral } from './ast.ts';
import { type DateParts, datePartsOf, isDate, isoDate } from './dates.ts';
import { unescaped } from './strings.ts';
import { invalidDate, swapped } from './swappedDate.ts';
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
    case tokens.DateTimeLiteral: {
      const parts = datePartsOf(image.slice(0, 10), '-').toReversed();
      return {
        value: { ...base, kind: 'datetime', value: image },
        problems: isDate(parts)
          ? []
          : [
              invalidDate(
                token,
                base.span,
                parts,
                'swappedIso',
                (meant) => isoDate(meant) + image.slice(10),
              ),
            ],
      };
    }
    case tokens.GuidLiteral:
      return { value: { ...base, kind: 'guid', value: image.slice(1, -1) }, problems: [] };
    case tokens.Placeholder:
      return { value: { ...base, kind: 'placeholder' }, problems: [] };
    default:
      return readString(token);
  }
}

function readDate(
  token: IToken,
  parts: DateParts,
  problems: readonly Problem[],
): Analysed<XppLiteral> {
  const span = spanOfToken(token);
  return {
    value: {
      kind: 'date',
      text: token.image,
      span,
      value: isoDate(parts),
    },
    problems:
      isDate(parts) || problems.length > 0
        ? problems
        : [invalidDate(token, span, parts, 'swapped', (meant) => meant.join('\\'))],
  };
}

function readForeignDate(token: IToken): Analysed<XppLiteral> {
  const { image } = token;
  const separator = /[-/.]/.exec(image)?.[0] ?? '-';
  const written = datePartsOf(image, separator);
  const parts = separator === '-' ? written.toReversed() : written;
  const span = spanOfToken(token);
  const other = swapped(parts);
  const isRead = isDate(parts);
  // With slashes, day and month may stand the American way round: where both are days, nobody knows which is meant.
  const isOpen = isDate(other) && parts[0] !== parts[1] && (separator === '/' || !isRead);
  const text = parts.join('\\');
  const fixes: readonly Fix[] = [
    ...(isRead
      ? [{ title: 'write-date', args: { text }, edits: [{ span, text }], preferred: !isOpen }]
      : []),
    ...(isOpen ? [swapDate(span, other.join('\\'), !isRead)] : []),
  ];
  return readDate(token, parts, [{ code: 'date-format', span, args: { text: image }, fixes }]);
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
