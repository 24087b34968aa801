import { catalogue } from '../../problem/catalogue.ts';
import type { Analysed } from '../../problem/problem.ts';
import type { Edit } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';
import type { Value } from '../meaning/condition.ts';
import { collated, textOfValue } from '../meaning/values.ts';
import { compareNumbers, digitsOf } from '../meaning/numbers.ts';

/** The tree of a filter that can be rewritten; none where there is a mistake, for then nobody knows what is meant. */
export const soundTree = <T>({ value, problems }: Analysed<T | undefined>): T | undefined =>
  problems.some(({ code }) => catalogue[code].severity === 'error') ? undefined : value;

export const insertion = (offset: number, text: string): Edit => ({
  span: { start: offset, end: offset },
  text,
});

export const removal = (start: number, end: number): Edit => ({ span: { start, end }, text: '' });

/** The parentheses of a group, taken away. They may have been all that parted two words: `(a eq 1)and`. */
export const withoutParentheses = (source: string, { start, end }: Span): readonly Edit[] => [
  { span: { start, end: start + 1 }, text: /[^\s(]$/u.test(source.charAt(start - 1)) ? ' ' : '' },
  { span: { start: end - 1, end }, text: /^[^\s)]/u.test(source.charAt(end)) ? ' ' : '' },
];

export const withParentheses = ({ start, end }: Span): readonly Edit[] => [
  insertion(start, '('),
  insertion(end, ')'),
];

/** Insertions at one place as one edit: editors need not keep the order of several. */
export function merged(edits: readonly Edit[]): readonly Edit[] {
  const insertions = new Map<number, Edit>();
  const others: Edit[] = [];
  for (const edit of edits) {
    const { start, end } = edit.span;
    if (start < end) {
      others.push(edit);
      continue;
    }
    const before = insertions.get(start);
    insertions.set(start, before === undefined ? edit : insertion(start, before.text + edit.text));
  }
  return [...others, ...insertions.values()].toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
}

/** The smallest of the nodes, given from the outside to the inside, that holds a selection. */
export const smallestAround = <T extends { readonly span: Span }>(
  nodes: Iterable<T>,
  selection: Span,
): T | undefined => [...nodes].findLast(({ span }) => contains(span, selection));

/** One comparison of a chain of alternatives, and what it compares with. */
export interface Alternative {
  readonly span: Span;
  readonly value: Value;
}

/** The alternatives in order, each once; undefined where they are so already. */
export function sortedAlternatives(
  alternatives: readonly Alternative[],
): readonly Alternative[] | undefined {
  const unique = [...new Map(alternatives.toReversed().map((one) => [keyOf(one), one])).values()];
  const sorted = unique.toSorted((a, b) => order(a.value, b.value) || a.span.start - b.span.start);
  const isSame =
    sorted.length === alternatives.length &&
    sorted.every((one, index) => one === alternatives[index]);
  return isSame ? undefined : sorted;
}

const keyOf = ({ value }: Alternative): string =>
  `${value.type === 'enum' ? value.enumName.toLowerCase() : value.type} ${collated(textOfValue(value))}`;

function order(a: Value, b: Value): number {
  if (a.type === 'number' && b.type === 'number') {
    return compareNumbers(digitsOf(a), digitsOf(b)) ?? 0;
  }
  const [left, right] = [collated(textOfValue(a)), collated(textOfValue(b))];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
