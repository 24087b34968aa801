import type { Span } from '../../text/span.ts';

/** The range of one field, as people type it into a grid filter (`dualwrite.md` 2.5): items with commas between. */
export interface Range {
  readonly items: readonly RangeItem[];
  readonly span: Span;
}

export type RangeItem = RangeSingle | RangeComparison | RangeInterval | RangeMethod | RangeMissing;

/** `value` or `!value`. */
interface RangeSingle {
  readonly kind: 'single';
  readonly isNegated: boolean;
  readonly value: RangeValue | RangeMissing;
  readonly span: Span;
}

export type RangeRelation = '<' | '<=' | '>' | '>=';

interface RangeComparison {
  readonly kind: 'comparison';
  readonly relation: RangeRelation;
  readonly value: RangeValue | RangeMissing;
  readonly span: Span;
}

/** `a..b`, `a..` or `..b`; both ends belong to it. */
interface RangeInterval {
  readonly kind: 'interval';
  readonly from?: RangeValue;
  readonly to?: RangeValue;
  readonly span: Span;
}

/** `(DayRange(-30,0))`: what a method answers at the time the query runs. */
export interface RangeMethod {
  readonly kind: 'method';
  /** With its class where one is written: `Class::method`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly RangeArgument[];
  readonly span: Span;
}

export interface RangeArgument {
  readonly text: string;
  readonly span: Span;
}

export type RangeValue = {
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
} & (
  | { readonly kind: 'text'; readonly value: string }
  /** A text with `*` or `?`. */
  | { readonly kind: 'pattern'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `value` is ISO. */
  | { readonly kind: 'date' | 'datetime'; readonly value: string }
  | { readonly kind: 'enum'; readonly enumName: string; readonly element: string }
  /** `T`, the day on which the query runs. */
  | { readonly kind: 'today' }
  /** `01/02/2024`: which is the month depends on the language of whoever typed it. */
  | { readonly kind: 'ambiguousDate' }
);

export interface RangeMissing {
  readonly kind: 'missing';
  readonly span: Span;
}
