import type { Comparison, ComparisonOperator, Condition, Operand } from '../meaning/condition.ts';
import { readMoment } from '../meaning/moments.ts';
import type {
  ODataCall,
  ODataComparison,
  ODataExpression,
  ODataLogical,
  ODataRelation,
} from './ast.ts';
import { numberValue } from '../meaning/numbers.ts';

/**
 * What a `$filter` of Dataverse means; an empty one keeps every row. Whatever leaves the columns of the table,
 * calculates or calls a function of its own has no meaning here (`dualwrite.md` 3.2).
 */
export function meaningOfOData(expression: ODataExpression | undefined): Condition {
  if (expression === undefined) return { kind: 'always', span: { start: 0, end: 0 } };
  const { span } = expression;
  switch (expression.kind) {
    case 'group':
      return meaningOfOData(expression.expression);
    case 'not':
      return { kind: 'not', term: meaningOfOData(expression.operand), span };
    case 'logical':
      return meaningOfLogical(expression);
    case 'comparison':
      return meaningOfComparison(expression);
    case 'call':
      return meaningOfCall(expression);
    case 'property':
      return {
        kind: 'comparison',
        left: { kind: 'field', name: expression.name, span },
        operator: 'eq',
        right: { kind: 'constant', constant: true, span },
        span,
      };
    case 'boolean':
      return expression.value
        ? { kind: 'always', span }
        : { kind: 'not', term: { kind: 'always', span }, span };
    default:
      return { kind: 'unreadable', span };
  }
}

const meaningOfLogical = ({ operator, operands, span }: ODataLogical): Condition => ({
  kind: operator,
  terms: operands.map(meaningOfOData),
  span,
});

const OPERATORS: Readonly<Partial<Record<ODataRelation, ComparisonOperator>>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'gt',
  ge: 'ge',
  lt: 'lt',
  le: 'le',
};

function meaningOfComparison(expression: ODataComparison): Condition {
  const { span } = expression;
  if (expression.operator.name === 'in') return meaningOfIn(expression);
  const operator = OPERATORS[expression.operator.name];
  const left = operandOf(expression.left);
  const right = operandOf(expression.right);
  if (operator === undefined || left === undefined || right === undefined) {
    return { kind: 'unreadable', span };
  }
  return comparisonOf(left, operator, right, span);
}

function comparisonOf(
  left: Operand,
  operator: ComparisonOperator,
  right: Operand,
  span: Comparison['span'],
): Condition {
  const isEquality = operator === 'eq' || operator === 'ne';
  // Nobody documents what Dataverse makes of an order with null, true or false.
  if (!isEquality && (left.kind === 'constant' || right.kind === 'constant')) {
    return { kind: 'unreadable', span };
  }
  // `null eq x` is `x eq null`.
  return left.kind === 'constant'
    ? { kind: 'comparison', left: right, operator, right: left, span }
    : { kind: 'comparison', left, operator, right, span };
}

/** `x in (1,2)` is `x eq 1 or x eq 2`, of nothing it is false (OData 4.01 part 2, "In"). */
function meaningOfIn({ left, right, span }: ODataComparison): Condition {
  const operand = operandOf(left);
  const items = right.kind === 'list' || right.kind === 'array' ? right.items : undefined;
  if (operand === undefined || items === undefined) return { kind: 'unreadable', span };
  const terms = items.map((item): Condition => {
    const value = operandOf(item);
    return value === undefined || value.kind === 'field'
      ? { kind: 'unreadable', span: item.span }
      : comparisonOf(operand, 'eq', value, span);
  });
  const [only] = terms;
  if (only === undefined) return { kind: 'not', term: { kind: 'always', span }, span };
  return terms.length === 1 ? only : { kind: 'or', terms, span };
}

function meaningOfCall({ name, args, span }: ODataCall): Condition {
  const [column, text, ...others] = args.map((argument) =>
    argument.name === undefined ? argument.value : undefined,
  );
  const isKnown = name === 'contains' || name === 'startswith' || name === 'endswith';
  if (!isKnown || column?.kind !== 'property' || text?.kind !== 'string' || others.length > 0) {
    return { kind: 'unreadable', span };
  }
  return {
    kind: 'comparison',
    left: { kind: 'field', name: column.name, span: column.span },
    operator: 'like',
    right: { kind: 'pattern', match: name, text: text.value, span: text.span },
    span,
  };
}

function operandOf(operand: ODataExpression): Operand | undefined {
  const { span } = operand;
  switch (operand.kind) {
    case 'group':
      return operandOf(operand.expression);
    case 'property':
      return { kind: 'field', name: operand.name, span };
    case 'null':
      return { kind: 'constant', constant: null, span };
    case 'boolean':
      return { kind: 'constant', constant: operand.value, span };
    case 'string':
      return { kind: 'literal', value: { type: 'text', text: operand.value }, span };
    case 'integer':
    case 'decimal':
      return Number.isFinite(operand.value)
        ? { kind: 'literal', value: numberValue(operand.value, operand.text), span }
        : undefined;
    case 'guid':
      return { kind: 'literal', value: { type: 'guid', guid: operand.value }, span };
    case 'date':
    case 'dateTimeOffset': {
      // Dataverse stores whole seconds; what asks for less is left alone.
      const moment = /\.\d*[1-9]/u.test(operand.value) ? undefined : readMoment(operand.value);
      if (moment === undefined) return undefined;
      return {
        kind: 'literal',
        value:
          operand.kind === 'date'
            ? { type: 'date', iso: moment.slice(0, 10) }
            : { type: 'datetime', iso: moment },
        span,
      };
    }
    default:
      return undefined;
  }
}
