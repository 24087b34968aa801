import type { ComparisonOperator, Value } from './condition.ts';

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
      return String(value.number);
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
      return '';
    case 'number':
      return '0';
    case 'date':
      return '1900-01-01';
    case 'datetime':
      return '1900-01-01T00:00:00';
    case 'guid':
      return '00000000-0000-0000-0000-000000000000';
    case 'enum':
      return FIRST_ELEMENTS[like.enumName.toLowerCase()];
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
  if (operator === 'like') {
    return value.type === 'text' ? isLike(cell, value.text) : undefined;
  }
  switch (value.type) {
    case 'number':
      return compareNumbers(Number(cell), cell.trim() === '' ? Number.NaN : value.number, operator);
    case 'date':
      return compareDates(cell, value.iso, 10, operator);
    case 'datetime':
      return compareDates(cell, value.iso, 19, operator);
    case 'enum':
      return compareTexts(cell, value.element, operator);
    case 'guid':
      return compareTexts(cell.replaceAll(/[{}]/gu, ''), value.guid, operator);
    case 'text':
      return compareTexts(cell, value.text, operator);
  }
}

/** Compares two cells: as numbers where both are, as text otherwise. */
export function compareCells(left: Cell, operator: ComparisonOperator, right: Cell): Truth {
  if (left === null || right === null) return undefined;
  const isNumber = (cell: string): boolean => cell.trim() !== '' && !Number.isNaN(Number(cell));
  return operator !== 'like' && isNumber(left) && isNumber(right)
    ? compareNumbers(Number(left), Number(right), operator)
    : compareCell(left, operator, { type: 'text', text: right });
}

function compareTexts(left: string, right: string, operator: ComparisonOperator): Truth {
  return decide(collated(left), collated(right), operator);
}

function compareNumbers(left: number, right: number, operator: ComparisonOperator): Truth {
  return Number.isNaN(left) || Number.isNaN(right) ? undefined : decide(left, right, operator);
}

function compareDates(
  cell: string,
  iso: string,
  length: number,
  operator: ComparisonOperator,
): Truth {
  const full = /^\d{4}-\d{2}-\d{2}$/u.test(cell) ? `${cell}T00:00:00` : cell.replace(' ', 'T');
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/u.test(full)) return undefined;
  return decide(full.slice(0, length), iso, operator);
}

function decide<T extends string | number>(left: T, right: T, operator: ComparisonOperator): Truth {
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

/** Folds what a case-insensitive comparison ignores; U+0020 alone is padding, a tab is not. */
const collated = (text: string): string => text.replace(/ +$/u, '').toLowerCase();

/**
 * `*` stands for any run of characters, `?` for one; everything else for itself. Where the text differs, only
 * the last `*` takes one character more: a regular expression would try every way to share out the text.
 */
function isLike(text: string, pattern: string): boolean {
  const characters = caseless(text);
  const wanted = caseless(pattern);
  let at = 0;
  let next = 0;
  let lastStar = -1;
  let behindStar = 0;
  while (at < characters.length) {
    if (wanted[next] === '*') {
      lastStar = next;
      behindStar = at;
      next += 1;
    } else if (wanted[next] === '?' || wanted[next] === characters[at]) {
      at += 1;
      next += 1;
    } else if (lastStar >= 0) {
      behindStar += 1;
      at = behindStar;
      next = lastStar + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((character) => character === '*');
}

const caseless = (text: string): readonly string[] =>
  Array.from(text, (character) => character.toLowerCase());
