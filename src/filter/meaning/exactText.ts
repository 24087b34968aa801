import type { ComparisonOperator } from './condition.ts';
import { covers, folded, type Pattern, type PatternPart } from './patterns.ts';

/**
 * Compares texts with upper and lower case apart, as a filter of Business Central does without `@`: a
 * collation like Latin1_General_CS. It sorts by letters first, and lower before upper case where they are alike.
 */
export function compareExactly(cell: string, operator: ComparisonOperator, text: string): boolean {
  switch (operator) {
    case 'like':
      return covers(exactPattern(text), Array.from(cell));
    case 'eq':
      return trimmed(cell) === trimmed(text);
    case 'ne':
      return trimmed(cell) !== trimmed(text);
    case 'lt':
      return order(cell, text) < 0;
    case 'le':
      return order(cell, text) <= 0;
    case 'gt':
      return order(cell, text) > 0;
    case 'ge':
      return order(cell, text) >= 0;
  }
}

/** Trailing blanks are padding, as on every SQL Server collation (`dualwrite.md` 4.7). */
const trimmed = (text: string): string => text.replace(/ +$/u, '');

function order(left: string, right: string): number {
  const [first, second] = [trimmed(left), trimmed(right)];
  const letters = compare(folded(first), folded(second));
  return letters === 0 ? compare(second, first) : letters;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const exactPattern = (text: string): Pattern =>
  Array.from(text, (character): PatternPart => {
    if (character === '*') return { kind: 'run' };
    return character === '?' ? { kind: 'any' } : { kind: 'one', character };
  });
