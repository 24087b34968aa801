import { folded } from '../filter/meaning/patterns.ts';
import { bareGuid, booleanIn, collated } from '../filter/meaning/values.ts';
import type { Column } from './columns.ts';
import { dayOf, momentIn, numberIn, SURE } from './readings.ts';

/**
 * What a comparison reads of a cell, as SQLite's own comparisons take it: texts in binary collation, numbers as they
 * are. It is read once per distinct cell when rows are loaded, where a registered function would read it once per row
 * and comparison.
 */
export type Reading =
  /** The cell itself, for what functions compare. */
  | 'cell'
  /** 1; NULL where the cell is. */
  | 'presence'
  /** Without case and trailing blanks, in the order of the evaluator. */
  | 'text'
  | 'guid'
  /** Without case, for patterns. */
  | 'folded'
  | 'number'
  /** `20210623`. */
  | 'day'
  /** `20210623102030`. */
  | 'moment'
  /** 1 or 0. */
  | 'flag';

/** What a cell is read as; NULL where it can't be: such a cell compares as UNKNOWN. */
export const readAs: Readonly<Record<Reading, (cell: string) => string | number | null>> = {
  cell: (cell) => cell,
  presence: () => 1,
  text: (cell) => inOrder(collated(cell)),
  guid: (cell) => inOrder(collated(bareGuid(cell))),
  folded,
  number: (cell) => told(numberIn(cell)),
  day: (cell) => told(dayOf(momentIn(cell))),
  moment: (cell) => told(momentIn(cell)),
  flag(cell) {
    const flag = booleanIn(cell);
    return flag === undefined ? null : Number(flag);
  },
};

/** The distinct cells of a column, read. */
export interface ColumnReading extends Pick<Column, 'ids'> {
  /** By the number of the cell. */
  readonly values: readonly (string | number | null)[];
  /** Whether a row holds NULL; the cells of a column have it anyhow. */
  readonly hasNull: boolean;
  /** Whether NULL alone is read as NULL. */
  readonly isTotal: boolean;
}

/** Undefined where SQLite would not compare exactly what the evaluator compares. */
export function readColumn({ cells, ids }: Column, reading: Reading): ColumnReading | undefined {
  if (cells.some((cell) => cell !== null && !isExact(cell, reading))) return undefined;
  const values = cells.map((cell) => (cell === null ? null : readAs[reading](cell)));
  const nullCell = cells.indexOf(null);
  return {
    values,
    ids,
    hasNull: nullCell >= 0 && ids.includes(nullCell),
    isTotal: values.every((value, index) => value !== null || cells[index] === null),
  };
}

function isExact(cell: string, reading: Reading): boolean {
  switch (reading) {
    case 'cell':
    case 'folded':
      return isHeld(cell);
    case 'number':
      return cell.length <= SURE || Number.isNaN(numberIn(cell));
    default:
      return true;
  }
}

/** Whether SQLite hands on a text as it is: it ends texts at U+0000, and half a pair of surrogates is no UTF-8. */
export const isHeld = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

/** NULL for what is no number. */
const told = (number: number): number | null => (Number.isNaN(number) ? null : number);

/**
 * The same text for SQLite, which orders by code point where JavaScript orders by UTF-16 unit: above U+D7FF every unit
 * becomes a character of its own, in the order of the units.
 */
function inOrder(text: string): string {
  if (!/[\u{d800}-\u{10ffff}]/u.test(text)) return text;
  let written = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    written += String.fromCodePoint(
      unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x800 : unit + 0x2000,
    );
  }
  return written;
}
