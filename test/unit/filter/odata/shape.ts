import type { ODataArgument, ODataExpression } from '../../../../src/filter/odata/ast.ts';

/** An expression in a short notation that shows how operators bind: `(or (and a b) c)`. */
export function shapeOf(expression: ODataExpression): string {
  const list = (head: string, parts: readonly ODataExpression[]): string =>
    `(${[head, ...parts.map(shapeOf)].join(' ')})`;
  switch (expression.kind) {
    case 'logical':
      return list(expression.operator, expression.operands);
    case 'not':
      return list('not', [expression.operand]);
    case 'negation':
      return list('-', [expression.operand]);
    case 'comparison':
      return list(expression.operator.name, [expression.left, expression.right]);
    case 'arithmetic':
      return list(expression.operators.map(({ name }) => name).join(','), expression.operands);
    case 'group':
      return list('group', [expression.expression]);
    case 'list':
    case 'array':
      return list(expression.kind, expression.items);
    case 'object':
      return `(object ${expression.members.map(({ name, value }) => `${name}=${shapeOf(value)}`).join(' ')})`;
    case 'path':
      return expression.steps.map(shapeOf).join('/');
    case 'call':
      return `${expression.name}[${argumentsOf(expression.args)}]`;
    case 'lambda': {
      const { quantifier, variable, condition } = expression;
      if (condition === undefined) return `${quantifier}[]`;
      return `${quantifier}[${variable}: ${shapeOf(condition)}]`;
    }
    case 'count':
      return expression.options.length === 0
        ? '$count'
        : `$count[${argumentsOf(expression.options)}]`;
    case 'subset':
      return `$filter[${expression.condition === undefined ? '' : shapeOf(expression.condition)}]`;
    case 'property':
      return expression.name;
    case 'typeName':
    case 'variable':
    case 'alias':
    case 'annotation':
      return `${expression.kind}:${expression.name}`;
    case 'missing':
      return '?';
    default:
      return `${expression.kind}:${expression.text}`;
  }
}

const argumentsOf = (args: readonly ODataArgument[]): string =>
  args
    .map(({ name, value }) => (name === undefined ? '' : `${name.text}=`) + shapeOf(value))
    .join(', ');
