import { toDecoded, toDocument } from '../text/embedded.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { AnalysedDocument } from './analysis.ts';
import type { AnalysedFilter } from './analysed.ts';

/**
 * A place inside a filter, counted in the filter's own text. Every editor feature starts here and ends with
 * `inDocument` or `editInDocument`, so it behaves alike in a file of its own, in a JSON string and in XML.
 */
export interface FilterPlace {
  readonly filter: AnalysedFilter;
  /** Which of the document's filters it is. */
  readonly index: number;
  readonly offset: number;
}

/** The filter around an offset of the document; its two ends belong to it. */
export function placeAt(document: AnalysedDocument, offset: number): FilterPlace | undefined {
  const index = document.numberAround(offset);
  const filter = index === undefined ? undefined : document.filterNumbered(index);
  return index === undefined || filter === undefined
    ? undefined
    : { filter, index, offset: toDecoded(filter.site.text, offset) };
}

export const inDocument = ({ site }: AnalysedFilter, span: Span): Span =>
  toDocument(site.text, span);

/** An edit of a filter as an edit of its document, escaped again for every layer. */
export const editInDocument = ({ site }: AnalysedFilter, edit: Edit): Edit => ({
  span: toDocument(site.text, edit.span),
  text: site.text.encode(edit.text),
});
