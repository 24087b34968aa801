import type { Fix, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import type { Range, RangeItem } from './ast.ts';
import { rangeToExpression } from './expression.ts';
import { parseRange } from './parse.ts';

/**
 * Whether a text is the range of a single field: `A..C`, `!x`, `S*`, `>5`, `a, b` (`dualwrite.md` 2.5). As a whole
 * map filter it would range over the field that carries the filter, so it is always a mistake there.
 */
export function isPlainRange(text: string): boolean {
  return plainRange(text) !== undefined;
}

/** By signs that no range has outside of quotes. Most filters have some, and the grammar of ranges is not even loaded. */
const isExpression = (text: string): boolean => /&|==/u.test(text.replaceAll(/"[^"]*"/gu, ''));

function plainRange(text: string): Range | undefined {
  if (isExpression(text)) return undefined;
  const { value, problems } = parseRange(text);
  if (value === undefined || problems.length > 0) return undefined;
  return isMethodAlone(value) || value.items.some(hasRelationWord) ? undefined : value;
}

/** `(Day(1))` is an expression of X++ too, and `range-method` tells what is wrong with it (`dualwrite.md` 2.3). */
const isMethodAlone = ({ items }: Range): boolean =>
  items.length === 1 && items[0]?.kind === 'method';

/** `Status eq 5` is a comparison in the words of another language, not a value with blanks in it. */
function hasRelationWord(item: RangeItem): boolean {
  return (
    item.kind === 'single' &&
    item.value.kind !== 'missing' &&
    // In capitals, for `Johnson and Johnson` may well be a name.
    (/\S (?:eq|ne|gt|ge|lt|le|like) \S/iu.test(item.value.text) ||
      /\S (?:AND|OR) \S/u.test(item.value.text))
  );
}

/** More would be a list to read, not a choice. */
const MOST_FIXES = 3;

/** A longer example explains nothing. */
const LONGEST_EXAMPLE = 120;

/**
 * A map filter that is a plain range, and the expressions it could have been meant for.
 *
 * @param text the filter without the blanks around it, which stands at `span`.
 * @param fields those it may be about, the likeliest first.
 * @param isText which of them are known to hold texts.
 */
export function plainRangeProblem(
  text: string,
  span: Span,
  fields: readonly string[],
  isText: (field: string) => boolean = () => false,
): Problem {
  const range = plainRange(text);
  const fixes = fields.slice(0, MOST_FIXES).flatMap((field): readonly Fix[] => {
    const expression = rangeToExpression(range, field, isText(field));
    return expression === undefined
      ? []
      : [{ title: 'convert-range', args: { field }, edits: [{ span, text: expression }] }];
  });
  const problem = { code: 'plain-range', span } as const;
  if (range?.items.some(isOfTheDay) === true) {
    return { ...problem, variant: 'today', args: { text } };
  }
  const example = fixes[0]?.edits[0]?.text;
  if (example === undefined) return { ...problem, args: { text } };
  return example.length > LONGEST_EXAMPLE
    ? { ...problem, args: { text }, fixes }
    : { ...problem, variant: 'convertible', args: { text, example }, fixes };
}

/** Whether an item means another day tomorrow. */
function isOfTheDay(item: RangeItem): boolean {
  switch (item.kind) {
    case 'method':
      return true;
    case 'single':
    case 'comparison':
      return item.value.kind === 'today';
    case 'interval':
      return item.from?.kind === 'today' || item.to?.kind === 'today';
    case 'missing':
      return false;
  }
}
