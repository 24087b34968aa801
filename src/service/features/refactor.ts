import {
  addParenthesesOData,
  negateOData,
  removeParenthesesOData,
  resolveNegationOData,
  sortAlternativesOData,
} from '../../filter/convert/refactorOData.ts';
import {
  addParenthesesXpp,
  doubleEqualsXpp,
  negateXpp,
  parenthesiseXpp,
  removeParenthesesXpp,
  resolveNegationXpp,
  sortAlternativesXpp,
} from '../../filter/convert/refactorXpp.ts';
import type { Side } from '../../map/model.ts';
import { catalogue } from '../../problem/catalogue.ts';
import type { Translate } from '../../problem/message.ts';
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import { editInDocument } from '../place.ts';
import type { Workspace } from '../workspace.ts';
import { formatEdits } from './formatting.ts';
import { otherSideOf } from './otherSide.ts';

/** Another way to write a filter, or why there is none. Edits count in the document. */
export interface Refactoring {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** A sentence; set where a person may expect the refactoring and it can't be. */
  readonly impossible?: string;
}

type Rewrite = (source: string, selection: Span) => readonly Edit[];

/** In the order of the menu; the names are the messages `refactor.NAME`. All but `negate` keep the meaning. */
const REWRITES: Readonly<Record<Side, readonly (readonly [name: string, Rewrite])[]>> = {
  fo: [
    ['parenthesise', parenthesiseXpp],
    ['add-parentheses', addParenthesesXpp],
    ['remove-parentheses', removeParenthesesXpp],
    ['double-equals', doubleEqualsXpp],
    ['negate', negateXpp],
    ['resolve-negation', resolveNegationXpp],
    ['sort-alternatives', sortAlternativesXpp],
  ],
  dataverse: [
    ['add-parentheses', addParenthesesOData],
    ['remove-parentheses', removeParenthesesOData],
    ['negate', negateOData],
    ['resolve-negation', resolveNegationOData],
    ['sort-alternatives', sortAlternativesOData],
  ],
};

/**
 * What can be rewritten at a selection, counted in the filter's own text. A filter with a mistake in it is left
 * alone: nobody knows what it means.
 */
export function refactoringsAt(
  filter: AnalysedFilter,
  selection: Span,
  document: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Refactoring[] {
  if (isBroken(filter)) return [];
  const { side, text } = filter.site;
  const rewritten = REWRITES[side].map(([name, rewrite]): Refactoring => ({
    title: translate(`refactor.${name}`),
    edits: rewrite(text.value, selection).map((edit) => editInDocument(filter, edit)),
  }));
  return [
    ...rewritten,
    formatted(filter, document, translate),
    ...otherSide(filter, document, workspace, translate),
  ].filter(({ edits, impossible }) => edits.length > 0 || impossible !== undefined);
}

const isBroken = ({ parsed, problems }: AnalysedFilter): boolean =>
  parsed.expression === undefined ||
  problems.some(
    ({ code }) => catalogue[code].phase !== 'semantic' && catalogue[code].severity === 'error',
  );

/** Inside JSON and XML the editor's own formatter has the document, so the filter has this. */
const formatted = (
  filter: AnalysedFilter,
  document: AnalysedDocument,
  translate: Translate,
): Refactoring => ({
  title: translate('refactor.format'),
  edits:
    document.map.kind === 'filter'
      ? []
      : formatEdits(document, { tabSize: 2, insertSpaces: true }, filter.span),
});

/** What the filter says, said in the empty filter on the other side of the leg. */
function otherSide(
  filter: AnalysedFilter,
  document: AnalysedDocument,
  workspace: Workspace,
  translate: Translate,
): readonly Refactoring[] {
  const other = otherSideOf(filter, document, workspace);
  if (other === undefined) return [];
  const { target, conversion } = other;
  const title = translate(`refactor.fill.${target.site.side}`);
  if (conversion.kind === 'impossible') {
    const { code, field = '', span } = conversion.reason;
    const text = filter.site.text.value.slice(span.start, span.end);
    return [{ title, edits: [], impossible: translate(`convert.${code}`, { field, text }) }];
  }
  const span = { start: 0, end: target.site.text.value.length };
  return conversion.text === ''
    ? []
    : [{ title, edits: [editInDocument(target, { span, text: conversion.text })] }];
}
