import type { Problem } from '../../../problem/problem.ts';
import { isODataDate } from '../dates.ts';
import type { ODataPlace } from '../visit.ts';
import { isGuidText, rewriting } from './check.ts';

/**
 * A date or a lookup's GUID in quotes. Microsoft's own examples quote them, against its own Web API reference
 * (`dualwrite.md` 3.1, L5): information, no more. Quoted numbers stay silent, as many columns hold text.
 */
export function checkQuotedValue({ compared }: ODataPlace): readonly Problem[] {
  if (compared?.literal.kind !== 'string') return [];
  const { column, literal } = compared;
  const variant = isODataDate(literal.value)
    ? 'date'
    : isGuidText(literal.value) && /^_\w+_value$/u.test(column.name)
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
