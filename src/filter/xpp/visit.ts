import type { XppExpression, XppOperand } from './ast.ts';

/** Every node of an expression, in the order of the text. Depth is bounded by DEEPEST_NESTING. */
export function* nodesOf(
  expression: XppExpression | XppOperand,
): Generator<XppExpression | XppOperand> {
  yield expression;
  switch (expression.kind) {
    case 'chain':
      for (const operand of expression.operands) yield* nodesOf(operand);
      return;
    case 'group':
      yield* nodesOf(expression.expression);
      return;
    case 'not':
      yield* nodesOf(expression.operand);
      return;
    case 'comparison':
      yield* nodesOf(expression.left);
      yield* nodesOf(expression.right);
      return;
    case 'call':
      for (const argument of expression.args) yield* nodesOf(argument);
      return;
    default:
      return;
  }
}
