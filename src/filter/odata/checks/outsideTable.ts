import type { Fix, Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { ODataExpression, ODataPath } from '../ast.ts';
import type { ODataPlace } from '../visit.ts';
import { type CheckContext, isGuidText, rewriting } from './check.ts';

/** Whether it leads from the table of the map to another one. */
export function isNavigation(expression: ODataExpression): expression is ODataPath {
  if (expression.kind !== 'path') return false;
  const [first, second] = expression.steps;
  // `$it/name` stays in the table, `a/` is not written yet.
  return first?.kind !== 'variable' && second?.kind !== 'missing';
}

/** Dual-write filters the columns of one table: no lookups, no related rows (`dualwrite.md` 3.2, F7, F8). */
export function checkOutsideTable(place: ODataPlace, { source }: CheckContext): readonly Problem[] {
  const { expression } = place;
  if (expression.kind === 'typeName') return checkTypeName(place);
  if (!isNavigation(expression)) return [];
  const isRelated = expression.steps.some(({ kind }) =>
    ['lambda', 'count', 'subset', 'call'].includes(kind),
  );
  const lookup = lookupFix(expression, place.above?.expression);
  return [
    {
      code: 'navigation',
      span: expression.span,
      variant: isRelated ? 'collection' : 'lookup',
      args: { path: textOf(source, expression.span) },
      ...(lookup === undefined ? {} : { fixes: [lookup] }),
    },
  ];
}

/**
 * `primarycontactid/contactid eq GUID` compares the key of the other row, which the lookup column holds.
 * Not preferred: only metadata tells that the column is the key and how the lookup is called.
 */
function lookupFix(path: ODataPath, above: ODataExpression | undefined): Fix | undefined {
  const [lookup, key, ...others] = path.steps;
  if (above?.kind !== 'comparison' || !['eq', 'ne'].includes(above.operator.name)) return undefined;
  const other = above.left === path ? above.right : above.left;
  const isGuid = other.kind === 'guid' || (other.kind === 'string' && isGuidText(other.value));
  const isKey = key?.kind === 'property' && /id$/iu.test(key.name);
  if (lookup?.kind !== 'property' || !isKey || !isGuid || others.length > 0) return undefined;
  const text = `_${lookup.name.toLowerCase()}_value`;
  return rewriting('use-lookup-value', path.span, text, false);
}

/** `Customer.AccountNum`: a data source of X++ before the column; OData reads the name of a type. */
function checkTypeName({ expression, above }: ODataPlace): readonly Problem[] {
  if (expression.kind !== 'typeName' || above?.expression.kind === 'path') return [];
  const call = above?.expression.kind === 'call' ? above.expression.name : '';
  if (['cast', 'isof', 'Collection'].includes(call)) return [];
  const { name, span } = expression;
  const dot = name.lastIndexOf('.');
  const field = name.slice(dot + 1);
  return [
    {
      code: 'dotted-field',
      span,
      args: { dataSource: name.slice(0, dot), field },
      fixes: [rewriting('replace-name', span, field)],
    },
  ];
}
