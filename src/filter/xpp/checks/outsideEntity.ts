import type { Problem } from '../../../problem/problem.ts';
import type { XppExpression } from '../ast.ts';
import { nodesOf } from '../visit.ts';

/**
 * Names and calls that have no target where a map filter is applied: its only data source is the entity
 * itself, and a method that yields a plain range would be applied to the field that carries the filter
 * (`dualwrite.md` 2.1, 2.3, F7).
 */
export function checkOutsideEntity(expression: XppExpression): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of nodesOf(expression)) {
    if (node.kind === 'call') {
      problems.push({ code: 'range-method', span: node.span, args: { name: node.name } });
    } else if (node.kind === 'field' && node.dataSource !== undefined) {
      problems.push({
        code: 'dotted-field',
        span: node.span,
        args: { dataSource: node.dataSource, field: node.name },
      });
    } else if (node.kind === 'placeholder') {
      problems.push({ code: 'placeholder', span: node.span, args: { text: node.text } });
    }
  }
  return problems;
}
