import type { Value } from '../filter/meaning/condition.ts';
import { readMoment } from '../filter/meaning/moments.ts';
import { digitsOf } from '../filter/meaning/numbers.ts';
import { once } from '../filter/once.ts';
import { type Cell, collated } from '../filter/meaning/values.ts';
import type { Column } from './columns.ts';

/** What is answered for a cell that is less than, equal to or greater than a value, or can't be compared with it. */
export interface OrderCodes {
  readonly less: number;
  readonly equal: number;
  readonly greater: number;
  readonly unknown: number;
}

/**
 * The cells of a column as comparisons read them, each read once: someone who types a literal asks the same column at
 * every key. test/unit/preview/judge.test.ts holds that the answers are those of `evaluateComparison`.
 */
export interface Readings {
  /** The code of each cell; undefined for values that are not helped by reading ahead. */
  readonly compare: (value: Value, codes: OrderCodes) => Uint8Array | undefined;
}

/** Numbers of so many characters are told apart by a double (src/filter/meaning/numbers.ts). */
export const SURE = 15;

export function readingsOf({ cells }: Pick<Column, 'cells'>): Readings {
  const numbers = once(() => ({
    read: cells.some((cell) => cell !== null && cell.length > SURE)
      ? undefined
      : Float64Array.from(cells, numberIn),
  }));
  const texts = once(() => cells.map((cell) => (cell === null ? undefined : collated(cell))));
  const moments = once(() => Float64Array.from(cells, momentIn));
  const days = once(() => moments().map(dayOf));

  return {
    compare(value, codes) {
      switch (value.type) {
        case 'number': {
          const read = digitsOf(value).length <= SURE ? numbers().read : undefined;
          return read === undefined ? undefined : byNumber(read, value.number, codes);
        }
        case 'date':
          return byNumber(days(), dayOf(momentIn(value.iso)), codes);
        case 'datetime':
          return byNumber(moments(), momentIn(value.iso), codes);
        case 'text':
          return value.caseSensitive === true
            ? undefined
            : byText(texts(), collated(value.text), codes);
        case 'enum':
          return byText(texts(), collated(value.element), codes);
        case 'guid':
          return undefined;
      }
    },
  };
}

/** What is no number compares with nothing. */
function byNumber(read: Float64Array, number: number, codes: OrderCodes): Uint8Array {
  const { less, equal, greater, unknown } = codes;
  const answers = new Uint8Array(read.length);
  for (let index = 0; index < read.length; index += 1) {
    const cell = read[index] ?? Number.NaN;
    answers[index] =
      cell < number ? less : cell > number ? greater : cell === number ? equal : unknown;
  }
  return answers;
}

function byText(
  read: readonly (string | undefined)[],
  text: string,
  codes: OrderCodes,
): Uint8Array {
  const { less, equal, greater, unknown } = codes;
  const answers = new Uint8Array(read.length);
  for (let index = 0; index < read.length; index += 1) {
    const cell = read[index];
    answers[index] =
      cell === undefined ? unknown : cell === text ? equal : cell < text ? less : greater;
  }
  return answers;
}

/** NaN where a cell holds no number. */
export const numberIn = (cell: Cell): number =>
  cell === null || cell.trim() === '' ? Number.NaN : Number(cell);

/** `2021-06-23T10:20:30` as 20210623102030, which orders as time does; NaN where there is none. */
export const momentIn = (cell: Cell): number => {
  const moment = cell === null ? undefined : readMoment(cell);
  return moment === undefined ? Number.NaN : Number(moment.replaceAll(/[-T:]/gu, ''));
};

export const dayOf = (moment: number): number => Math.floor(moment / 1_000_000);
