import type { Problem } from '../../../problem/problem.ts';
import { isLiteral } from '../compared.ts';
import type { ODataPlace } from '../visit.ts';

/**
 * `not name eq 'x'` is `(not name) eq 'x'`: `not` binds tighter than a comparison (OData 4.01 part 2,
 * "Operator Precedence"), and negating a text is an error. With `eq true` it may be meant so.
 */
export function checkNegation({ expression }: ODataPlace): readonly Problem[] {
  if (expression.kind !== 'comparison' || expression.left.kind !== 'not') return [];
  const { left, right } = expression;
  if (left.operand.kind === 'missing' || !isLiteral(right)) return [];
  if (['boolean', 'null', 'placeholder'].includes(right.kind)) return [];
  const { start } = left.operand.span;
  const { end } = expression.span;
  return [
    {
      code: 'not-binding',
      span: left.operator.span,
      fixes: [
        {
          title: 'negate-comparison',
          edits: [
            { span: { start, end: start }, text: '(' },
            { span: { start: end, end }, text: ')' },
          ],
          preferred: true,
        },
      ],
    },
  ];
}
