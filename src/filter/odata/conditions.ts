import type { Problem } from '../../problem/problem.ts';
import { textOf } from '../../text/span.ts';
import type { ODataExpression } from './ast.ts';
import { odataFunction } from './functions.ts';
import { visitOData } from './visit.ts';

/** Values that stand where a condition belongs: `5`, `'x'`, `a add b`, `length(name)`. */
export function valuesForConditions(root: ODataExpression, source: string): readonly Problem[] {
  const problems: Problem[] = [];
  const check = (expression: ODataExpression | undefined): void => {
    if (expression === undefined || mayBeTrue(expression)) return;
    const operand = textOf(source, expression.span);
    problems.push({ code: 'expected-comparison', span: expression.span, args: { operand } });
  };
  check(root);
  visitOData(root, ({ expression, above }) => {
    switch (expression.kind) {
      case 'logical':
        expression.operands.forEach(check);
        return;
      case 'not':
        check(expression.operand);
        return;
      case 'lambda':
      case 'subset':
        check(expression.condition);
        return;
      case 'group':
        // Around an operand a group holds a value; only where a condition is due it must be one.
        if (isConditionDue(above?.expression)) check(expression.expression);
    }
  });
  return problems;
}

function isConditionDue(above: ODataExpression | undefined): boolean {
  return above === undefined || above.kind === 'logical' || above.kind === 'not';
}

/** Whether it is a condition, or could be one as far as can be told without metadata. */
function mayBeTrue(expression: ODataExpression): boolean {
  switch (expression.kind) {
    case 'arithmetic':
    case 'negation':
    case 'list':
    case 'array':
    case 'object':
    case 'typeName':
    case 'count':
    case 'null':
    case 'integer':
    case 'decimal':
    case 'string':
    case 'guid':
    case 'date':
    case 'dateTimeOffset':
    case 'timeOfDay':
    case 'duration':
    case 'binary':
    case 'enum':
    case 'geography':
    case 'geometry':
      return false;
    case 'call':
      return odataFunction(expression.name)?.answers !== 'value';
    default:
      return true;
  }
}
