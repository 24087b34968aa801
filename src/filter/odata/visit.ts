import type { ODataArgument, ODataExpression } from './ast.ts';
import { columnComparison, type ColumnComparison } from './compared.ts';

/** The expressions directly inside one, in the order they are written. */
export function partsOf(expression: ODataExpression): readonly ODataExpression[] {
  switch (expression.kind) {
    case 'logical':
    case 'arithmetic':
      return expression.operands;
    case 'not':
    case 'negation':
      return [expression.operand];
    case 'comparison':
      return [expression.left, expression.right];
    case 'group':
      return [expression.expression];
    case 'list':
    case 'array':
      return expression.items;
    case 'object':
      return expression.members.map(({ value }) => value);
    case 'path':
      return expression.steps;
    case 'call':
      return valuesOf(expression.args);
    case 'count':
      return valuesOf(expression.options);
    case 'lambda':
    case 'subset':
      return expression.condition === undefined ? [] : [expression.condition];
    default:
      return [];
  }
}

const valuesOf = (args: readonly ODataArgument[]): readonly ODataExpression[] =>
  args.map(({ value }) => value);

/** An expression where it stands. */
export interface ODataPlace<Expression extends ODataExpression = ODataExpression> {
  readonly expression: Expression;
  /** What it is a part of; undefined at the root. */
  readonly above: ODataPlace | undefined;
  /** Where it compares a column with a constant. */
  readonly compared: ColumnComparison | undefined;
}

const placeOf = (expression: ODataExpression, above: ODataPlace | undefined): ODataPlace => ({
  expression,
  above,
  compared: columnComparison(expression),
});

/**
 * Visits an expression and its parts, each before its own parts, without recursion: a filter may hold a chain
 * of any length.
 *
 * @param visit answers false to leave out the parts.
 */
export function visitOData(
  root: ODataExpression,
  visit: (place: ODataPlace) => boolean | void,
): void {
  const pending: ODataPlace[] = [placeOf(root, undefined)];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    if (visit(place) === false) continue;
    const parts = partsOf(place.expression);
    for (let index = parts.length - 1; index >= 0; index -= 1) {
      const part = parts[index];
      if (part !== undefined) pending.push(placeOf(part, place));
    }
  }
}
