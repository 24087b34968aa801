import type { AnalysedFilter } from '../src/service/analysis.ts';
import {
  filterAtRequest,
  type FilterAtParams,
  type FilterAtResult,
  type FilterReference,
} from '../src/service/protocol/maps.ts';
import type { Place } from '../src/text/lines.ts';
import type { Feature } from './feature.ts';
import type { OpenDocument, Session } from './session.ts';
import { sqlUriOf } from './rows/sqlUris.ts';

/** What a tab that shows the filter is called. */
export const titleOf = ({ site }: AnalysedFilter): string =>
  site.leg === undefined
    ? 'filter'
    : site.side === 'fo'
      ? `${site.leg.sourceSchema} to ${site.leg.destinationSchema}`
      : `${site.leg.destinationSchema} to ${site.leg.sourceSchema}`;

export const isReference = (value: unknown): value is FilterReference =>
  typeof value === 'object' &&
  value !== null &&
  'uri' in value &&
  typeof value.uri === 'string' &&
  'index' in value &&
  typeof value.index === 'number';

export const filterOf = (
  document: OpenDocument | undefined,
  { index }: FilterReference,
): AnalysedFilter | undefined => document?.analysed.filterNumbered(index);

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
  const document = await session.open(uri);
  if (document === undefined) return null;
  const index = 'index' in params ? params.index : indexAt(document, params.position);
  const filter = document.analysed.filterNumbered(index);
  if (filter === undefined) return null;
  return { uri, index, sqlUri: sqlUriOf({ uri, index }, titleOf(filter)) };
}

/** The filter around a place, else the next one, else the last. */
function indexAt({ analysed, lines }: OpenDocument, place: Place): number {
  const found = analysed.filters.findIndex(({ span }) => {
    const { end } = lines.rangeOf(span);
    return end.line > place.line || (end.line === place.line && end.character >= place.character);
  });
  return found < 0 ? analysed.filters.length - 1 : found;
}
