import type { Problem } from '../problem/problem.ts';
import type { Span } from '../text/span.ts';

/**
 * How deep parentheses may nest. Parsers of this kind recurse per level; past a few hundred levels the
 * stack of an editor's process is at risk, and no person wrote the filter (`performance.md` 6).
 */
export const DEEPEST_NESTING = 500;

export const nestsTooDeep = (span: Span): Problem => ({
  code: 'too-deep',
  span,
  args: { limit: DEEPEST_NESTING },
});
