/** Day, month and year. */
export type DateParts = readonly number[];

export const datePartsOf = (text: string, separator: string): DateParts =>
  text.split(separator).map(Number);

/** X++ dates reach from 1 January 1900 to 31 December 2154 (`dualwrite.md` 2.3). */
export function isDate([day = 0, month = 0, year = 0]: DateParts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1900 && year <= 2154 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

export function isoDate([day = 0, month = 0, year = 0]: DateParts): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}
