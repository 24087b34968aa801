import type { Cell } from '../filter/meaning/values.ts';

/** What a spreadsheet takes for a formula, unless it is a number (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/**
 * Comma-separated values that our own reader takes back: nothing for NULL, `""` for the empty text. A cell that a
 * spreadsheet would run as a formula gets an apostrophe in front, which it shows as text.
 */
export const csvOf = (columns: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  csvLines([columns]) + csvLines(rows);

/** The header, or some of the rows: a table that no text could hold is written piece by piece. */
export function csvLines(rows: Iterable<readonly Cell[]>): string {
  const lines: string[] = [];
  for (const row of rows) {
    const line = row.map(written).join(',');
    // An empty line would be no row at all; what stands behind the last column is left out.
    lines.push(line === '' ? ',\r\n' : `${line}\r\n`);
  }
  return lines.join('');
}

function written(cell: Cell): string {
  if (cell === null) return '';
  const text = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return text === '' || /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
