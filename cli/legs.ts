import type { Leg, MapDocument, Side, TableMap } from '../src/map/model.ts';
import { type Pair, pairsOf } from '../src/map/pairs.ts';
import { filterDocument, readMapDocument } from '../src/map/read.ts';
import { catalogue } from '../src/problem/catalogue.ts';
import { messageOf, type Translate } from '../src/problem/message.ts';
import type { Analysed, Problem } from '../src/problem/problem.ts';
import { type FilterToCompare, filterInLeg } from '../src/service/compareFilters.ts';
import type { Document, Workspace } from '../src/service/workspace.ts';
import { linesOf } from '../src/text/lines.ts';
import { contains } from '../src/text/span.ts';
import { type ListedPath, readDocument } from './files.ts';
import type { Surroundings } from './surroundings.ts';

/** The filters of a leg, or of a file that is one filter. */
export interface LegFilters {
  /** What a leg of another file is known again by, from the surest sign to the least one. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly filters: ReadonlyMap<Side, FilterToCompare>;
}

export interface FoundLegs {
  readonly path: string;
  readonly legs: readonly LegFilters[];
  /** What could not be read, a line each. */
  readonly troubles: readonly string[];
}

export async function legsAt(
  { path, isMissing, files }: ListedPath,
  around: Surroundings,
  workspace: Workspace,
  translate: Translate,
): Promise<FoundLegs> {
  const unreadable = (name: string, variant: string): string =>
    `${name}: ${translate(`problem.file-unreadable.${variant}`)}`;
  if (isMissing) return { path, legs: [], troubles: [unreadable(path, 'missing')] };
  const legs: LegFilters[] = [];
  const troubles: string[] = [];
  for (const { uri, name, below } of files) {
    const document = await readDocument(uri, around.files);
    if (document === 'denied') troubles.push(unreadable(name, document));
    else if (document === 'binary') {
      // As with check, a folder may hold what it likes besides maps.
      if (below === '') troubles.push(unreadable(name, document));
    } else {
      const { value: map, problems } = read(document);
      const errors = problems.filter(({ code }) => catalogue[code].severity === 'error');
      troubles.push(...errors.map((problem) => troubleOf(problem, name, document, translate)));
      legs.push(...legsIn(map, below, errors, workspace));
    }
  }
  return {
    path,
    legs,
    troubles:
      legs.length === 0 && troubles.length === 0
        ? [`${path}: ${translate('cli.compare.noMap')}`]
        : troubles,
  };
}

const read = ({ text, side }: Document): Analysed<MapDocument> =>
  side === undefined ? readMapDocument(text) : { value: filterDocument(text, side), problems: [] };

function troubleOf(
  problem: Problem,
  name: string,
  { text }: Document,
  translate: Translate,
): string {
  const { line, character } = linesOf(text).placeOf(problem.span.start);
  return `${name}:${line + 1}:${character + 1} ${problem.code} ${messageOf(problem, translate)}`;
}

function legsIn(
  { maps, sites }: MapDocument,
  below: string,
  errors: readonly Problem[],
  workspace: Workspace,
): readonly LegFilters[] {
  const alone = sites
    .filter(({ leg }) => leg === undefined)
    .map(({ side, text }): LegFilters => {
      const label = below === '' ? '-' : below.slice(1);
      const filter = filterInLeg(side, text.value, undefined, workspace);
      return { keys: [`${side} ${below}`], label, filters: new Map([[side, filter]]) };
    });
  const inLegs = maps.flatMap((map) =>
    map.legs.map((leg): LegFilters => {
      const isBroken = errors.some(({ span }) => contains(leg.span, span));
      const filterOf = (side: Side): FilterToCompare => {
        const site = sites.find((candidate) => candidate.leg === leg && candidate.side === side);
        // A filter that is not written keeps every row, as an empty one does.
        return filterInLeg(side, site?.text.value ?? '', leg, workspace, isBroken);
      };
      return {
        keys: keysOf(map, leg),
        label: `${leg.sourceSchema} to ${leg.destinationSchema}`,
        filters: new Map(SIDES.map((side) => [side, filterOf(side)])),
      };
    }),
  );
  return [...alone, ...inLegs];
}

const SIDES = ['fo', 'dataverse'] as const;

/** Where several maps link the same tables, name and version tell which belong together. */
function keysOf({ name, version }: TableMap, leg: Leg): readonly string[] {
  const schemas = [leg.sourceSchema, leg.destinationSchema].map((schema) => schema.toLowerCase());
  return [[...schemas, name, version ?? ''], [...schemas, name], schemas].map((parts) =>
    JSON.stringify(parts),
  );
}

export type LegPair = Pair<LegFilters>;

/** Legs of the same tables side by side, in the order of the first ones; each is in one pair. */
export const legPairsOf = (
  first: readonly LegFilters[],
  second: readonly LegFilters[],
): readonly LegPair[] => pairsOf(first, second, ({ keys }) => keys);
