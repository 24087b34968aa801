import type { Problem } from '../../../problem/problem.ts';
import type { XppCall, XppExpression } from '../ast.ts';
import { placesOf, type XppPlace } from '../places.ts';
import { type CheckContext, quoted } from './check.ts';

/**
 * Names and calls that have no target where a map filter is applied: its only data source is the entity
 * itself, and a method that yields a plain range would be applied to the field that carries the filter
 * (`dualwrite.md` 2.1, 2.3, F7).
 */
export function checkOutsideEntity(expression: XppExpression, source: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const place of placesOf(expression)) {
    const { node } = place;
    if (node.kind === 'call') {
      problems.push(
        patternFunction(node, place, source) ?? {
          code: 'range-method',
          span: node.span,
          args: { name: node.name },
        },
      );
    } else if (node.kind === 'field' && node.dataSource !== undefined) {
      problems.push({
        code: 'dotted-field',
        span: node.span,
        args: { dataSource: node.dataSource, field: node.name },
      });
    } else if (node.kind === 'placeholder') {
      problems.push({ code: 'placeholder', span: node.span, args: { text: node.text } });
    }
  }
  return problems;
}

/** What the pattern of `like` has around the text. */
const PATTERNS: Readonly<Record<string, readonly [string, string]>> = {
  startswith: ['', '*'],
  endswith: ['*', ''],
  contains: ['*', '*'],
};

/** The functions of the other side's language: a pattern is written with `like` here (S6). */
function patternFunction(
  { name, args, span }: XppCall,
  { above }: XppPlace,
  source: CheckContext['source'],
): Problem | undefined {
  const pattern = PATTERNS[name.toLowerCase()];
  if (pattern === undefined) return undefined;
  const problem: Problem = {
    code: 'foreign-operator',
    variant: 'function',
    span,
    args: { written: name, meant: 'like' },
  };
  const [field, literal, ...others] = args;
  if (field?.kind !== 'field' || literal?.kind !== 'string' || others.length > 0) return problem;
  // `like` has no escape for its wildcards.
  if (/[*?]/u.test(literal.value)) return problem;
  const written = source.slice(field.span.start, field.span.end);
  const text = `${written} like ${quoted(pattern[0] + literal.value + pattern[1])}`;
  return {
    ...problem,
    fixes: [
      {
        title: 'replace-operator',
        args: { text },
        edits: [{ span, text: above?.node.kind === 'group' ? text : `(${text})` }],
        preferred: true,
      },
    ],
  };
}
