import type { ODataArgument, ODataExpression, ODataLiteral } from '../../src/filter/odata/ast.ts';
import { quoted } from '../../src/filter/odata/strings.ts';

/**
 * An expression as its own text, with one blank around operators and behind commas. Parentheses stand where the
 * tree has groups; what is missing in the tree is missing in the text.
 */
export const printOData = (expression: ODataExpression): string => print(expression, false);

/** @param inJson whether texts have double quotes, as in the arguments of query functions. */
function print(expression: ODataExpression, inJson: boolean): string {
  const each = (parts: readonly ODataExpression[]): readonly string[] =>
    parts.map((part) => print(part, inJson));
  switch (expression.kind) {
    case 'logical':
    case 'arithmetic':
      return each(expression.operands)
        .map((text, index) => {
          const operator = expression.operators[index - 1];
          return operator === undefined ? text : `${operator.name} ${text}`;
        })
        .join(' ');
    case 'not':
      return `not ${print(expression.operand, inJson)}`;
    case 'negation':
      return `- ${print(expression.operand, inJson)}`;
    case 'comparison': {
      const { left, operator, right } = expression;
      return `${print(left, inJson)} ${operator.name} ${print(right, inJson)}`;
    }
    case 'group':
      return `(${print(expression.expression, inJson)})`;
    case 'list':
      return `(${each(expression.items).join(', ')})`;
    case 'array':
      return `[${expression.items.map((item) => print(item, true)).join(', ')}]`;
    case 'object':
      return `{${expression.members
        .map(({ name, value }) => `${JSON.stringify(name ?? '')}:${print(value, true)}`)
        .join(', ')}}`;
    case 'path':
      return each(expression.steps).join('/');
    case 'call': {
      const { name, args } = expression;
      return `${name}(${printArguments(args, name === 'case')})`;
    }
    case 'lambda': {
      const { quantifier, variable, condition } = expression;
      const text = condition === undefined ? '' : print(condition, false);
      return `${quantifier}(${variable === undefined ? '' : `${variable}:`}${text})`;
    }
    case 'count': {
      const options = expression.options.map(printArgument).join(';');
      return options === '' ? '$count' : `$count(${options})`;
    }
    case 'subset':
      return `$filter(${expression.condition === undefined ? '' : print(expression.condition, false)})`;
    case 'property':
    case 'typeName':
    case 'variable':
    case 'alias':
    case 'annotation':
      return expression.name;
    case 'missing':
      return '';
    default:
      return printLiteral(expression, inJson);
  }
}

/** `case(a:1, b:2)` has a colon between a condition and its value. */
const printArguments = (args: readonly ODataArgument[], arePairs: boolean): string =>
  args
    .map((argument, index) => {
      const separator = index === 0 ? '' : arePairs && index % 2 === 1 ? ':' : ', ';
      return separator + printArgument(argument);
    })
    .join('');

const printArgument = ({ name, value }: ODataArgument): string =>
  `${name === undefined ? '' : `${name.text}=`}${print(value, false)}`;

function printLiteral(literal: ODataLiteral, inJson: boolean): string {
  switch (literal.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(literal.value);
    case 'string':
      return inJson ? JSON.stringify(literal.value) : quoted(literal.value);
    case 'guid':
      return literal.value;
    case 'search':
      return `$search=${literal.value}`;
    default:
      return literal.text;
  }
}
