import { once } from '../../filter/once.ts';
import { sharedFields, sharedRow } from '../../filter/meaning/sharedRow.ts';
import type { Cell } from '../../filter/meaning/values.ts';
import type { Problem } from '../../problem/problem.ts';
import { type LegFilter, MOST_SIBLINGS } from './legFilters.ts';
import { checkSharedTables } from './sharedTables.ts';

/**
 * Several maps of one entity, or of one table of Dataverse, share its rows out by their filters: each row should go
 * through one of them (`dualwrite.md` section 6, F12). Filters that ask for different fields divide nothing, as those of
 * Microsoft's contacts don't, so that only a field which all of them ask for gives rise to anything.
 *
 * @param own the filters of the document that is looked at; places count in it.
 * @param elsewhere those of other documents. Versions and copies of one map are no siblings.
 */
export function checkSiblings(
  own: readonly LegFilter[],
  elsewhere: readonly LegFilter[],
): readonly Problem[] {
  return [
    ...groupsOf(own, elsewhere).flatMap(({ mine, others }) => [
      ...checkOverlaps(mine, others),
      ...checkGap(mine, others),
    ]),
    ...checkSharedTables(own, elsewhere),
  ];
}

/**
 * Whether `checkSiblings` finds nothing, whatever is typed in the filters: entities, tables and versions alone decide
 * who is compared with whom.
 */
export const areAlone = (own: readonly LegFilter[], elsewhere: readonly LegFilter[]): boolean =>
  groupsOf(own, elsewhere).length === 0 && checkSharedTables(own, elsewhere).length === 0;

/** Maps of one entity on one side. */
interface Group {
  /** Those of the document. */
  readonly mine: readonly LegFilter[];
  readonly others: readonly LegFilter[];
}

/** What siblings have in common: the entity, or the table of Dataverse. */
export const sharedName = ({ side, entity, table }: LegFilter): string =>
  `${side}\0${side === 'fo' ? entity : table}`;

const pairName = ({ side, entity, table }: LegFilter): string => `${side}\0${entity}\0${table}`;

function groupsOf(own: readonly LegFilter[], elsewhere: readonly LegFilter[]): readonly Group[] {
  const groups = new Map<string, { mine: LegFilter[]; others: LegFilter[] }>();
  for (const leg of newest(own).filter((each) => !isOutdated(each, elsewhere))) {
    const group = groups.get(sharedName(leg)) ?? { mine: [], others: [] };
    group.mine.push(leg);
    groups.set(sharedName(leg), group);
  }
  const known = new Set(own.map(pairName));
  const wanted = elsewhere.filter(
    (leg) => groups.has(sharedName(leg)) && !known.has(pairName(leg)),
  );
  for (const leg of nearest(wanted, own[0]?.uri ?? ''))
    groups.get(sharedName(leg))?.others.push(leg);
  return [...groups.values()].filter(
    ({ mine, others }) =>
      mine.length + others.length > 1 && mine.length + others.length <= MOST_SIBLINGS,
  );
}

/** Of the versions of a map in one document the highest; legs of one map stay together. */
function newest(legs: readonly LegFilter[]): readonly LegFilter[] {
  const taken = new Map<string, LegFilter>();
  for (const leg of legs) {
    const before = taken.get(pairName(leg));
    if (before === undefined || compareVersions(leg.version, before.version) > 0) {
      taken.set(pairName(leg), leg);
    }
  }
  return legs.filter((leg) => {
    const first = taken.get(pairName(leg));
    return first?.map === leg.map && first.uri === leg.uri;
  });
}

/** Whether a file beside this one has a higher version of the map. */
const isOutdated = (leg: LegFilter, elsewhere: readonly LegFilter[]): boolean =>
  elsewhere.some(
    (other) =>
      pairName(other) === pairName(leg) &&
      folderOf(other.uri) === folderOf(leg.uri) &&
      compareVersions(other.version, leg.version) > 0,
  );

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'));

const compareVersions = (a: string, b: string): number => (a === b ? 0 : versions().compare(a, b));

const versions = once(() => new Intl.Collator('en', { numeric: true }));

/** Of the copies of a map in other documents those that stand nearest, and of these the newest. */
function nearest(legs: readonly LegFilter[], uri: string): readonly LegFilter[] {
  const nearness = new Map<string, number>();
  for (const leg of legs) {
    const own = sharedFolders(leg.uri, uri);
    nearness.set(pairName(leg), Math.max(nearness.get(pairName(leg)) ?? 0, own));
  }
  return newest(legs.filter((leg) => sharedFolders(leg.uri, uri) === nearness.get(pairName(leg))));
}

function sharedFolders(a: string, b: string): number {
  const [first, second] = [a, b].map((uri) => uri.split('/').slice(0, -1));
  const different = (first ?? []).findIndex((part, index) => part !== second?.[index]);
  return different < 0 ? (first ?? []).length : different;
}

const isFiltered = ({ text, isWhole }: LegFilter): boolean => text !== '' && isWhole;

/** Whether both filters share a field out, so that a row which passes both was not meant to. */
function checkOverlaps(
  mine: readonly LegFilter[],
  others: readonly LegFilter[],
): readonly Problem[] {
  return mine.filter(isFiltered).flatMap((leg) =>
    [...mine, ...others]
      .filter((sibling) => sibling !== leg && isFiltered(sibling))
      .flatMap((sibling): readonly Problem[] => {
        const meanings = [leg.meaning, sibling.meaning];
        if (sharedFields(meanings).size === 0) return [];
        const row = sharedRow(
          meanings.map((condition) => ({ condition, isPassed: true })),
          leg.domainOf,
        );
        return row === undefined
          ? []
          : [
              {
                code: 'filter-overlap',
                span: leg.span,
                args: { row: rowText(row), sibling: sibling.name },
                related: [relatedTo(sibling)],
              },
            ];
      }),
  );
}

/** A row that no map takes: told once, at the first of the document's filters. */
function checkGap(mine: readonly LegFilter[], others: readonly LegFilter[]): readonly Problem[] {
  const all = [...mine, ...others];
  const [first] = mine;
  if (first === undefined || !all.every(isFiltered)) return [];
  const meanings = all.map(({ meaning }) => meaning);
  if (sharedFields(meanings).size === 0) return [];
  const row = sharedRow(
    meanings.map((condition) => ({ condition, isPassed: false })),
    first.domainOf,
  );
  if (row === undefined) return [];
  return [
    {
      code: 'filter-gap',
      span: first.span,
      args: { row: rowText(row), entity: first.label },
      related: all.slice(1).map(relatedTo),
    },
  ];
}

const relatedTo = ({ uri, span, name }: LegFilter): NonNullable<Problem['related']>[number] => ({
  uri,
  span,
  message: 'sibling',
  args: { sibling: name },
});

/** What a person needs to see the row: `PartyType` = `Person`. */
const rowText = (row: ReadonlyMap<string, Cell>): string =>
  [...row]
    .map(([field, cell]) => `\`${field}\` = \`${cell === '' ? '""' : (cell ?? 'null')}\``)
    .join(', ');
