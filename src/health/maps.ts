import type { AnalysedDocument } from '../service/analysis.ts';
import { compareFilters, filterInLeg } from '../service/compareFilters.ts';
import type { Workspace } from '../service/workspace.ts';
import type { Configuration } from './configuration.ts';
import { type Finding, pairKey } from './finding.ts';

/** What runs, held against the maps of the workspace: the filter, and the version. */
export function checkMaps(
  configuration: Configuration,
  documents: readonly AnalysedDocument[],
  workspace: Workspace,
): readonly Finding[] {
  return [...filters(configuration, documents, workspace), ...versions(configuration, documents)];
}

/** QUERYFILTEREXPRESSION is the Finance and Operations filter at run time (`dualwrite.md` 1.6). */
function filters(
  { projects }: Configuration,
  documents: readonly AnalysedDocument[],
  workspace: Workspace,
): readonly Finding[] {
  const legs = documents.flatMap(({ map: { maps, sites } }) =>
    maps.flatMap((map) =>
      map.legs.map((leg) => ({
        leg,
        filter: sites.find((site) => site.leg === leg && site.side === 'fo')?.text.value ?? '',
      })),
    ),
  );
  return projects.flatMap((record): readonly Finding[] => {
    const { internal, external, filter, place } = record;
    if (filter === undefined) return [];
    const own = legs.filter(
      ({ leg }) => pairKey(leg.sourceSchema, leg.destinationSchema) === pairKey(internal, external),
    );
    // Several versions may lie side by side: one that says the same is enough.
    const compared = own.map(({ leg, filter: text }) =>
      compareFilters(
        filterInLeg('fo', filter, leg, workspace),
        filterInLeg('fo', text, leg, workspace),
      ),
    );
    const isDifferent = compared.length > 0 && compared.every(({ kind }) => kind === 'different');
    if (!isDifferent) return [];
    const args = { internal, external, running: shown(filter), here: shown(own[0]?.filter ?? '') };
    return [{ rule: 'filter-differs', place, args }];
  });
}

const shown = (filter: string): string => (filter.trim() === '' ? '–' : filter.trim());

/** The highest version is not the one that runs, unless the runtime configuration says so (`dualwrite.md` 1.1). */
function versions(
  { runtime, versions: saved }: Configuration,
  documents: readonly AnalysedDocument[],
): readonly Finding[] {
  const known = [
    ...saved.map(({ entities: [a, b], version }) => ({ pair: pairKey(a, b), version })),
    ...documents.flatMap(({ map }) =>
      map.maps.flatMap(({ version, legs }) =>
        version === undefined
          ? []
          : legs.map(({ sourceSchema, destinationSchema }) => ({
              pair: pairKey(sourceSchema, destinationSchema),
              version,
            })),
      ),
    ),
  ];
  return runtime.flatMap(
    ({ source, destination, version, isActive, place }): readonly Finding[] => {
      if (!isActive || version === '') return [];
      const newest = known
        .filter(({ pair }) => pair === pairKey(source, destination))
        .map((each) => each.version)
        .toSorted(byVersion)
        .at(-1);
      return newest === undefined || byVersion(version, newest) >= 0
        ? []
        : [{ rule: 'older-version', place, args: { source, destination, version, newest } }];
    },
  );
}

/** `1.0.0.10` is newer than `1.0.0.9`. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 4; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
