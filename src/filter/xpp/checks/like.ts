import type { Fix, Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { FieldComparison } from '../compared.ts';
import type { XppPlace } from '../places.ts';
import { type CheckContext, quoted, rewriting } from './check.ts';

/** SQL Server takes no longer one (`dualwrite.md` 2.4, C5). */
const LONGEST_PATTERN = 1000;

/** What `like` can't work with: no text, no pattern, too long a pattern. */
export function checkLike({ compared }: XppPlace, context: CheckContext): readonly Problem[] {
  if (compared?.relation !== 'like') return [];
  const { literal, isMirrored, comparison, field } = compared;
  if (literal.kind !== 'string') {
    return [
      {
        code: 'like-operand',
        span: literal.span,
        args: { text: literal.text, field: field.name },
        fixes: fixesOf(compared),
      },
    ];
  }
  if (isMirrored) {
    const text = `${textOf(context.source, field.span)} like ${literal.text}`;
    return [
      {
        code: 'like-operand',
        variant: 'reversed',
        span: comparison.span,
        args: { text: field.name },
        fixes: [{ title: 'swap-sides', edits: [{ span: comparison.span, text }], preferred: true }],
      },
    ];
  }
  return literal.value.length <= LONGEST_PATTERN
    ? []
    : [
        {
          code: 'long-pattern',
          span: literal.span,
          args: { count: literal.value.length, limit: LONGEST_PATTERN },
        },
      ];
}

/** A number may have been meant as a text or as a number; anything else has nothing to do with `like`. */
function fixesOf({ comparison, literal }: FieldComparison): readonly Fix[] {
  const isNumber = literal.kind === 'integer' || literal.kind === 'real';
  const equals = rewriting('replace-operator', comparison.operator.span, '==', !isNumber);
  return isNumber
    ? [rewriting('write-literal', literal.span, quoted(literal.text)), equals]
    : [equals];
}
