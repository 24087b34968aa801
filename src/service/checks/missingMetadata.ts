import { nullLosses } from '../../filter/meaning/nullLoss.ts';
import type { Problem } from '../../problem/problem.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { Workspace } from '../workspace.ts';

/**
 * One hint per document where rows may be lost and nobody can tell, because the entity is not among the
 * metadata. Filters that could lose nothing ask for no metadata.
 */
export function checkMissingMetadata(
  filters: readonly AnalysedFilter[],
  { metadata, isIndexing }: Workspace,
): readonly Problem[] {
  if (isIndexing === true) return [];
  const first = filters.find(
    ({ site, meaning, resolution }) =>
      site.side === 'fo' &&
      site.leg !== undefined &&
      resolution.kind !== 'found' &&
      nullLosses(meaning, () => true).length > 0,
  );
  const leg = first?.site.leg;
  if (first === undefined || leg === undefined) return [];
  const variant = first.resolution.kind === 'ambiguous' ? 'ambiguous' : 'unknown';
  return [
    {
      code: 'metadata-missing',
      variant: metadata.hasEntities ? variant : 'none',
      span: leg.sourceSchemaSpan ?? first.span,
      args: {
        label: leg.sourceSchema,
        names: first.resolution.kind === 'ambiguous' ? first.resolution.names.join(', ') : '',
      },
    },
  ];
}
