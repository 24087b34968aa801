import type { Problem } from '../../problem/problem.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { Workspace } from '../workspace.ts';

/** Says which of several entities of one name counts, where a filter depends on it. Once per entity. */
export function checkDuplicates(
  filters: readonly AnalysedFilter[],
  { metadata }: Workspace,
): readonly Problem[] {
  const told = new Set<string>();
  return filters.flatMap(({ site, span, resolution }): readonly Problem[] => {
    if (resolution.kind !== 'found' || site.side !== 'fo' || site.text.value.trim() === '') {
      return [];
    }
    const { name, origin } = resolution.entity;
    const [other] = metadata.duplicatesOf(name);
    if (other === undefined || told.has(name)) return [];
    told.add(name);
    return [
      {
        code: 'metadata-duplicate',
        span: site.leg?.sourceSchemaSpan ?? span,
        args: { entity: name, taken: modelOf(origin.uri), other: modelOf(other.origin.uri) },
        related: [
          { ...origin, message: 'entity-taken', args: { entity: name } },
          { ...other.origin, message: 'entity-ignored', args: { entity: name } },
        ],
      },
    ];
  });
}

/** The model is the folder around `AxDataEntityView`; the package around it tells models of one name apart. */
const modelOf = (uri: string): string =>
  uri.split('/').slice(0, -2).slice(-2).map(decoded).join('/');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
