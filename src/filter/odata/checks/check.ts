import type { Fix, Problem } from '../../../problem/problem.ts';
import type { Span } from '../../../text/span.ts';
import type { ODataComparison, ODataExpression, ODataLiteral, ODataRelation } from '../ast.ts';
import type { ODataPlace } from '../visit.ts';

/** One question asked of every place of a filter. */
export type Check = (place: ODataPlace, context: CheckContext) => readonly Problem[];

export interface CheckContext {
  readonly source: string;
  /** What a logical node says of NULL in its columns, kept because each comparison below it asks. */
  readonly decided: Map<ODataExpression, ReadonlySet<string>>;
}

/** A column compared with a constant, whichever side it stands on. */
export interface ColumnComparison {
  readonly column: { readonly name: string; readonly span: Span };
  readonly relation: ODataRelation;
  readonly literal: ODataLiteral;
}

const MIRRORED: Readonly<Partial<Record<ODataRelation, ODataRelation>>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

export function columnComparison(expression: ODataExpression): ColumnComparison | undefined {
  if (expression.kind !== 'comparison') return undefined;
  const { left, operator, right } = expression;
  return ofSides(left, operator.name, right) ?? ofSides(right, MIRRORED[operator.name], left);
}

function ofSides(
  column: ODataExpression,
  relation: ODataRelation | undefined,
  literal: ODataExpression,
): ColumnComparison | undefined {
  return relation !== undefined && column.kind === 'property' && isLiteral(literal)
    ? { column, relation, literal }
    : undefined;
}

export const isLiteral = (expression: ODataExpression): expression is ODataLiteral =>
  'text' in expression;

export const isOrdered = ({ operator }: ODataComparison): boolean =>
  ['gt', 'ge', 'lt', 'le'].includes(operator.name);

export const isGuidText = (text: string): boolean =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text);

/** A fix that writes something else in one place. */
export const rewriting = (title: string, span: Span, text: string, preferred = true): Fix => ({
  title,
  args: { text },
  edits: [{ span, text }],
  ...(preferred ? { preferred } : {}),
});
