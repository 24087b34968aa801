import type { Comparison, ComparisonOperator, Condition, Operand } from '../meaning/condition.ts';
import type { XppChain, XppExpression, XppOperand, XppRelation } from './ast.ts';
import { numberValue } from '../meaning/numbers.ts';

const OPERATORS: Readonly<Record<XppRelation, ComparisonOperator>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  like: 'like',
};

/** What an X++ expression means; an empty filter keeps every row. */
export function meaningOfXpp(expression: XppExpression | undefined): Condition {
  if (expression === undefined) return { kind: 'always', span: { start: 0, end: 0 } };
  switch (expression.kind) {
    case 'group':
      return meaningOfXpp(expression.expression);
    case 'not':
      return { kind: 'not', term: meaningOfXpp(expression.operand), span: expression.span };
    case 'chain':
      return meaningOfChain(expression);
    case 'comparison': {
      const left = operandOf(expression.left);
      const right = operandOf(expression.right);
      const { span } = expression;
      return left === undefined || right === undefined
        ? { kind: 'unreadable', span }
        : ({
            kind: 'comparison',
            operator: OPERATORS[expression.relation],
            left,
            right,
            span,
          } satisfies Comparison);
    }
    case 'call':
    case 'missing':
      return { kind: 'unreadable', span: expression.span };
  }
}

/**
 * X++ ranks `&&` and `||` alike and reads from left to right (`dualwrite.md` 2.4), so each change of
 * operator closes what came before it. Runs of one operator stay flat: 100,000 terms are one node.
 */
function meaningOfChain({ operands, operators }: XppChain): Condition {
  let kind: 'and' | 'or' | undefined;
  let terms: Condition[] = [];
  const closed = (): Condition => {
    const [first] = terms;
    const last = terms.at(-1);
    if (first === undefined || last === undefined) {
      return { kind: 'unreadable', span: { start: 0, end: 0 } };
    }
    return kind === undefined
      ? first
      : { kind, terms, span: { start: first.span.start, end: last.span.end } };
  };
  operands.forEach((operand, index) => {
    const next = operators[index - 1]?.operator === '||' ? 'or' : 'and';
    if (index > 0 && next !== kind) {
      terms = [closed()];
      kind = next;
    }
    terms.push(meaningOfXpp(operand));
  });
  return closed();
}

/** How deep the meaning of an expression nests: each change of operator in a chain is a level. */
export function levelsOf(expression: XppExpression): number {
  switch (expression.kind) {
    case 'group':
      return levelsOf(expression.expression);
    case 'not':
      return 1 + levelsOf(expression.operand);
    case 'chain': {
      let levels = 0;
      expression.operands.forEach((operand, index) => {
        const operator = expression.operators[index - 1]?.operator;
        if (index > 0 && operator !== expression.operators[index - 2]?.operator) levels += 1;
        levels = Math.max(levels, 1 + levelsOf(operand));
      });
      return levels;
    }
    default:
      return 0;
  }
}

function operandOf(operand: XppOperand): Operand | undefined {
  const { span } = operand;
  switch (operand.kind) {
    case 'field':
      // Only the entity's own fields exist where the filter is applied (`dualwrite.md` 2.1).
      return operand.dataSource === undefined && operand.element === undefined
        ? { kind: 'field', name: operand.name, span }
        : undefined;
    case 'string':
      return { kind: 'literal', value: { type: 'text', text: operand.value }, span };
    case 'integer':
    case 'real':
      return { kind: 'literal', value: numberValue(operand.value, operand.text), span };
    case 'date':
    case 'datetime':
      return { kind: 'literal', value: { type: operand.kind, iso: operand.value }, span };
    case 'enum':
      return {
        kind: 'literal',
        value: { type: 'enum', enumName: operand.enumName, element: operand.element },
        span,
      };
    case 'guid':
      return { kind: 'literal', value: { type: 'guid', guid: operand.value }, span };
    case 'placeholder':
    case 'call':
    case 'missing':
      return undefined;
  }
}
