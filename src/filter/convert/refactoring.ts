import { isBroken } from '../../problem/catalogue.ts';
import type { Analysed } from '../../problem/problem.ts';
import type { Edit } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';
import type { Condition, Value } from '../meaning/condition.ts';
import { fieldWithLiteral } from '../meaning/evaluate.ts';
import { collated, textOfValue } from '../meaning/values.ts';
import { compareNumbers, digitsOf } from '../meaning/numbers.ts';

/** The tree of a filter that can be rewritten; none where there is a mistake, for then nobody knows what is meant. */
export const soundTree = <T>({ value, problems }: Analysed<T | undefined>): T | undefined =>
  isBroken(problems) ? undefined : value;

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
interface Alternative {
  readonly span: Span;
  readonly value: Value;
}

/** An operand of a chain, and what it means where that is a comparison. */
interface Operand {
  readonly span: Span;
  readonly meaning: Condition | undefined;
}

/**
 * A chain of `field = value` for one field with its values in order, each once. No edits where they are so already,
 * or where the chain is something else.
 *
 * @param joiner what stands between two operands, with its blanks.
 */
export function sortedChain(
  source: string,
  chain: Span,
  operands: readonly Operand[],
  joiner: string,
): readonly Edit[] {
  const alternatives = alternativesOf(operands);
  const sorted = alternatives && sortedAlternatives(alternatives);
  if (sorted === undefined) return [];
  const texts = sorted.map(({ span }) => source.slice(span.start, span.end));
  return [{ span: chain, text: texts.join(joiner) }];
}

function alternativesOf(operands: readonly Operand[]): readonly Alternative[] | undefined {
  const alternatives: Alternative[] = [];
  let field: string | undefined;
  for (const { span, meaning } of operands) {
    const mixed = meaning?.kind === 'comparison' ? fieldWithLiteral(meaning) : undefined;
    const name = mixed?.field.name.toLowerCase();
    if (mixed?.operator !== 'eq' || (field !== undefined && field !== name)) return undefined;
    field = name;
    alternatives.push({ span, value: mixed.literal.value });
  }
  return alternatives;
}

/** The alternatives in order, each once; undefined where they are so already. */
function sortedAlternatives(
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
