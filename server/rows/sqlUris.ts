import type { FilterReference } from '../../src/service/protocol/maps.ts';
import { sqlScheme } from '../../src/service/protocol/maps.ts';

/** The address of a generated statement names the filter it belongs to; the path is what a tab shows. */
export const sqlUriOf = ({ uri, index }: FilterReference, name: string): string =>
  `${sqlScheme}:/${encodeURIComponent(name)}.sql?${encodeURIComponent(JSON.stringify({ uri, index }))}`;

export function filterOfSqlUri(sqlUri: string): FilterReference | undefined {
  const query = sqlUri.split('?')[1];
  if (query === undefined) return undefined;
  try {
    const { uri, index } = JSON.parse(decodeURIComponent(query)) as Partial<FilterReference>;
    return typeof uri === 'string' && typeof index === 'number' ? { uri, index } : undefined;
  } catch {
    // Somebody else's address under our scheme.
    return undefined;
  }
}
