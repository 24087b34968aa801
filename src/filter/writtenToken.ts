import type { Span } from '../text/span.ts';

/** A token as those see it who do not parse: names instead of Chevrotain's types, which are loaded with Chevrotain. */
export interface WrittenToken<Name> {
  /** Undefined for one that nobody asks for by name. */
  readonly type: Name | undefined;
  readonly category: Name | undefined;
  readonly text: string;
  readonly span: Span;
}
