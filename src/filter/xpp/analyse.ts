import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Condition } from '../meaning/condition.ts';
import { DEEPEST_NESTING, nestsTooDeep } from '../nesting.ts';
import { isPlainRange, plainRangeProblem } from '../range/plainRange.ts';
import type { XppExpression } from './ast.ts';
import { checkLabelLiteral } from './checks/labelLiteral.ts';
import { checkOutsideEntity } from './checks/outsideEntity.ts';
import { checkXpp } from './checks/checkXpp.ts';
import { levelsOf, meaningOfXpp } from './meaning.ts';
import { parseXpp } from './parse.ts';

export interface XppFilter {
  readonly expression: XppExpression | undefined;
  readonly meaning: Condition;
}

/**
 * Parses a filter of the Finance and Operations side and says everything about it that needs nothing but its text.
 * @param isField whether a name is known to be a field, so that it is not taken for the value of a range.
 * @param fields those that a plain range may have been meant for, the likeliest first.
 * @param isText which of them are known to hold texts.
 */
export function analyseXpp(
  source: string,
  isField: (name: string) => boolean = () => false,
  fields: readonly string[] = [],
  isText: (field: string) => boolean = () => false,
): Analysed<XppFilter> {
  const { value: expression, problems: parseProblems } = parseXpp(source);
  const problems = [...parseProblems, ...checkDepth(expression)];
  const isReadable =
    expression === undefined
      ? problems.length === 0
      : !problems.some(({ code }) => code === 'too-deep');
  const meaning: Condition = isReadable
    ? meaningOfXpp(expression)
    : { kind: 'unreadable', span: { start: 0, end: source.length } };
  const value = { expression, meaning };
  const text = source.trim();
  if (problems.length > 0 && isPlainRange(text) && !isField(text)) {
    const start = source.indexOf(text);
    const span = { start, end: start + text.length };
    return { value, problems: [plainRangeProblem(text, span, fields, isText)] };
  }
  if (expression === undefined) return { value, problems };
  return {
    value,
    problems: [
      ...problems,
      ...checkOutsideEntity(expression, source),
      ...checkLabelLiteral(expression),
      ...checkXpp(expression, { source, isField }, problems),
    ],
  };
}

/** `&&` and `||` in turns nest without parentheses, and everything behind the parser recurses per level. */
function checkDepth(expression: XppExpression | undefined): readonly Problem[] {
  // Each level takes a character at least.
  if (expression === undefined || expression.span.end - expression.span.start <= DEEPEST_NESTING) {
    return [];
  }
  return levelsOf(expression) <= DEEPEST_NESTING ? [] : [nestsTooDeep(expression.span)];
}
