import type { Analysed, Problem } from '../../problem/problem.ts';
import type { ODataExpression } from './ast.ts';
import { checkCall } from './checks/calls.ts';
import type { Check } from './checks/check.ts';
import { checkNegation } from './checks/negation.ts';
import { checkNullRows } from './checks/nullRows.ts';
import { checkNullValue } from './checks/nullValue.ts';
import { checkQuotedValue } from './checks/quotedValue.ts';
import { checkOutsideTable, isNavigation } from './checks/outsideTable.ts';
import { checkUnsupported } from './checks/unsupported.ts';
import { memoised } from '../memo.ts';
import { parseOData } from './parse.ts';
import { visitOData } from './visit.ts';

const CHECKS: readonly Check[] = [
  checkOutsideTable,
  checkUnsupported,
  checkCall,
  checkNegation,
  checkNullValue,
  checkNullRows,
  checkQuotedValue,
];

/** Most of a filter, and right wherever it stands: no check asks anything of it. */
const UNASKED: ReadonlySet<ODataExpression['kind']> = new Set<ODataExpression['kind']>([
  'logical',
  'group',
  'property',
  'string',
  'integer',
  'decimal',
  'boolean',
  'null',
]);

/**
 * What Dataverse and dual-write make of a `$filter` that OData allows (`dualwrite.md` 3.2): told from the
 * text alone, so that what only metadata could decide is no problem here.
 */
export function checkDataverse(expression: ODataExpression, source: string): readonly Problem[] {
  const problems: Problem[] = [];
  const context = { source, decided: new Map() };
  visitOData(expression, (place) => {
    if (UNASKED.has(place.expression.kind)) return true;
    const found = CHECKS.flatMap((check) => check(place, context));
    if (found.length > 0) problems.push(...found);
    // What stands behind a navigation belongs to another table: one problem says it all.
    return !isNavigation(place.expression);
  });
  return problems;
}

/** Parses a filter of the Dataverse side and says everything about it that needs nothing but its text. */
export const analyseDataverse = memoised((source): Analysed<ODataExpression | undefined> => {
  const { value, problems } = parseOData(source);
  if (value === undefined) return { value, problems };
  return { value, problems: [...problems, ...checkDataverse(value, source)] };
});
