const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/iu;

/**
 * A date or a point in time as `2021-06-23T00:00:00`, in UTC and to the second: an order that text has, too.
 * Undefined for what is no day or time that exists.
 */
export function readMoment(text: string): string | undefined {
  // As data files mostly have it, which may be by the million.
  if (isPlainMoment(text)) return text;
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone] =
    match;
  const isDay = Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zone === undefined || zone.toUpperCase() === 'Z') {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  }
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute) - offset, Number(second));
  return isoOf(moment);
}

/** Whether a text is `2021-06-23T00:00:00` to the letter, and exists. */
function isPlainMoment(text: string): boolean {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return false;
  if (text[13] !== ':' || text[16] !== ':') return false;
  const day = twoDigits(text, 8);
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  return (
    day >= 1 &&
    day <= daysIn(year, twoDigits(text, 5)) &&
    twoDigits(text, 11) <= 23 &&
    twoDigits(text, 14) <= 59 &&
    twoDigits(text, 17) <= 59
  );
}

/** NaN where there are none. */
function twoDigits(text: string, start: number): number {
  const tens = text.charCodeAt(start) - ZERO;
  const ones = text.charCodeAt(start + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

const ZERO = 48;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for what is no month. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** The moment a number of seconds later; undefined where the calendar of four digits ends. */
export function momentAfter(moment: string, seconds: number): string | undefined {
  return isoOf(new Date(Date.parse(`${moment}Z`) + seconds * 1000));
}

function isoOf(moment: Date): string | undefined {
  if (Number.isNaN(moment.getTime())) return undefined;
  const iso = moment.toISOString();
  return /^\d{4}-/u.test(iso) ? iso.slice(0, 19) : undefined;
}
