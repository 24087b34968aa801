import type { Span } from '../../text/span.ts';

/**
 * What a filter means, whatever language it is written in. Everything behind the parsers works on this:
 * the null analysis, the SQL text, sql.js, the evaluator. Spans point back into the written filter.
 */
export type Condition = Junction | Negation | Comparison | Always | Unreadable;

/** All (`and`) or any (`or`) of two or more terms. */
export interface Junction {
  readonly kind: 'and' | 'or';
  readonly terms: readonly Condition[];
  readonly span: Span;
}

export interface Negation {
  readonly kind: 'not';
  readonly term: Condition;
  readonly span: Span;
}

export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'like';

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Operand;
  readonly right: Operand;
  readonly span: Span;
}

/** The empty filter: every row. */
export interface Always {
  readonly kind: 'always';
  readonly span: Span;
}

/** A part without a known meaning: it could not be parsed, or nobody documents what it does. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly span: Span;
}

export type Operand = FieldOperand | LiteralOperand;

export interface FieldOperand {
  readonly kind: 'field';
  readonly name: string;
  readonly span: Span;
}

export interface LiteralOperand {
  readonly kind: 'literal';
  readonly value: Value;
  readonly span: Span;
}

/**
 * A constant. Dates are ISO text (`2021-06-23`, `2021-06-23T00:00:00`), which orders as time does.
 * An enum element has the number it stands for only where metadata tells it.
 */
export type Value =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'date' | 'datetime'; readonly iso: string }
  | { readonly type: 'enum'; readonly enumName: string; readonly element: string }
  | { readonly type: 'guid'; readonly guid: string };

/** The comparisons of a condition, in the order they are written. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition];
    case 'not':
      return comparisonsOf(condition.term);
    case 'and':
    case 'or':
      return condition.terms.flatMap(comparisonsOf);
    default:
      return [];
  }
}

/** Whether all of it has a meaning, so that it can be run over rows. */
export function isReadable(condition: Condition): boolean {
  switch (condition.kind) {
    case 'unreadable':
      return false;
    case 'not':
      return isReadable(condition.term);
    case 'and':
    case 'or':
      return condition.terms.every(isReadable);
    default:
      return true;
  }
}
