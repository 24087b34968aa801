import {
  DocumentHighlightKind,
  type FoldingRange,
  type Position,
  type SelectionRange,
} from 'vscode-languageserver';
import { foldsOf } from '../../src/service/features/folding.ts';
import { highlightsAt } from '../../src/service/features/highlights.ts';
import { selectionsAt } from '../../src/service/features/selection.ts';
import type { Feature } from '../feature.ts';
import { filterPlaceAt, rangeInDocument } from '../places.ts';
import type { OpenDocument } from '../session.ts';

export const folding: Feature = {
  capabilities: { foldingRangeProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onFoldingRanges(
      handle('folding', [], async ({ textDocument: { uri } }) => {
        const document = await session.open(uri);
        return document === undefined ? [] : foldingRangesOf(document);
      }),
    ),
};

/** The line with the closing parenthesis stays visible; of two that begin on one line the outer one folds. */
function foldingRangesOf({ analysed, lines }: OpenDocument): FoldingRange[] {
  const byStart = new Map<number, FoldingRange>();
  for (const span of foldsOf(analysed)) {
    const startLine = lines.placeOf(span.start).line;
    const endLine = lines.placeOf(span.end).line - 1;
    if (endLine > startLine && !byStart.has(startLine)) {
      byStart.set(startLine, { startLine, endLine });
    }
  }
  return [...byStart.values()];
}

export const selectionRanges: Feature = {
  capabilities: { selectionRangeProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onSelectionRanges(
      handle<
        { readonly textDocument: { readonly uri: string }; readonly positions: Position[] },
        SelectionRange[] | null
      >('selection ranges', null, async ({ textDocument: { uri }, positions }) => {
        const document = await session.open(uri);
        return document === undefined
          ? null
          : positions.map((position) => selectionRangeAt(document, position));
      }),
    ),
};

/** The protocol asks for one answer per position; outside every filter it is the position itself. */
function selectionRangeAt(document: OpenDocument, position: Position): SelectionRange {
  const place = filterPlaceAt(document, position);
  if (place === undefined) return { range: { start: position, end: position } };
  const outermost = selectionsAt(place).reduceRight<SelectionRange | undefined>(
    (parent, span) => ({
      range: rangeInDocument(document, place.filter, span),
      ...(parent === undefined ? {} : { parent }),
    }),
    undefined,
  );
  return outermost ?? { range: { start: position, end: position } };
}

export const highlights: Feature = {
  capabilities: { documentHighlightProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onDocumentHighlight(
      handle('highlights', [], async ({ textDocument: { uri }, position }) => {
        const document = await session.open(uri);
        if (document === undefined) return [];
        const { analysed, lines } = document;
        return highlightsAt(analysed, lines.offsetOf(position)).map(({ strength, span }) => ({
          range: lines.rangeOf(span),
          kind: strength === 'strong' ? DocumentHighlightKind.Read : DocumentHighlightKind.Text,
        }));
      }),
    ),
};
