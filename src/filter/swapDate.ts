import type { Fix } from '../problem/problem.ts';
import type { Span } from '../text/span.ts';

/** Day and month have changed places (`dualwrite.md` 6, L3): the date the other way round. */
export const swapDate = (span: Span, text: string, preferred: boolean): Fix => ({
  title: 'swap-date',
  args: { text },
  edits: [{ span, text }],
  preferred,
});
