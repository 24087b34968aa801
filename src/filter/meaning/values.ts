import type { ComparisonOperator, Value } from './condition.ts';
import { compareExactly } from './exactText.ts';
import { readMoment } from './moments.ts';
import { compareNumbers, digitsOf } from './numbers.ts';
import { folded, matches, xppPattern } from './patterns.ts';

/** SQL's three-valued logic; undefined is UNKNOWN, the answer of every comparison with NULL. */
export type Truth = boolean | undefined;

/** What a row holds in a field: text as it stands in the data, or NULL. */
export type Cell = string | null;

/** A constant as a cell holds it. */
export function textOfValue(value: Value): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'number':
      return digitsOf(value);
    case 'date':
    case 'datetime':
      return value.iso;
    case 'enum':
      return value.element;
    case 'guid':
      return value.guid;
  }
}

/**
 * The value that X++ takes for "nothing" in a field that is compared with `like` a value of this type
 * (`dualwrite.md` 4.2): what a row shows to X++ code where the view yields NULL.
 * Undefined where only metadata could tell, as for the first element of an enum.
 */
export function emptyValueFor(like: Value): Cell | undefined {
  switch (like.type) {
    case 'text':
      return like.empty ?? '';
    case 'number':
      return '0';
    case 'date':
      return '1900-01-01';
    case 'datetime':
      return '1900-01-01T00:00:00';
    case 'guid':
      return '00000000-0000-0000-0000-000000000000';
    case 'enum':
      return like.empty ?? FIRST_ELEMENTS[like.enumName.toLowerCase()];
  }
}

/** Element 0 of enums that the platform itself defines; others need metadata. */
const FIRST_ELEMENTS: Readonly<Record<string, string>> = { noyes: 'No' };

/**
 * Compares a cell with a constant the way SQL Server would on a case-insensitive collation: no case,
 * trailing blanks ignored but for LIKE (`dualwrite.md` 4.7). A cell that can't be read as the constant's
 * type compares as UNKNOWN.
 */
export function compareCell(cell: Cell, operator: ComparisonOperator, value: Value): Truth {
  if (cell === null) return undefined;
  if (value.type === 'text' && value.caseSensitive === true) {
    return compareExactly(cell, operator, value.text);
  }
  if (operator === 'like') {
    return value.type === 'text' ? matches(xppPattern(value.text), cell) : undefined;
  }
  switch (value.type) {
    case 'number':
      return decideNumbers(cell, digitsOf(value), operator);
    case 'date':
      return compareDates(cell, value.iso, 10, operator);
    case 'datetime':
      return compareDates(cell, value.iso, 19, operator);
    case 'enum':
      return compareTexts(cell, value.element, operator);
    case 'guid':
      return compareTexts(bareGuid(cell), value.guid, operator);
    case 'text':
      return compareTexts(cell, value.text, operator);
  }
}

/**
 * Compares a cell with null, true or false. Whether a cell is null is always known; a cell that reads neither
 * as true nor as false compares as UNKNOWN with both.
 */
export function compareConstant(
  cell: Cell,
  operator: ComparisonOperator,
  constant: boolean | null,
): Truth {
  if (operator !== 'eq' && operator !== 'ne') return undefined;
  const value = constant === null ? cell === null : booleanIn(cell);
  if (value === undefined) return undefined;
  const isEqual = value === (constant ?? true);
  return isEqual === (operator === 'eq');
}

/** The value X++ takes for nothing where Dataverse has a two-option column: `NoYes::No`. */
export const EMPTY_BOOLEAN = 'false';

/** Compares two cells: as numbers where both are, as text otherwise. */
export function compareCells(left: Cell, operator: ComparisonOperator, right: Cell): Truth {
  if (left === null || right === null) return undefined;
  const order = operator === 'like' ? undefined : compareNumbers(left, right);
  return order === undefined
    ? compareCell(left, operator, { type: 'text', text: right })
    : decide(order, 0, operator);
}

/** What exports and people write into a column of the type two options. */
export function booleanIn(cell: Cell): Truth {
  switch (cell?.trim().toLowerCase()) {
    case 'true':
    case 'yes':
    case '1':
      return true;
    case 'false':
    case 'no':
    case '0':
      return false;
    default:
      return undefined;
  }
}

export const bareGuid = (cell: string): string => cell.replaceAll(/[{}]/gu, '');

function compareTexts(left: string, right: string, operator: ComparisonOperator): Truth {
  return decide(collated(left), collated(right), operator);
}

function decideNumbers(left: string, right: string, operator: ComparisonOperator): Truth {
  const order = compareNumbers(left, right);
  return order === undefined ? undefined : decide(order, 0, operator);
}

/** @param length how much of a moment counts: 10 for the day, 19 for the second. */
function compareDates(
  cell: string,
  iso: string,
  length: number,
  operator: ComparisonOperator,
): Truth {
  const [left, right] = [readMoment(cell), readMoment(iso)];
  return left === undefined || right === undefined
    ? undefined
    : decide(left.slice(0, length), right.slice(0, length), operator);
}

/** What an operator says of two values that have an order. */
export function decide<T extends string | number>(
  left: T,
  right: T,
  operator: ComparisonOperator,
): Truth {
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'like':
      return undefined;
  }
}

/** What counts of a text when it is compared: no case, no trailing blank. U+0020 alone is padding, a tab is not. */
export const collated = (text: string): string => folded(text).replace(/ +$/u, '');
