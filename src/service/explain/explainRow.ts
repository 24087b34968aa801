import type { Condition } from '../../filter/meaning/condition.ts';
import { evaluateWithoutNull, type Row } from '../../filter/meaning/evaluate.ts';
import { type Explained, explain } from '../../filter/meaning/explain.ts';
import type { Cell, Truth } from '../../filter/meaning/values.ts';
import type { Translate } from '../../problem/message.ts';
import { comparisonInWords } from './inWords.ts';

/** A row under a filter as a tree to show: data alone, so that it can be sent. */
export interface RowExplained {
  readonly verdict: 'kept' | 'dropped' | 'lostToNull' | 'unknown';
  /** What became of the row, as a sentence. */
  readonly sentence: string;
  readonly root: ExplainedPart;
}

/** A part of the filter: as it is written, as it reads, what it answers. */
export interface ExplainedPart {
  readonly kind: 'all' | 'any' | 'not' | 'comparison' | 'every' | 'unreadable';
  readonly written: string;
  readonly label: string;
  readonly truth: 'true' | 'false' | 'unknown';
  readonly decides: boolean;
  readonly cells: readonly { readonly field: string; readonly shown: string }[];
  readonly parts: readonly ExplainedPart[];
}

/**
 * @param source the filter as written, which the spans of the condition point into.
 * @param number what the row is called in its file.
 */
export function explainRow(
  condition: Condition,
  source: string,
  row: Row,
  number: number,
  translate: Translate,
): RowExplained {
  const explained = explain(condition, row);
  const verdict = verdictOf(explained.truth, evaluateWithoutNull(condition, row));
  return {
    verdict,
    sentence: translate(`explain.${verdict}`, { row: number }),
    root: partOf(explained, source, translate),
  };
}

function verdictOf(truth: Truth, withoutNull: Truth): RowExplained['verdict'] {
  if (truth === true) return 'kept';
  if (withoutNull === true) return 'lostToNull';
  return truth === false ? 'dropped' : 'unknown';
}

const KINDS = {
  and: 'all',
  or: 'any',
  not: 'not',
  comparison: 'comparison',
  always: 'every',
  unreadable: 'unreadable',
} as const;

function partOf(explained: Explained, source: string, translate: Translate): ExplainedPart {
  const { condition, truth, decides, cells, terms } = explained;
  const written = source.slice(condition.span.start, condition.span.end).replaceAll(/\s+/gu, ' ');
  return {
    kind: KINDS[condition.kind],
    written,
    label: labelOf(condition, written, translate),
    truth: truth === undefined ? 'unknown' : truth ? 'true' : 'false',
    decides,
    cells: cells.map(({ field, cell }) => ({ field, shown: cellText(cell, translate) })),
    parts: terms.map((term) => partOf(term, source, translate)),
  };
}

function labelOf(condition: Condition, written: string, translate: Translate): string {
  switch (condition.kind) {
    case 'and':
      return translate('explain.all');
    case 'or':
      return translate('explain.any');
    case 'not':
      return translate('explain.not');
    case 'comparison':
      return comparisonInWords(condition, false, translate);
    case 'always':
      return translate('words.everyRow');
    case 'unreadable':
      return written;
  }
}

/** NULL, the empty text and blanks look alike unless they are told. */
function cellText(cell: Cell, translate: Translate): string {
  if (cell === null) return translate('explain.null');
  if (cell === '') return translate('explain.empty');
  return /^ +$/u.test(cell)
    ? translate('explain.blanks', { count: cell.length })
    : translate('words.quoted', { text: cell });
}

/** The same as lines of text: a tree drawn with signs that a terminal shows. */
export function explainedAsText({ sentence, root }: RowExplained, translate: Translate): string {
  const lines = [sentence];
  const add = (part: ExplainedPart, lead: string, below: string): void => {
    const cells = part.cells.map(({ field, shown }) => `${field} = ${shown}`);
    const truth = translate(`explain.truth.${part.truth}`);
    const said = translate('explain.part', { label: part.label, truth });
    const notes = [...cells, ...(part.decides ? [translate('explain.decides')] : [])];
    lines.push(
      `${lead}${MARKS[part.truth]} ${said}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
    );
    for (const [index, child] of part.parts.entries()) {
      const isLast = index === part.parts.length - 1;
      add(child, `${below}${isLast ? '└ ' : '├ '}`, `${below}${isLast ? '  ' : '│ '}`);
    }
  };
  add(root, '', '');
  return `${lines.join('\n')}\n`;
}

const MARKS = { true: '✓', false: '✗', unknown: '?' } as const;
