import type { Side } from '../src/map/model.ts';
import type { Translate } from '../src/problem/message.ts';
import {
  compareFilters,
  type FiltersCompared,
  sayCompared,
} from '../src/service/compareFilters.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import type { CompareArguments } from './arguments.ts';
import { listPaths } from './files.ts';
import { type LegFilters, type LegPair, legPairsOf, legsAt } from './legs.ts';
import type { Surroundings } from './surroundings.ts';

/** What became of one filter, or of a leg that only one of two maps has. */
interface Comparison {
  readonly label: string;
  readonly sides: readonly Side[];
  readonly compared: FiltersCompared | { readonly kind: 'only-first' | 'only-second' };
  readonly message: string;
}

/** Prints what `read` asks for; answers whether all filters are equal and everything could be read. */
export async function compare(
  read: CompareArguments,
  around: Surroundings,
  translate: Translate,
): Promise<boolean> {
  const { comparisons, troubles } =
    read.kind === 'compareTexts'
      ? { comparisons: [compareTexts(read, translate)], troubles: [] }
      : await comparePaths(read, around, translate);
  for (const trouble of troubles) around.error(`${trouble}\n`);
  around.out(
    read.format === 'json'
      ? `${JSON.stringify(comparisons.flatMap(jsonOf), undefined, 2)}\n`
      : read.kind === 'compareTexts'
        ? comparisons.map(({ message }) => `${message}\n`).join('')
        : textOf(comparisons, translate),
  );
  return troubles.length === 0 && comparisons.every(({ compared }) => compared.kind === 'equal');
}

function compareTexts(
  { side, texts: [first, second] }: Extract<CompareArguments, { kind: 'compareTexts' }>,
  translate: Translate,
): Comparison {
  const compared = compareFilters({ side, text: first }, { side, text: second });
  return { label: '-', sides: [side], compared, message: sayCompared(compared, translate) };
}

async function comparePaths(
  { paths, metadata: folders }: Extract<CompareArguments, { kind: 'comparePaths' }>,
  around: Surroundings,
  translate: Translate,
): Promise<{
  readonly comparisons: readonly Comparison[];
  readonly troubles: readonly string[];
}> {
  const { listed, metadata } = await listPaths(paths, folders, around);
  const workspace: Workspace = { ...emptyWorkspace, metadata };
  const found = await Promise.all(listed.map((each) => legsAt(each, around, workspace, translate)));
  const [first, second] = found;
  const troubles = found.flatMap((each) => each.troubles);
  // That a leg stands on one side alone says nothing where the other side could not be read.
  if (first === undefined || second === undefined) return { comparisons: [], troubles };
  if (first.legs.length === 0 || second.legs.length === 0) return { comparisons: [], troubles };
  const pairs = legPairsOf(first.legs, second.legs);
  const labels = labelsOf(pairs.map((pair) => (pair.first ?? pair.second).label));
  const comparisons = pairs.flatMap((pair, index) =>
    comparePair(pair, labels[index] ?? '', [first.path, second.path], translate),
  );
  return { comparisons, troubles };
}

/** Legs of the same tables are numbered, so that each can be told from the others. */
function labelsOf(labels: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const number = (seen.get(label) ?? 0) + 1;
    seen.set(label, number);
    return number === 1 ? label : `${label} [${number}]`;
  });
}

function comparePair(
  { first, second }: LegPair,
  label: string,
  paths: readonly [string, string],
  translate: Translate,
): readonly Comparison[] {
  if (first === undefined) return [onlyOne('only-second', second, label, paths[1], translate)];
  if (second === undefined) return [onlyOne('only-first', first, label, paths[0], translate)];
  return [...first.filters].flatMap(([side, left]): readonly Comparison[] => {
    const right = second.filters.get(side);
    if (right === undefined) return [];
    const compared = compareFilters(left, right);
    return [{ label, sides: [side], compared, message: sayCompared(compared, translate) }];
  });
}

const onlyOne = (
  kind: 'only-first' | 'only-second',
  { filters }: LegFilters,
  label: string,
  path: string,
  translate: Translate,
): Comparison => ({
  label,
  sides: [...filters.keys()],
  compared: { kind },
  message: translate('cli.compare.only', { path }),
});

/** `{map, side, result, witness?, reason?, message}`; a cell of the witness is null or a text. */
const jsonOf = ({ label, sides, compared, message }: Comparison): readonly object[] =>
  sides.map((side) => ({
    map: label,
    side,
    result: compared.kind,
    ...(compared.kind === 'different'
      ? {
          witness: {
            row: Object.fromEntries(compared.row.map(({ field, cell }) => [field, cell])),
            keptBy: compared.keptBy,
          },
        }
      : {}),
    ...(compared.kind === 'unknown' ? { reason: compared.reason } : {}),
    message,
  }));

function textOf(comparisons: readonly Comparison[], translate: Translate): string {
  const lines = comparisons.map(({ label, sides: [side, ...others], message }) =>
    others.length > 0 || side === undefined
      ? `${label}: ${message}\n`
      : `${label}, ${side}: ${message}\n`,
  );
  const count = (wanted: string): number =>
    comparisons.filter(({ compared }) => compared.kind === wanted).length;
  const counts = {
    equal: count('equal'),
    different: count('different'),
    unknown: count('unknown'),
  };
  const total = counts.equal + counts.different + counts.unknown;
  return `${lines.join('')}${translate('cli.compare.summary', { count: total, ...counts })}\n`;
}
