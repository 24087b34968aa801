import type { Span } from '../../text/span.ts';

/**
 * The X++ query-range expression of a Finance and Operations map filter, as written
 * (grammar: `dualwrite.md` 2.5). Groups are kept: whether parentheses stand is a question of its own.
 * What could not be read is a `missing` node, so that the tree is always whole.
 */
export type XppExpression = XppChain | XppNot | XppGroup | XppComparison | XppCall | XppMissing;

export type XppOperand = XppField | XppLiteral | XppCall | XppMissing;

/** Two or more expressions joined by `&&` and `||`, which X++ ranks alike (`dualwrite.md` 2.4). */
export interface XppChain {
  readonly kind: 'chain';
  readonly operands: readonly XppExpression[];
  /** One fewer than the operands; `operators[n]` stands behind `operands[n]`. */
  readonly operators: readonly XppConnector[];
  readonly span: Span;
}

export interface XppConnector {
  readonly operator: '&&' | '||';
  readonly span: Span;
}

export interface XppNot {
  readonly kind: 'not';
  readonly operand: XppExpression;
  readonly span: Span;
}

export interface XppGroup {
  readonly kind: 'group';
  readonly expression: XppExpression;
  readonly span: Span;
}

export type XppRelation = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export interface XppComparison {
  readonly kind: 'comparison';
  readonly left: XppOperand;
  readonly relation: XppRelation;
  /** Where the operator stands, and how it was written (`=` reads as `==`). */
  readonly operator: { readonly text: string; readonly span: Span };
  readonly right: XppOperand;
  readonly span: Span;
}

/** `name(args)` or `Class::name(args)`. */
export interface XppCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly XppOperand[];
  readonly span: Span;
}

export interface XppField {
  readonly kind: 'field';
  /** The data source of `DataSource.Field`; a map filter has no use for it (`dualwrite.md` 2.1). */
  readonly dataSource?: string;
  readonly name: string;
  /** `Dimension[1]`: the element of an array field. */
  readonly element?: number;
  readonly span: Span;
}

export type XppLiteral = {
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
} & (
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer' | 'real'; readonly value: number }
  /** `value` is ISO: `2021-06-23` or `2021-06-23T00:00:00`. */
  | { readonly kind: 'date' | 'datetime'; readonly value: string }
  | { readonly kind: 'enum'; readonly enumName: string; readonly element: string }
  | { readonly kind: 'guid'; readonly value: string }
  /** `%1` of an X++ `strFmt` template. */
  | { readonly kind: 'placeholder' }
);

export interface XppMissing {
  readonly kind: 'missing';
  readonly span: Span;
}
