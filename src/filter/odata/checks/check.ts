import type { Fix, Problem } from '../../../problem/problem.ts';
import type { Span } from '../../../text/span.ts';
import type { ODataComparison, ODataExpression } from '../ast.ts';
import type { ODataPlace } from '../visit.ts';

/** One question asked of every place of a filter. */
export type Check = (place: ODataPlace, context: CheckContext) => readonly Problem[];

export interface CheckContext {
  readonly source: string;
  /** What a logical node says of NULL in its columns, kept because each comparison below it asks. */
  readonly decided: Map<ODataExpression, ReadonlySet<string>>;
}

export const isOrdered = ({ operator }: ODataComparison): boolean =>
  ['gt', 'ge', 'lt', 'le'].includes(operator.name);

export const isGuidText = (text: string): boolean =>
  text.length === GUID_LENGTH && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text);

const GUID_LENGTH = 36;

/** A fix that writes something else in one place. */
export const rewriting = (title: string, span: Span, text: string, preferred = true): Fix => ({
  title,
  args: { text },
  edits: [{ span, text }],
  ...(preferred ? { preferred } : {}),
});
