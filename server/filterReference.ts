import type { AnalysedFilter } from '../src/service/analysed.ts';
import type { FilterReference } from '../src/service/protocol/maps.ts';
import type { OpenDocument } from './session.ts';

/** What a tab that shows the filter is called. */
export const titleOf = ({ site }: AnalysedFilter): string =>
  site.leg === undefined
    ? 'filter'
    : site.side === 'fo'
      ? `${site.leg.sourceSchema} → ${site.leg.destinationSchema}`
      : `${site.leg.destinationSchema} → ${site.leg.sourceSchema}`;

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
