import type { Analysed } from '../../problem/problem.ts';
import type { Condition } from '../meaning/condition.ts';
import { isPlainRange } from '../range/plainRange.ts';
import type { XppExpression } from './ast.ts';
import { checkLabelLiteral } from './checks/labelLiteral.ts';
import { checkOutsideEntity } from './checks/outsideEntity.ts';
import { meaningOfXpp } from './meaning.ts';
import { parseXpp } from './parse.ts';

export interface XppFilter {
  readonly expression: XppExpression | undefined;
  readonly meaning: Condition;
}

/**
 * Parses a filter of the Finance and Operations side and says everything about it that needs nothing but its text.
 * @param isField whether a name is known to be a field, so that it is not taken for the value of a range.
 */
export function analyseXpp(
  source: string,
  isField: (name: string) => boolean = () => false,
): Analysed<XppFilter> {
  const { value: expression, problems } = parseXpp(source);
  const meaning: Condition =
    expression === undefined && problems.length > 0
      ? { kind: 'unreadable', span: { start: 0, end: source.length } }
      : meaningOfXpp(expression);
  const value = { expression, meaning };
  const text = source.trim();
  if (problems.length > 0 && isPlainRange(text) && !isField(text)) {
    const start = source.indexOf(text);
    const span = { start, end: start + text.length };
    return { value, problems: [{ code: 'plain-range', span, args: { text } }] };
  }
  if (expression === undefined) return { value, problems };
  return {
    value,
    problems: [...problems, ...checkOutsideEntity(expression), ...checkLabelLiteral(expression)],
  };
}
