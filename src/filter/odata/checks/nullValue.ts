import type { Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { ColumnComparison } from '../compared.ts';
import type { ODataPlace } from '../visit.ts';
import { type CheckContext, isOrdered, rewriting } from './check.ts';

/** Comparisons with nothing that say something else than they seem to (`dualwrite.md` 3.2, N4). */
export function checkNullValue(place: ODataPlace, context: CheckContext): readonly Problem[] {
  return place.compared?.literal.kind === 'string'
    ? checkEmptyText(place.compared)
    : checkOrder(place, context);
}

/** Dataverse stores null for an empty text, so no row has an empty one. */
function checkEmptyText({ column, relation, literal }: ColumnComparison): readonly Problem[] {
  if (literal.kind !== 'string' || literal.value !== '') return [];
  if (relation !== 'eq' && relation !== 'ne') return [];
  return [
    {
      code: 'empty-text',
      span: literal.span,
      variant: relation,
      args: { column: column.name },
      fixes: [rewriting('use-null', literal.span, 'null')],
    },
  ];
}

/** Null is neither greater nor smaller than anything. */
function checkOrder({ expression }: ODataPlace, { source }: CheckContext): readonly Problem[] {
  if (expression.kind !== 'comparison' || !isOrdered(expression)) return [];
  if (expression.left.kind !== 'null' && expression.right.kind !== 'null') return [];
  const { span } = expression;
  return [{ code: 'null-order', span, args: { comparison: textOf(source, span) } }];
}
