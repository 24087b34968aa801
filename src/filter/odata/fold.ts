import type { Problem } from '../../problem/problem.ts';
import { spanning } from '../../text/span.ts';
import { DEEPEST_NESTING, nestsTooDeep } from '../nesting.ts';
import type {
  ODataArithmeticOperator,
  ODataExpression,
  ODataOperator,
  ODataRelation,
} from './ast.ts';
import { isArithmetic, levelOf, PRECEDENCE, type PrefixOperator } from './operators.ts';

/** An operand and what stands before it. */
export interface Term {
  readonly prefixes: readonly PrefixOperator[];
  readonly operand: ODataExpression;
}

/** Operands and the operators between them, as read from left to right. */
interface Row {
  readonly terms: readonly Term[];
  /** One fewer than the terms. */
  readonly operators: readonly ODataOperator[];
  readonly problems: Problem[];
}

/**
 * Makes a tree of a flat row. A grammar rule per group of operators would cost seven calls for each
 * parenthesis and the stack with it (`performance.md` 6); so one rule reads the row and this ranks it.
 * Takes time in proportion to the row.
 */
export function fold(row: Row): ODataExpression {
  return foldRange(row, 0, row.terms.length - 1);
}

/** The innermost group, which binds tighter than `not` and minus. */
const TIGHTEST = PRECEDENCE.length - 1;

/** Splits a part of the row at its loosest operators; so it nests no deeper than there are groups. */
function foldRange(row: Row, from: number, to: number): ODataExpression {
  if (from === to) return prefixed(termAt(row, from), termAt(row, from).operand);
  const level = loosestLevel(row, from, to);
  if (level === TIGHTEST) return foldTightest(row, from, to);
  const operators: ODataOperator[] = [];
  const operands: ODataExpression[] = [];
  let start = from;
  for (let index = from; index < to; index += 1) {
    const operator = row.operators[index];
    if (operator === undefined || levelOf(operator) !== level) continue;
    operands.push(foldRange(row, start, index));
    operators.push(operator);
    start = index + 1;
  }
  operands.push(foldRange(row, start, to));
  return joined(row, operands, operators);
}

function loosestLevel({ operators }: Row, from: number, to: number): number {
  let loosest = TIGHTEST;
  for (let index = from; index < to && loosest > 0; index += 1) {
    const operator = operators[index];
    if (operator !== undefined) loosest = Math.min(loosest, levelOf(operator));
  }
  return loosest;
}

function joined(
  row: Row,
  operands: readonly ODataExpression[],
  operators: readonly ODataOperator[],
): ODataExpression {
  const [first = NOTHING] = operands;
  const span = spanning(first.span, (operands.at(-1) ?? first).span);
  if (operators.every(isLogical)) {
    return { kind: 'logical', operator: operators[0]?.name ?? 'and', operands, operators, span };
  }
  if (operators.every(isArithmeticOperator))
    return { kind: 'arithmetic', operands, operators, span };
  return compared(row, operands, operators.filter(isRelation));
}

/** `has` and `in`, and what stands before their left side: `not a in (1,2)` negates the whole. */
function foldTightest(row: Row, from: number, to: number): ODataExpression {
  const first = termAt(row, from);
  const operands = [first.operand];
  for (let index = from + 1; index <= to; index += 1) {
    const term = termAt(row, index);
    operands.push(prefixed(term, term.operand));
  }
  return prefixed(first, compared(row, operands, row.operators.slice(from, to).filter(isRelation)));
}

/** Comparisons of one rank nest to the left: `a eq b eq true` is `(a eq b) eq true`. */
function compared(
  row: Row,
  [first = NOTHING, ...others]: readonly ODataExpression[],
  operators: readonly ODataOperator<ODataRelation>[],
): ODataExpression {
  const excess = operators[DEEPEST_NESTING];
  if (excess !== undefined) {
    row.problems.push(nestsTooDeep(excess.span));
    return { kind: 'missing', span: spanning(first.span, (others.at(-1) ?? first).span) };
  }
  let left = first;
  for (const [index, right] of others.entries()) {
    const operator = operators[index];
    if (operator === undefined) break;
    left = { kind: 'comparison', left, operator, right, span: spanning(left.span, right.span) };
  }
  return left;
}

function prefixed(term: Term, operand: ODataExpression): ODataExpression {
  let result = operand;
  for (const { name, ...operator } of term.prefixes.toReversed()) {
    const kind = name === 'not' ? 'not' : 'negation';
    result = { kind, operand: result, operator, span: spanning(operator.span, result.span) };
  }
  return result;
}

const NOTHING: ODataExpression = { kind: 'missing', span: { start: 0, end: 0 } };

const termAt = (row: Row, index: number): Term =>
  row.terms[index] ?? { prefixes: [], operand: NOTHING };

const isLogical = (operator: ODataOperator): operator is ODataOperator<'and' | 'or'> =>
  operator.name === 'and' || operator.name === 'or';

const isArithmeticOperator = (
  operator: ODataOperator,
): operator is ODataOperator<ODataArithmeticOperator> => isArithmetic(operator.name);

const isRelation = (operator: ODataOperator): operator is ODataOperator<ODataRelation> =>
  !isLogical(operator) && !isArithmeticOperator(operator);
