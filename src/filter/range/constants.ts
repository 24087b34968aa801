/**
 * Constants that are recognised by their looks, because nothing but the text is known: the type of the
 * field is not. What has no single reading stays unread, rather than be guessed.
 */

/** A number that is no code: `0010` and what JavaScript can't hold are texts. */
export function readNumber(text: string): number | undefined {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(Math.trunc(number)) ? number : undefined;
}

/** What a text that looks like a date says: an ISO day, or that it has two readings or none. */
export type DateReading = { readonly iso: string } | 'ambiguous' | 'invalid';

/** Undefined where the text does not look like a date of four-digit year. */
export function readDate(text: string): DateReading | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const written = /^(\d{1,2})([\\/.])(\d{1,2})\2(\d{4})$/u.exec(text);
  if (written === null) return undefined;
  const [first, second, year] = [Number(written[1]), Number(written[3]), Number(written[4])];
  // With slashes day and month may stand either way round; a backslash is X++, a point is European.
  if (written[2] !== '/' || first === second) return dayOf(year, second, first);
  if (first > 12) return dayOf(year, second, first);
  return second > 12 ? dayOf(year, first, second) : 'ambiguous';
}

export function readDateTime(text: string): DateReading | undefined {
  const written = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u.exec(text);
  if (written === null) return undefined;
  const day = readDate(written[1] ?? '');
  return day === undefined || typeof day === 'string' ? day : { iso: text };
}

/** X++ dates reach from 1 January 1900 to 31 December 2154 (`dualwrite.md` 2.3). */
function dayOf(year: number, month: number, day: number): DateReading {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || year < 1900 || year > 2154) return 'invalid';
  return { iso: date.toISOString().slice(0, 10) };
}
