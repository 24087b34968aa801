import type { ProblemCode } from '../../problem/catalogue.ts';
import type { Translate } from '../../problem/message.ts';
import { applyEdits, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { analyse, type AnalysedDocument } from '../analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../diagnostics.ts';
import { editInDocument } from '../place.ts';
import type { Workspace } from '../workspace.ts';

/**
 * The edits after which nothing is left in this document that can be fixed in passing. A fix may uncover the next one, so they are
 * applied to a copy until none is; what is answered is the difference, at most one edit per filter.
 * Changes of other files, such as a computed column, are nobody's to make in passing.
 */
export function fixAllEdits(
  document: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Edit[] {
  let current = document;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = fixedOnce(current, workspace, translate);
    if (next === undefined) break;
    current = next;
  }
  return differenceOf(document, current);
}

/** Applies the fixes that help; undefined where none does. */
function fixedOnce(
  before: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): AnalysedDocument | undefined {
  const diagnostics = diagnosticsOf(before, translate).filter(isFixable);
  const applied = (wanted: readonly Diagnostic[]): AnalysedDocument | undefined => {
    const edits = compatible(wanted.map(preferredEdits));
    if (edits.length === 0) return undefined;
    const text = applyEdits(before.document.text, edits);
    return analyse({ ...before.document, text }, workspace);
  };
  const after = applied(diagnostics);
  if (after === undefined) return undefined;
  const left = countsOf(diagnosticsOf(after, translate).filter(isFixable));
  const had = countsOf(diagnostics);
  // A `)` added behind a text that is never closed is part of that text and closes nothing.
  const helpful = diagnostics.filter(({ code }) => (left.get(code) ?? 0) < (had.get(code) ?? 0));
  return helpful.length === diagnostics.length ? after : applied(helpful);
}

function countsOf(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/**
 * What may be fixed in passing, as on save: what could not be read, and what reads the same afterwards. A fix that
 * changes which rows are kept is for a person to choose.
 */
const isFixable = (diagnostic: Diagnostic): boolean =>
  (diagnostic.phase !== 'semantic' || SAME_MEANING.has(diagnostic.code)) &&
  preferredEdits(diagnostic).length > 0;

const SAME_MEANING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'outer-parentheses',
  'bare-comparison',
  'single-equals',
  'duplicate-comparison',
  'unused-suppression',
]);

/** Whether there is anything to fix, which takes less time than the edits. */
export const hasFixes = (document: AnalysedDocument, translate: Translate): boolean =>
  diagnosticsOf(document, translate).some(isFixable);

/** Two fixes that undid each other would go on for ever. */
const MOST_ROUNDS = 32;

function preferredEdits({ problem, filter }: Diagnostic): readonly Edit[] {
  const edits = problem.fixes?.find(({ preferred }) => preferred === true)?.edits ?? [];
  return filter === undefined ? edits : edits.map((edit) => editInDocument(filter, edit));
}

/** Fixes that leave one another alone, the first ones first; equal insertions at one place add up, as `)` does. */
function compatible(fixes: readonly (readonly Edit[])[]): readonly Edit[] {
  // In the order of their places: a filter may have ten thousand mistakes.
  const accepted: Edit[] = [];
  for (const edits of fixes) {
    if (!edits.every((edit) => isFree(edit, accepted))) continue;
    for (const edit of edits) accepted.splice(indexBehind(accepted, edit.span.start), 0, edit);
  }
  return accepted;
}

function isFree(edit: Edit, accepted: readonly Edit[]): boolean {
  const index = indexBehind(accepted, edit.span.start);
  const before = accepted[index - 1];
  const after = accepted[index];
  if (after !== undefined && after.span.start <= edit.span.end) return false;
  if (before === undefined || before.span.end < edit.span.start) return true;
  return isInsertion(before) && isInsertion(edit) && before.text === edit.text;
}

/** Where an edit that starts at an offset goes: behind those that start there or before. */
function indexBehind(edits: readonly Edit[], start: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.span.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isInsertion = ({ span }: Edit): boolean => span.start === span.end;

function differenceOf(before: AnalysedDocument, after: AnalysedDocument): readonly Edit[] {
  const old = before.document.text;
  const text = after.document.text;
  if (old === text) return [];
  if (isSameAround(before, after)) {
    return before.filters.flatMap(({ span }, index) => {
      const now = after.filters[index]?.span ?? { start: 0, end: 0 };
      return trimmed(old, span, text.slice(now.start, now.end));
    });
  }
  return trimmed(old, { start: 0, end: old.length }, text);
}

/** Whether nothing but filters changed, so that each can be replaced on its own. */
function isSameAround(before: AnalysedDocument, after: AnalysedDocument): boolean {
  const old = textAround(before);
  const now = textAround(after);
  return old.length === now.length && old.every((text, index) => text === now[index]);
}

function textAround({ document, filters }: AnalysedDocument): readonly string[] {
  const spans = filters.map(({ span }) => span);
  return [...spans, { start: document.text.length, end: document.text.length }].map((span, index) =>
    document.text.slice(spans[index - 1]?.end ?? 0, span.start),
  );
}

/** Replaces no more than what differs, so that a caret stays where it is. */
function trimmed(old: string, span: Span, text: string): readonly Edit[] {
  const before = old.slice(span.start, span.end);
  if (before === text) return [];
  const least = Math.min(before.length, text.length);
  let start = 0;
  while (start < least && before[start] === text[start]) start++;
  // No edit begins or ends inside a pair of surrogates.
  if (isHighSurrogate(before, start - 1)) start--;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  if (isHighSurrogate(before, before.length - end - 1)) end--;
  return [
    {
      span: { start: span.start + start, end: span.end - Math.max(0, end) },
      text: text.slice(start, text.length - Math.max(0, end)),
    },
  ];
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = index < 0 ? 0 : text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
