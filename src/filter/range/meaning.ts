import { type Span, spanning } from '../../text/span.ts';
import type { ComparisonOperator, Condition, Value } from '../meaning/condition.ts';
import type { Range, RangeItem, RangeMissing, RangeRelation, RangeValue } from './ast.ts';

const OPERATORS: Readonly<Record<RangeRelation, ComparisonOperator>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

/**
 * What a range of `field` means; an empty range keeps every row. The items are alternatives, but a negated
 * one leaves out what the others would keep: ranges of one field are ORed, exclusions ANDed
 * (`dualwrite.md` 2.5; a list with `!6500` in it would be every row otherwise).
 */
export function meaningOfRange(range: Range | undefined, field: string): Condition {
  if (range === undefined) return { kind: 'always', span: { start: 0, end: 0 } };
  const isExclusion = (item: RangeItem): boolean => item.kind === 'single' && item.isNegated;
  const meaningOf = (item: RangeItem): Condition => meaningOfItem(item, field);
  const kept = range.items.filter((item) => !isExclusion(item)).map(meaningOf);
  const excluded = range.items.filter(isExclusion).map(meaningOf);
  return joined('and', [...(kept.length === 0 ? [] : [joined('or', kept)]), ...excluded]);
}

function joined(kind: 'and' | 'or', terms: readonly Condition[]): Condition {
  const [first] = terms;
  const last = terms.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: 'unreadable', span: { start: 0, end: 0 } };
  }
  if (first === last) return first;
  return {
    kind,
    terms,
    span: {
      start: Math.min(first.span.start, last.span.start),
      end: Math.max(first.span.end, last.span.end),
    },
  };
}

function meaningOfItem(item: RangeItem, field: string): Condition {
  const { span } = item;
  switch (item.kind) {
    case 'single':
      return meaningOfSingle(item.value, item.isNegated, field, span);
    case 'comparison':
      return comparison(field, OPERATORS[item.relation], item.value, span);
    case 'interval':
      return meaningOfInterval(item.from, item.to, field, span);
    case 'method':
    case 'missing':
      return { kind: 'unreadable', span };
  }
}

function meaningOfSingle(
  value: RangeValue | RangeMissing,
  isNegated: boolean,
  field: string,
  span: Span,
): Condition {
  if (value.kind !== 'pattern') {
    return comparison(field, isNegated ? 'ne' : 'eq', value, span);
  }
  const like: Condition = {
    kind: 'comparison',
    operator: 'like',
    left: { kind: 'field', name: field, span },
    right: { kind: 'literal', value: { type: 'text', text: value.value }, span: value.span },
    span: value.span,
  };
  return isNegated ? { kind: 'not', term: like, span } : like;
}

function meaningOfInterval(
  from: RangeValue | undefined,
  to: RangeValue | undefined,
  field: string,
  span: Span,
): Condition {
  const above = from === undefined ? [] : [comparison(field, 'ge', from, from.span)];
  const below = to === undefined ? [] : [comparison(field, 'le', to, to.span)];
  const [first, second] = [...above, ...below];
  if (first === undefined) return { kind: 'unreadable', span };
  if (second === undefined) return { ...first, span };
  return { kind: 'and', terms: [first, second], span: spanning(first.span, second.span) };
}

function comparison(
  field: string,
  operator: ComparisonOperator,
  written: RangeValue | RangeMissing,
  span: Span,
): Condition {
  const value = valueOf(written);
  if (value === undefined) return { kind: 'unreadable', span };
  return {
    kind: 'comparison',
    operator,
    // No field is written in a range; the item stands for it.
    left: { kind: 'field', name: field, span },
    right: { kind: 'literal', value, span: written.span },
    span,
  };
}

/** Undefined for what only the day of the query, or nobody, can tell; nobody documents patterns as bounds. */
function valueOf(written: RangeValue | RangeMissing): Value | undefined {
  switch (written.kind) {
    case 'text':
      return { type: 'text', text: written.value };
    case 'number':
      return { type: 'number', number: written.value };
    case 'date':
    case 'datetime':
      return { type: written.kind, iso: written.value };
    case 'enum':
      return { type: 'enum', enumName: written.enumName, element: written.element };
    default:
      return undefined;
  }
}
