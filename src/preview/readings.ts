import type { ComparisonOperator, Value } from '../filter/meaning/condition.ts';
import { readMoment } from '../filter/meaning/moments.ts';
import { digitsOf } from '../filter/meaning/numbers.ts';
import { once } from '../filter/once.ts';
import { type Cell, collated, decide, type Truth } from '../filter/meaning/values.ts';
import type { Column } from './columns.ts';

/**
 * The cells of a column as comparisons read them, each read once: someone who types a literal asks the same column at
 * every key. test/unit/preview/judge.test.ts holds that the answers are those of `evaluateComparison`.
 */
export interface Readings {
  /** What each cell answers; undefined for comparisons that are not helped by reading ahead. */
  readonly compare: (
    operator: ComparisonOperator,
    value: Value,
  ) => ((cellIndex: number) => Truth) | undefined;
}

/** Numbers of so many characters are told apart by a double (src/filter/meaning/numbers.ts). */
const SURE = 15;

export function readingsOf({ cells }: Pick<Column, 'cells'>): Readings {
  const numbers = once(() => ({
    read: cells.some((cell) => cell !== null && cell.length > SURE)
      ? undefined
      : Float64Array.from(cells, numberIn),
  }));
  const texts = once(() => cells.map((cell) => (cell === null ? undefined : collated(cell))));
  const moments = once(() => cells.map((cell) => (cell === null ? undefined : readMoment(cell))));
  const days = once(() => moments().map((moment) => moment?.slice(0, 10)));

  return {
    compare(operator, value) {
      if (operator === 'like') return undefined;
      switch (value.type) {
        case 'number': {
          const read = digitsOf(value).length <= SURE ? numbers().read : undefined;
          return read === undefined ? undefined : byNumber(read, operator, value.number);
        }
        case 'date':
          return byText(days(), operator, readMoment(value.iso)?.slice(0, 10));
        case 'datetime':
          return byText(moments(), operator, readMoment(value.iso));
        case 'text':
          return value.caseSensitive === true
            ? undefined
            : byText(texts(), operator, collated(value.text));
        case 'enum':
          return byText(texts(), operator, collated(value.element));
        case 'guid':
          return undefined;
      }
    },
  };
}

function byNumber(read: Float64Array, operator: ComparisonOperator, number: number) {
  return (index: number): Truth => {
    const cell = read[index] ?? Number.NaN;
    return Number.isNaN(cell) ? undefined : decide(cell, number, operator);
  };
}

function byText(
  read: readonly (string | undefined)[],
  operator: ComparisonOperator,
  text: string | undefined,
) {
  return (index: number): Truth => {
    const cell = read[index];
    return cell === undefined || text === undefined ? undefined : decide(cell, text, operator);
  };
}

/** NaN where a cell holds no number. */
const numberIn = (cell: Cell): number =>
  cell === null || cell.trim() === '' ? Number.NaN : Number(cell);
