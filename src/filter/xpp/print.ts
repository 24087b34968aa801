import type { XppExpression, XppLiteral, XppOperand } from './ast.ts';

/**
 * An expression as its own text, with one blank around operators and double quotes around texts. Parentheses
 * stand where the tree has groups; what is missing in the tree is missing in the text.
 */
export function printXpp(expression: XppExpression | XppOperand): string {
  switch (expression.kind) {
    case 'chain':
      return expression.operands
        .map((operand, index) => {
          const connector = expression.operators[index - 1];
          const text = printXpp(operand);
          return connector === undefined ? text : `${connector.operator} ${text}`;
        })
        .join(' ');
    case 'not':
      return `!${printXpp(expression.operand)}`;
    case 'group':
      return `(${printXpp(expression.expression)})`;
    case 'comparison': {
      const { left, relation, right } = expression;
      return `${printXpp(left)} ${relation} ${printXpp(right)}`;
    }
    case 'call':
      return `${expression.name}(${expression.args.map(printXpp).join(', ')})`;
    case 'field': {
      const { dataSource, name, element } = expression;
      const path = dataSource === undefined ? name : `${dataSource}.${name}`;
      return element === undefined ? path : `${path}[${element}]`;
    }
    case 'missing':
      return '';
    default:
      return printLiteral(expression);
  }
}

/** The text of a string: a backslash takes the next character as it is. */
export const xppString = (text: string): string => `"${text.replaceAll(/[\\"]/gu, '\\$&')}"`;

/** `2021-06-23` as day\month\year (`dualwrite.md` 2.3). */
export const xppDate = (iso: string): string => iso.split('-').toReversed().join('\\');

function printLiteral(literal: XppLiteral): string {
  switch (literal.kind) {
    case 'string':
      return xppString(literal.value);
    case 'date':
      return xppDate(literal.value);
    case 'datetime':
      return literal.value;
    case 'guid':
      return `{${literal.value}}`;
    case 'enum':
      return `${literal.enumName}::${literal.element}`;
    case 'integer':
    case 'real':
    case 'placeholder':
      return literal.text;
  }
}
