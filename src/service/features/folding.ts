import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import { inDocument } from '../place.ts';
import { allParts, rootPart } from './parts.ts';

/**
 * The parentheses of a filter that reach over lines, from `(` to `)`. In a file of its own alone: inside JSON a
 * filter is one line, and the folding of JSON is its own editor's business.
 */
export function foldsOf({ map, document, filters }: AnalysedDocument): readonly Span[] {
  if (map.kind !== 'filter') return [];
  return filters.flatMap((filter) => {
    const root = rootPart(filter);
    return (root === undefined ? [] : allParts(root))
      .flatMap(({ brackets }) =>
        brackets === undefined ? [] : [{ start: brackets.open, end: brackets.close + 1 }],
      )
      .map((span) => inDocument(filter, span))
      .filter(({ start, end }) => /[\r\n]/u.test(document.text.slice(start, end)));
  });
}
