import type { Problem } from '../../../problem/problem.ts';
import { isODataDate } from '../dates.ts';
import type { ODataPlace } from '../visit.ts';
import { columnComparison, isGuidText, rewriting } from './check.ts';

/**
 * A date or a lookup's GUID in quotes. Microsoft's own examples quote them, against its own Web API reference
 * (`dualwrite.md` 3.1, L5): information, no more. Quoted numbers stay silent, as many columns hold text.
 */
export function checkQuotedValue({ expression }: ODataPlace): readonly Problem[] {
  const compared = columnComparison(expression);
  if (compared?.literal.kind !== 'string') return [];
  const { column, literal } = compared;
  const isLookup = /^_\w+_value$/u.test(column.name);
  const variant = isODataDate(literal.value)
    ? 'date'
    : isLookup && isGuidText(literal.value)
      ? 'guid'
      : undefined;
  if (variant === undefined) return [];
  return [
    {
      code: 'quoted-value',
      span: literal.span,
      variant,
      args: { text: literal.text },
      fixes: [rewriting('remove-quotes', literal.span, literal.value)],
    },
  ];
}
