import {
  filterAtRequest,
  type FilterAtParams,
  type FilterAtResult,
} from '../src/service/protocol/maps.ts';
import type { Place } from '../src/text/lines.ts';
import { isProjectFile } from '../src/workspace/kinds.ts';
import type { Feature } from './feature.ts';
import { titleOf } from './filterReference.ts';
import type { OpenDocument, Session } from './session.ts';
import { sqlUriOf } from './rows/sqlUris.ts';

export const filterAtPlace: Feature = {
  capabilities: {},
  register: ({ connection, session, handle }) =>
    connection.onRequest<FilterAtResult | null, never>(
      filterAtRequest,
      handle<FilterAtParams, FilterAtResult | null>('filter at a place', null, (params) =>
        filterAt(session, params),
      ),
    ),
};

async function filterAt(session: Session, params: FilterAtParams): Promise<FilterAtResult | null> {
  const { uri } = params;
  if (isProjectFile(uri)) {
    // Its filters are known by number to the thread that has its records.
    if (!('index' in params)) return null;
    const { index } = params;
    const name = decodeURIComponent(uri.split('/').at(-1) ?? '').replace(/\.sync\.jsonc?$/iu, '');
    return { uri, index, sqlUri: sqlUriOf({ uri, index }, name) };
  }
  const document = await session.open(uri);
  if (document === undefined) return null;
  const index = 'index' in params ? params.index : indexAt(document, params.position);
  const filter = document.analysed.filterNumbered(index);
  if (filter === undefined) return null;
  return { uri, index, sqlUri: sqlUriOf({ uri, index }, titleOf(filter)) };
}

/** The filter around a place, else the one before it on its line, else the next one, else the last. */
function indexAt({ analysed, lines }: OpenDocument, place: Place): number {
  const found = analysed.filters.findIndex(({ span }) => {
    const { end } = lines.rangeOf(span);
    return end.line > place.line || (end.line === place.line && end.character >= place.character);
  });
  if (found < 0) return analysed.filters.length - 1;
  const [before, next] = [found - 1, found].map((index) => {
    const filter = analysed.filters[index];
    return filter && lines.rangeOf(filter.span);
  });
  // Behind its closing quote one still means the filter of this line, and not that of the next one.
  const isBehind = before?.end.line === place.line && (next?.start.line ?? 0) > place.line;
  return isBehind ? found - 1 : found;
}
