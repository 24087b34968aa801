import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
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
      problems: [{ code: 'invalid-date', span, variant: 'odata', args: { text: image } }],
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

/** Whether a text is a date or a point in time as OData writes it. */
export function isODataDate(text: string): boolean {
  const [, date, time, zone] = DATE_TIME.exec(text) ?? [];
  return date !== undefined && isDay(date) && (time === undefined) === (zone === undefined);
}

function isDay(date: string): boolean {
  const [, year = '', month = '', day = ''] = /^-?(\d{4,})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  // A leap year recurs after 400 years: years that JavaScript has no date for have one.
  const moment = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month) - 1, Number(day)));
  return (
    (year.length === 4 || /^[1-9]/u.test(year)) &&
    moment.getUTCMonth() === Number(month) - 1 &&
    moment.getUTCDate() === Number(day)
  );
}

/** `23\06\2021` of X++, or a date with slashes or dots. */
export function readForeignDate(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  const [first = '', second = '', year = ''] = image.split(/[/.\\]/u);
  const text = `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`;
  const problem: Problem = {
    code: 'date-format',
    span,
    variant: 'odata',
    args: { text: image },
    // With slashes, day and month may stand the American way round: offered, never preferred.
    fixes: isDay(text)
      ? [
          {
            title: 'write-date',
            args: { text },
            edits: [{ span, text }],
            preferred: !image.includes('/'),
          },
        ]
      : [],
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
