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

export type Operand = FieldOperand | LiteralOperand | ConstantOperand | PatternOperand;

/** An operand that no row changes. */
export type KnownOperand = Exclude<Operand, FieldOperand>;

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
 * What Dataverse compares with and X++ has no literal for. With null, `eq` and `ne` ask whether there is
 * a value and are never UNKNOWN (`dualwrite.md` 3.2); every other operator is.
 */
interface ConstantOperand {
  readonly kind: 'constant';
  readonly constant: boolean | null;
  readonly span: Span;
}

/**
 * What a text is `like` in the functions of OData, whose wildcards are those of Dataverse (`dualwrite.md` 3.2).
 * The pattern of X++ is a literal.
 */
export interface PatternOperand {
  readonly kind: 'pattern';
  readonly match: 'contains' | 'startswith' | 'endswith';
  readonly text: string;
  readonly span: Span;
}

/**
 * A constant. Dates are ISO text (`2021-06-23`, `2021-06-23T00:00:00`), which orders as time does.
 * An enum element has the number it stands for only where metadata tells it.
 */
export type Value =
  /** `caseSensitive` where the language tells case apart, as Business Central does without `@`. */
  | {
      readonly type: 'text';
      readonly text: string;
      readonly caseSensitive?: true;
      /** What X++ takes for nothing in the field it meets, where that is not the empty text. */
      readonly empty?: string;
    }
  /** `exact`: all its digits, where a JavaScript number has lost some. */
  | { readonly type: 'number'; readonly number: number; readonly exact?: string }
  | { readonly type: 'date' | 'datetime'; readonly iso: string }
  | {
      readonly type: 'enum';
      readonly enumName: string;
      readonly element: string;
      /** The element with the number 0, where metadata tells. */
      readonly empty?: string;
    }
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

/** The fields a condition reads, each once, as first written. */
export function fieldsOf(condition: Condition): readonly string[] {
  const fields = new Map<string, string>();
  for (const { left, right } of comparisonsOf(condition)) {
    for (const operand of [left, right]) {
      if (operand.kind !== 'field') continue;
      const key = operand.name.toLowerCase();
      if (!fields.has(key)) fields.set(key, operand.name);
    }
  }
  return [...fields.values()];
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
