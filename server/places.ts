import type { Position, Range } from 'vscode-languageserver';
import { type FilterPlace, inDocument, placeAt } from '../src/service/place.ts';
import type { AnalysedFilter } from '../src/service/analysed.ts';
import type { Span } from '../src/text/span.ts';
import type { OpenDocument } from './session.ts';

/** The place of a caret inside a filter; undefined outside every filter. */
export const filterPlaceAt = (
  { analysed, lines }: OpenDocument,
  position: Position,
): FilterPlace | undefined => placeAt(analysed, lines.offsetOf(position));

/** A place of a filter as the editor counts. */
export const rangeInDocument = (
  { lines }: OpenDocument,
  filter: AnalysedFilter,
  span: Span,
): Range => lines.rangeOf(inDocument(filter, span));
