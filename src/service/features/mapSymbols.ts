import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';

/** A map or filter as it is found among those of the workspace. */
export interface MapSymbol {
  readonly kind: 'map' | 'filter';
  readonly name: string;
  /** What it stands in. */
  readonly container: string;
  readonly span: Span;
}

/** The maps and filters of a document whose name holds the letters of `query` in their order, case aside. */
export function mapSymbolsOf(document: AnalysedDocument, query: string): readonly MapSymbol[] {
  const file = decodeURIComponent(document.document.uri.split('/').at(-1) ?? '');
  const maps = document.map.maps.map(({ name, span }): MapSymbol => ({
    kind: 'map',
    name: name || file,
    container: file,
    span,
  }));
  const filters = document.filters
    .filter(({ site }) => site.text.value.trim() !== '')
    .map((filter) => filterSymbol(filter, file));
  return [...maps, ...filters].filter(({ name }) => matches(name, query));
}

function filterSymbol({ site, span }: AnalysedFilter, file: string): MapSymbol {
  const { side, leg } = site;
  const names =
    leg === undefined
      ? []
      : side === 'fo'
        ? [leg.sourceSchema, leg.destinationSchema]
        : [leg.destinationSchema, leg.sourceSchema];
  return { kind: 'filter', name: names.join(' → ') || file, container: file, span };
}

function matches(name: string, query: string): boolean {
  const text = name.toLowerCase();
  let from = 0;
  for (const letter of query.toLowerCase().replaceAll(/\s+/gu, '')) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
