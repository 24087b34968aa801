import { spanning } from '../../text/span.ts';
import type { FilterJunction, TableFilter } from './ast.ts';

/**
 * Makes a tree of a flat row: `&` binds tighter than `|`. No page says so in words; it is what public readers of
 * the language hold (klauskaan/C-AL-Language #722), and what AND and OR do in the SQL behind it.
 * Runs of one operator stay flat: 100,000 terms are one node.
 *
 * @param operators one fewer than the operands; `operators[n]` stands behind `operands[n]`.
 */
export function ranked(
  operands: readonly TableFilter[],
  operators: readonly FilterJunction['operator'][],
): TableFilter {
  const alternatives: TableFilter[] = [];
  let run: TableFilter[] = [];
  for (const [index, operand] of operands.entries()) {
    run.push(operand);
    if (operators[index] === '&') continue;
    alternatives.push(joined('&', run));
    run = [];
  }
  return joined('|', alternatives);
}

function joined(
  operator: FilterJunction['operator'],
  operands: readonly TableFilter[],
): TableFilter {
  const [first] = operands;
  const last = operands.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: 'missing', span: { start: 0, end: 0 } };
  }
  return first === last
    ? first
    : { kind: 'junction', operator, operands, span: spanning(first.span, last.span) };
}
