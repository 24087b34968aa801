import type { IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { swapDate } from '../swapDate.ts';
import { type DateParts, isDate } from './dates.ts';

export const swapped = ([day = 0, month = 0, year = 0]: DateParts): DateParts => [month, day, year];

/**
 * No such day; where day and month have only changed places (`dualwrite.md` 6, L3), with the day that was meant.
 *
 * @param write how the token puts a day, a month and a year.
 */
export function invalidDate(
  { image }: IToken,
  span: Span,
  parts: DateParts,
  variant: string,
  write: (parts: DateParts) => string,
): Problem {
  const problem: Problem = { code: 'invalid-date', span, args: { text: image } };
  const meantParts = swapped(parts);
  if (!isDate(meantParts)) return problem;
  const meant = write(meantParts);
  return {
    ...problem,
    variant,
    args: { text: image, month: parts[1] ?? 0, meant },
    fixes: [swapDate(span, meant, true)],
  };
}
