import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { swapDate } from '../swapDate.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataLiteral } from './ast.ts';

const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,12})?)?`;
const ZONE = String.raw`Z|[+-](?:[01]\d|2[0-3]):[0-5]\d`;
const TIME_OF_DAY = new RegExp(`^${TIME}$`, 'u');
const DATE_TIME = new RegExp(String.raw`^(-?\d{4,}-\d{2}-\d{2})(?:T(${TIME})(${ZONE})?)?$`, 'iu');

/** A date, or a point in time, which needs its offset (OData 4.01 ABNF, `dateTimeOffsetLiteral`). */
export function readDate(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  const [, date = '', time, zone] = DATE_TIME.exec(image) ?? [];
  const literal: ODataLiteral = {
    kind: /t/iu.test(image) ? 'dateTimeOffset' : 'date',
    text: image,
    span,
    value: image,
  };
  if (!isDay(date)) {
    return {
      value: literal,
      problems: [invalidDay(image, date, span)],
    };
  }
  if (time === undefined || zone !== undefined) return { value: literal, problems: [] };
  return {
    value: literal,
    problems: [
      {
        code: 'date-format',
        span,
        variant: 'offset',
        args: { text: image },
        // Nobody knows the offset that was meant; UTC is what Dataverse stores.
        fixes: [
          {
            title: 'write-date',
            args: { text: `${image}Z` },
            edits: [{ span, text: `${image}Z` }],
          },
        ],
      },
    ],
  };
}

/** No such day; where day and month have only changed places (`dualwrite.md` 6, L3), with the day that was meant. */
function invalidDay(text: string, date: string, span: Span): Problem {
  const problem = { code: 'invalid-date', span, args: { text } } as const;
  const other = swapped(date);
  if (other === undefined) return { ...problem, variant: 'odata' };
  const meant = other + text.slice(date.length);
  return {
    ...problem,
    variant: 'swappedIso',
    args: { text, month: Number(/-(\d{2})-\d{2}$/u.exec(date)?.[1]), meant },
    fixes: [swapDate(span, meant, true)],
  };
}

/** The day with day and month in each other's place; undefined where there is none. */
function swapped(date: string): string | undefined {
  const other = date.replace(/-(\d{2})-(\d{2})$/u, '-$2-$1');
  return other !== date && isDay(other) ? other : undefined;
}

const SHORTEST_DATE = '2000-01-01'.length;

/** Whether a text is a date or a point in time as OData writes it. */
export function isODataDate(text: string): boolean {
  // Of four digits at least the year is, before its hyphen.
  if (text.length < SHORTEST_DATE || text.indexOf('-', 1) < 4) return false;
  const [, date, time, zone] = DATE_TIME.exec(text) ?? [];
  return date !== undefined && isDay(date) && (time === undefined) === (zone === undefined);
}

const LONGEST_MONTHS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(date: string): boolean {
  const [, year = '', month = '', day = ''] = /^-?(\d{4,})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  const last =
    month === '02' && !isLeap(Number(year)) ? 28 : (LONGEST_MONTHS[Number(month) - 1] ?? 0);
  const isInMonth = Number(day) >= 1 && Number(day) <= last;
  return isInMonth && (year.length === 4 || /^[1-9]/u.test(year));
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** `23\06\2021` of X++, or a date with slashes or dots. */
export function readForeignDate(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  const [first = '', second = '', year = ''] = image.split(/[/.\\]/u);
  const text = `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`;
  const isRead = isDay(text);
  const other = swapped(text);
  // With slashes, day and month may stand the American way round: where both are days, nobody knows which is meant.
  const isOpen = other !== undefined && (image.includes('/') || !isRead);
  const problem: Problem = {
    code: 'date-format',
    span,
    variant: 'odata',
    args: { text: image },
    fixes: [
      ...(isRead
        ? [{ title: 'write-date', args: { text }, edits: [{ span, text }], preferred: !isOpen }]
        : []),
      ...(isOpen ? [swapDate(span, other, !isRead)] : []),
    ],
  };
  return { value: { kind: 'date', text: image, span, value: text }, problems: [problem] };
}

export function readTime(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  return {
    value: { kind: 'timeOfDay', text: image, span, value: image },
    problems: TIME_OF_DAY.test(image)
      ? []
      : [{ code: 'invalid-date', span, variant: 'time', args: { text: image } }],
  };
}
