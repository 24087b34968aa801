import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';

/**
 * The documented form encloses the whole expression in parentheses, yet Microsoft ships filters without
 * (`dualwrite.md` 2.3, S1): a hint and no more.
 */
export function checkOuterParentheses(root: XppExpression): readonly Problem[] {
  if (root.kind !== 'comparison' && root.kind !== 'chain' && root.kind !== 'not') return [];
  const { start, end } = root.span;
  return [
    {
      code: 'outer-parentheses',
      span: root.span,
      fixes: [
        {
          title: 'enclose-filter',
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
