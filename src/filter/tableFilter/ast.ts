import type { Span } from '../../text/span.ts';

/**
 * The filter of one field in Business Central, as written (Microsoft's pages "Sort, search, and filter data"
 * and "Entering criteria in filters"). Groups are kept, so that a filter is printed as it was meant.
 */
export type TableFilter =
  FilterJunction | FilterGroup | FilterComparison | FilterInterval | Missing;

/** Two or more filters joined by one operator; `&` binds tighter than `|`. */
export interface FilterJunction {
  readonly kind: 'junction';
  readonly operator: '&' | '|';
  readonly operands: readonly TableFilter[];
  readonly span: Span;
}

interface FilterGroup {
  readonly kind: 'group';
  readonly expression: TableFilter;
  readonly span: Span;
}

export type FilterRelation = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A value alone asks for equality: it is `=` without its sign. */
export interface FilterComparison {
  readonly kind: 'comparison';
  readonly relation: FilterRelation;
  /** Where the operator stands; absent for a value alone. */
  readonly operatorSpan?: Span;
  readonly value: FilterValue | Missing;
  readonly span: Span;
}

/** `a..b`, `a..` or `..b`; both ends belong to it. */
interface FilterInterval {
  readonly kind: 'interval';
  readonly from?: FilterValue;
  readonly to?: FilterValue;
  readonly span: Span;
}

export type FilterValue = {
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
} & (
  | FilterText
  | { readonly kind: 'number'; readonly value: number }
  /** `value` is an ISO day; other notations are symbols. */
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'symbol'; readonly symbol: FilterSymbol }
  /** `%1` of SetFilter. */
  | { readonly kind: 'placeholder' }
);

export interface FilterText {
  readonly kind: 'text';
  /** Without its quotes and without the `@` in front. */
  readonly value: string;
  /** Whether `*` and `?` in it are wildcards. Quotes protect operators, not these: `'J & V*'`. */
  readonly isPattern: boolean;
  /** `@` in front: a filter tells upper and lower case apart otherwise. */
  readonly ignoresCase: boolean;
}

/**
 * What the server resolves when the filter is entered, from the user, the work date, the region or the
 * language: no meaning without them.
 */
export type FilterSymbol =
  /** `%me`, `%mycustomers`; partners add their own. */
  | 'token'
  /** `today`, `t`, `workdate`, `w`. */
  | 'day'
  /** `p2`, `period4`. */
  | 'period'
  /** `C123124`: the moment between a day and the next. */
  | 'closingDate'
  /** `12/31/24`: the region says which is the month. */
  | 'regionalDate';

export interface Missing {
  readonly kind: 'missing';
  readonly span: Span;
}
