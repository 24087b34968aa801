import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import { inDocument, placeAt } from '../place.ts';
import { isSame, mentionAt, mentionsBeside } from './mentions.ts';
import { allParts, rootPart } from './parts.ts';

/** `strong` where a filter reads a field, `weak` where a field mapping names it or a parenthesis has its partner. */
export interface Highlight {
  readonly strength: 'strong' | 'weak';
  readonly span: Span;
}

/** What belongs to what stands at an offset: the same name in its leg, or the partner of a parenthesis. */
export function highlightsAt(document: AnalysedDocument, offset: number): readonly Highlight[] {
  const found = mentionAt(document, offset);
  if (found === undefined) {
    return bracketsAt(document, offset).map((span) => ({ strength: 'weak', span }));
  }
  return mentionsBeside(document, found)
    .filter((mention) => isSame(mention, found))
    .map(({ place, span }): Highlight => ({
      strength: place === 'filter' ? 'strong' : 'weak',
      span,
    }))
    .toSorted((a, b) => a.span.start - b.span.start);
}

/** A parenthesis behind the caret counts before one in front of it, as editors match them. */
function bracketsAt(document: AnalysedDocument, offset: number): readonly Span[] {
  const place = placeAt(document, offset);
  const root = place === undefined ? undefined : rootPart(place.filter);
  if (place === undefined || root === undefined) return [];
  const pairs = allParts(root).flatMap(({ brackets }) =>
    brackets === undefined ? [] : [brackets],
  );
  for (const at of [place.offset, place.offset - 1]) {
    const pair = pairs.find(({ open, close }) => open === at || close === at);
    if (pair === undefined) continue;
    return [pair.open, pair.close].map((start) =>
      inDocument(place.filter, { start, end: start + 1 }),
    );
  }
  return [];
}
