import type { Fix, Problem } from '../../../problem/problem.ts';
import { type Span, textOf } from '../../../text/span.ts';
import type { XppExpression } from '../ast.ts';
import type { XppPlace } from '../places.ts';

export interface CheckContext {
  readonly source: string;
  /** Whether a name is known to be a field, so that it is no misplaced word. */
  readonly isField: (name: string) => boolean;
}

/** One question asked of every place of a filter. */
export type Check = (place: XppPlace, context: CheckContext) => readonly Problem[];

/** One question asked of a filter as a whole. */
export type WholeCheck = (root: XppExpression, context: CheckContext) => readonly Problem[];

/** A fix that writes something else in one place. */
export const rewriting = (title: string, span: Span, text: string, preferred = false): Fix => ({
  title,
  args: { text },
  edits: [{ span, text }],
  ...(preferred ? { preferred } : {}),
});

/** A text literal, in the quotes of another one where there is one. */
export function quoted(text: string, like = '"'): string {
  const quote = like.startsWith("'") ? "'" : '"';
  return (
    quote + text.replaceAll(/["'\\]/gu, (c) => (c === quote || c === '\\' ? `\\${c}` : c)) + quote
  );
}

const LONGEST_QUOTE = 60;

/** A part of the filter the way a message quotes it: on one line and not too long. */
export function quotedPart(source: string, span: Span): string {
  const text = textOf(source, { start: span.start, end: Math.min(span.end, span.start + 200) })
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
