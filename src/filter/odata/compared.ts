import type { Span } from '../../text/span.ts';
import type { ODataExpression, ODataLiteral, ODataRelation } from './ast.ts';

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
