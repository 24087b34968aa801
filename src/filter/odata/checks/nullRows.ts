import type { Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { ODataExpression, ODataLogical } from '../ast.ts';
import { columnComparison } from '../compared.ts';
import { documentedFunctions } from '../dataverseFunctions.ts';
import type { ODataPlace } from '../visit.ts';
import type { CheckContext } from './check.ts';

/**
 * `x ne v` leaves out the rows where `x` is null (`dualwrite.md` 3.2 and N5). Silent where the filter around it
 * has decided about them: `or x eq null` keeps them, another comparison of `x` beside it drops them anyway,
 * and below a `not` keeping them would drop them.
 */
export function checkNullRows(place: ODataPlace, context: CheckContext): readonly Problem[] {
  const { expression, compared } = place;
  if (compared?.relation !== 'ne' || isNothing(compared.literal)) return [];
  const { name } = compared.column;
  if (isDecided(place, name.toLowerCase(), context)) return [];
  const { start, end } = expression.span;
  // In parentheses of its own the comparison needs no further ones.
  const isAlone = place.above?.expression.kind === 'group';
  return [
    {
      code: 'null-excluded',
      span: expression.span,
      args: { column: name, comparison: textOf(context.source, expression.span) },
      fixes: [
        {
          title: 'keep-null-rows',
          args: { column: name },
          edits: [
            ...(isAlone ? [] : [{ span: { start, end: start }, text: '(' }]),
            { span: { start: end, end }, text: ` or ${name} eq null${isAlone ? '' : ')'}` },
          ],
        },
      ],
    },
  ];
}

/** `null` itself, and the empty text that stands for it (N4 reports it). */
const isNothing = (literal: ODataExpression): boolean =>
  literal.kind === 'null' || (literal.kind === 'string' && literal.value === '');

function isDecided(place: ODataPlace, column: string, context: CheckContext): boolean {
  for (let above = place.above; above !== undefined; above = above.above) {
    const { expression } = above;
    if (expression.kind === 'not') return true;
    if (expression.kind === 'logical' && decidedColumns(expression, context).has(column)) {
      return true;
    }
  }
  return false;
}

/** The columns, in lower case, whose null rows a logical node keeps (`or`) or drops (`and`). */
function decidedColumns(logical: ODataLogical, { decided }: CheckContext): ReadonlySet<string> {
  const before = decided.get(logical);
  if (before !== undefined) return before;
  const columns = new Set<string>();
  const pending: ODataExpression[] = [...logical.operands];
  for (let term = pending.pop(); term !== undefined; term = pending.pop()) {
    if (term.kind === 'group') {
      pending.push(term.expression);
    } else if (term.kind === 'logical' && term.operator === logical.operator) {
      pending.push(...term.operands);
    } else {
      const column = logical.operator === 'or' ? keptColumn(term) : droppedColumn(term);
      if (column !== undefined) columns.add(column.toLowerCase());
    }
  }
  decided.set(logical, columns);
  return columns;
}

function keptColumn(term: ODataExpression): string | undefined {
  const compared = columnComparison(term);
  return compared?.relation === 'eq' && isNothing(compared.literal)
    ? compared.column.name
    : undefined;
}

function droppedColumn(term: ODataExpression): string | undefined {
  if (term.kind === 'call' && documentedFunctions.has(term.name)) {
    const column = term.args[0]?.value;
    return column?.kind === 'property' ? column.name : undefined;
  }
  const compared = columnComparison(term);
  if (compared === undefined) return undefined;
  // `ne v` drops them too, but that is the question here; `ne null` says so.
  return (compared.relation === 'ne') === isNothing(compared.literal)
    ? compared.column.name
    : undefined;
}
