import type { IToken } from 'chevrotain';
import type { Span } from '../text/span.ts';

/** Chevrotain's end offset is inclusive, and absent where it tracks no positions. */
export const spanOfToken = (token: IToken): Span => ({
  start: token.startOffset,
  end: token.startOffset + token.image.length,
});
