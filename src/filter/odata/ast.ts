import type { Span } from '../../text/span.ts';

/**
 * An OData `$filter` as written (OData 4.01 ABNF, `boolCommonExpr`). Groups are kept: whether parentheses
 * stand is a question of its own. What could not be read is a `missing` node, so that the tree is always whole.
 */
export type ODataExpression =
  | ODataLogical
  | ODataNot
  | ODataComparison
  | ODataArithmetic
  | ODataNegation
  | ODataGroup
  | ODataList
  | ODataArray
  | ODataObject
  | ODataPath
  | ODataStep
  | ODataLiteral
  | ODataMissing;

/** Two or more conditions joined by one logical operator; `and` binds tighter than `or`. */
export interface ODataLogical {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operands: readonly ODataExpression[];
  /** One fewer than the operands; `operators[n]` stands behind `operands[n]`. */
  readonly operators: readonly ODataOperator<'and' | 'or'>[];
  readonly span: Span;
}

/** An operator as meant, where it stands, and how it was written (`==` reads as `eq`). */
export interface ODataOperator<Name extends ODataOperatorName = ODataOperatorName> {
  readonly name: Name;
  readonly text: string;
  readonly span: Span;
}

export type ODataRelation = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has' | 'in';
export type ODataArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';
export type ODataOperatorName = 'and' | 'or' | ODataRelation | ODataArithmeticOperator;

export interface ODataNot {
  readonly kind: 'not';
  readonly operand: ODataExpression;
  readonly operator: { readonly text: string; readonly span: Span };
  readonly span: Span;
}

export interface ODataComparison {
  readonly kind: 'comparison';
  readonly left: ODataExpression;
  readonly operator: ODataOperator<ODataRelation>;
  readonly right: ODataExpression;
  readonly span: Span;
}

/** Two or more values joined by operators of equal rank, to be computed from the left. */
export interface ODataArithmetic {
  readonly kind: 'arithmetic';
  readonly operands: readonly ODataExpression[];
  readonly operators: readonly ODataOperator<ODataArithmeticOperator>[];
  readonly span: Span;
}

/** `-x`; the minus of a number is part of the literal. */
export interface ODataNegation {
  readonly kind: 'negation';
  readonly operand: ODataExpression;
  readonly operator: { readonly text: string; readonly span: Span };
  readonly span: Span;
}

export interface ODataGroup {
  readonly kind: 'group';
  readonly expression: ODataExpression;
  readonly span: Span;
}

/** `(1,2,3)` behind `in`. */
export interface ODataList {
  readonly kind: 'list';
  readonly items: readonly ODataExpression[];
  readonly span: Span;
}

/** A JSON array, such as `PropertyValues=["5","2000"]`. */
export interface ODataArray {
  readonly kind: 'array';
  readonly items: readonly ODataExpression[];
  readonly span: Span;
}

export interface ODataObject {
  readonly kind: 'object';
  readonly members: readonly ODataMember[];
  readonly span: Span;
}

export interface ODataMember {
  /** Undefined where the name is missing. */
  readonly name: string | undefined;
  readonly value: ODataExpression;
}

/** Two or more steps joined by `/`; a single step stands alone. */
export interface ODataPath {
  readonly kind: 'path';
  readonly steps: readonly (ODataStep | ODataMissing)[];
  readonly span: Span;
}

export type ODataStep =
  | ODataProperty
  | ODataTypeName
  | ODataVariable
  | ODataAlias
  | ODataAnnotation
  | ODataCall
  | ODataLambda
  | ODataCount
  | ODataSubset;

export interface ODataProperty {
  readonly kind: 'property';
  readonly name: string;
  readonly span: Span;
}

/** `Namespace.Type`: a cast inside a path, or the type argument of `cast` and `isof`. */
export interface ODataTypeName {
  readonly kind: 'typeName';
  readonly name: string;
  readonly span: Span;
}

/** `$it`, `$this`, `$root`, or the range variable of a lambda around it. */
export interface ODataVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly span: Span;
}

/** `@p1`. */
export interface ODataAlias {
  readonly kind: 'alias';
  readonly name: string;
  readonly span: Span;
}

/** `@Namespace.Term#qualifier`. */
export interface ODataAnnotation {
  readonly kind: 'annotation';
  readonly name: string;
  readonly span: Span;
}

/**
 * `name(arguments)`: a function, or behind a collection its key, which only metadata tells apart.
 * `case(a:1,b:2)` has its conditions and values as arguments in turn.
 */
export interface ODataCall {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly ODataArgument[];
  readonly span: Span;
}

export interface ODataArgument {
  /** Present where the argument is named, as those of `Microsoft.Dynamics.CRM.LastXDays` are. */
  readonly name?: { readonly text: string; readonly span: Span };
  readonly value: ODataExpression;
}

/** `any(x:condition)`, `all(x:condition)`, `any()`. */
export interface ODataLambda {
  readonly kind: 'lambda';
  readonly quantifier: 'any' | 'all';
  readonly variable?: string;
  readonly condition?: ODataExpression;
  readonly span: Span;
}

/** `$count`, `$count($filter=…;$search=…)`. */
export interface ODataCount {
  readonly kind: 'count';
  readonly options: readonly ODataArgument[];
  readonly span: Span;
}

/** `$filter(condition)` in a path. */
export interface ODataSubset {
  readonly kind: 'subset';
  readonly condition?: ODataExpression;
  readonly span: Span;
}

export type ODataLiteral = {
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
} & (
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `value` loses digits past 2^53, `text` does not; `INF` and `NaN` are decimals. */
  | { readonly kind: 'integer' | 'decimal'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'guid'; readonly value: string }
  /** `value` is ISO 8601, as written. */
  | {
      readonly kind: 'date' | 'dateTimeOffset' | 'timeOfDay' | 'duration';
      readonly value: string;
    }
  /** base64url. */
  | { readonly kind: 'binary'; readonly value: string }
  | { readonly kind: 'enum'; readonly typeName: string; readonly members: readonly string[] }
  /** Well-known text with its SRID. */
  | { readonly kind: 'geography' | 'geometry'; readonly value: string }
  /** `$search=…` of a `$count`; a language of its own. */
  | { readonly kind: 'search'; readonly value: string }
  /** `<guid>`: documentation copied whole. */
  | { readonly kind: 'placeholder' }
);

export interface ODataMissing {
  readonly kind: 'missing';
  readonly span: Span;
}
