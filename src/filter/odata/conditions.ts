import type { Problem } from '../../problem/problem.ts';
import { type Span, textOf } from '../../text/span.ts';
import type { ODataExpression } from './ast.ts';
import { odataFunction } from './functions.ts';
import { visitOData } from './visit.ts';

/**
 * Values that stand where a condition belongs: `5`, `'x'`, `a add b`, `length(name)`.
 *
 * @param known problems that were found already: what holds one of them is not judged as a whole.
 */
export function valuesForConditions(
  root: ODataExpression,
  source: string,
  known: readonly Problem[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const starts = known.map(({ span }) => span.start).toSorted((a, b) => a - b);
  const check = (expression: ODataExpression | undefined): void => {
    if (expression === undefined || mayBeTrue(expression)) return;
    if (holdsOne(expression.span, starts)) return;
    const operand = textOf(source, expression.span);
    problems.push({ code: 'expected-comparison', span: expression.span, args: { operand } });
  };
  check(root);
  visitOData(root, ({ expression, above }) => {
    switch (expression.kind) {
      case 'logical':
        for (const [index, operand] of expression.operands.entries()) {
          // Behind an operator that nobody wrote, nobody knows what belongs there.
          if (expression.operators[index - 1]?.text !== '') check(operand);
        }
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

/** Whether one of the offsets, in ascending order, lies in a span. */
function holdsOne({ start, end }: Span, offsets: readonly number[]): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const first = offsets[low];
  return first !== undefined && first < end;
}

function isConditionDue(above: ODataExpression | undefined): boolean {
  return above === undefined || above.kind === 'logical' || above.kind === 'not';
}

/** Whether it may stand where a condition is due: nothing in it is a value in the place of a condition. */
export const mayBeCondition = (expression: ODataExpression): boolean =>
  mayBeTrue(expression) && (expression.kind !== 'group' || mayBeTrue(expression.expression));

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
