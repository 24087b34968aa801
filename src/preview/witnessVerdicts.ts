import { compareConditions } from '../filter/meaning/compare.ts';
import { type Comparison, comparisonsOf, type Condition } from '../filter/meaning/condition.ts';
import {
  emptyCellFor,
  evaluate,
  evaluateWithoutNull,
  fieldWithKnown,
} from '../filter/meaning/evaluate.ts';
import { rowOf, type SampleCells } from '../filter/meaning/samples.ts';
import type { Cell } from '../filter/meaning/values.ts';

/** A row and what becomes of it; dropped rows by whether the filter is false or UNKNOWN for them. */
export interface VerdictRow {
  /** By the lower-case names of the fields. */
  readonly cells: SampleCells;
  readonly verdict: 'kept' | 'lostToNull' | 'false' | 'unknown';
}

/** Comparisons that may be made while combinations of cells are tried. */
const MOST_WORK = 100_000;
const MOST_COMBINATIONS = 5000;
const ENOUGH = 300;
/** What a search may look at, and of how many comparisons all searches together. */
const EFFORT = 20_000;
const MOST_SEARCHED = 1000;

export function verdictOf(condition: Condition, cells: SampleCells): VerdictRow['verdict'] {
  const row = rowOf(cells);
  const truth = evaluate(condition, row);
  if (truth === true) return 'kept';
  if (evaluateWithoutNull(condition, row) === true) return 'lostToNull';
  return truth === false ? 'false' : 'unknown';
}

/**
 * A row for each thing that can become of one, the kept one first: found among combinations of cells, else looked for.
 *
 * @param choices for each group of fields the cells to be tried.
 */
export function rowsOfEachVerdict(
  condition: Condition,
  choices: readonly (readonly SampleCells[])[],
  isNullable: (field: string) => boolean,
): readonly VerdictRow[] {
  const found = new Map<VerdictRow['verdict'], VerdictRow>();
  const tryRow = (cells: SampleCells): void => {
    const verdict = verdictOf(condition, cells);
    if (!found.has(verdict)) found.set(verdict, { cells, verdict });
  };
  const comparisons = comparisonsOf(condition);
  const most = Math.min(MOST_COMBINATIONS, MOST_WORK / (comparisons.length + 1));
  let tried = 0;
  for (const cells of combinations(choices, most)) {
    tryRow(cells);
    tried += 1;
    // Whether a dropped row makes the filter false or UNKNOWN is not looked for everywhere.
    const isEnough = tried > ENOUGH && found.size === 3 && found.has('lostToNull');
    if (found.size === 4 || (isEnough && found.has('kept'))) break;
  }
  const usual = found.get('kept')?.cells ?? found.get('false')?.cells ?? new Map<string, Cell>();
  const search = (wanted: Condition, other: Condition): SampleCells | undefined => {
    const compared = compareConditions(wanted, other, { isNullable, effort: EFFORT });
    if (compared.kind !== 'different') return undefined;
    return new Map([...usual, ...lowerCase(compared.witness.row)]);
  };
  if (!found.has('kept')) tryAll([search(condition, NEVER)], tryRow);
  if (!found.has('false')) tryAll([search(negated(condition), NEVER)], tryRow);
  if (!found.has('lostToNull')) {
    for (const row of emptyRows(condition, comparisons, isNullable, search)) {
      tryRow(row);
      if (found.has('lostToNull')) break;
    }
  }
  const kept = found.get('kept');
  const others = [...found.values()].filter((row) => row !== kept);
  return kept === undefined ? others : [kept, ...others];
}

const ANYWHERE = { start: 0, end: 0 };
const NEVER: Condition = {
  kind: 'not',
  term: { kind: 'always', span: ANYWHERE },
  span: ANYWHERE,
};

const negated = (term: Condition): Condition => ({ kind: 'not', term, span: term.span });

function tryAll(
  rows: readonly (SampleCells | undefined)[],
  tryRow: (cells: SampleCells) => void,
): void {
  for (const row of rows) if (row !== undefined) tryRow(row);
}

const lowerCase = (row: ReadonlyMap<string, Cell>): SampleCells =>
  new Map([...row].map(([field, cell]) => [field.toLowerCase(), cell]));

function* combinations(
  choices: readonly (readonly SampleCells[])[],
  most: number,
): Generator<SampleCells> {
  const total = choices.reduce((product, each) => product * Math.max(each.length, 1), 1);
  const count = Math.min(total, most);
  for (let turn = 0; turn < count; turn += 1) {
    // Spread over all where there are too many, first and last among them.
    let rest = total <= most ? turn : Math.floor((turn / (count - 1)) * (total - 1));
    const cells = new Map<string, Cell>();
    for (const each of choices) {
      for (const [field, cell] of each[rest % each.length] ?? []) cells.set(field, cell);
      rest = Math.floor(rest / Math.max(each.length, 1));
    }
    yield cells;
  }
}

/** Rows that are kept while a field holds what X++ takes for nothing, with NULL in its place (`dualwrite.md` 4.2). */
function* emptyRows(
  condition: Condition,
  comparisons: readonly Comparison[],
  isNullable: (field: string) => boolean,
  search: (wanted: Condition, other: Condition) => SampleCells | undefined,
): Generator<SampleCells> {
  for (const comparison of comparisons.slice(0, MOST_SEARCHED / comparisons.length)) {
    const mixed = fieldWithKnown(comparison);
    const empty = emptyCellFor(comparison);
    if (mixed === undefined || empty === null || !isNullable(mixed.field.name)) continue;
    const isEmpty: Comparison = {
      ...comparison,
      left: mixed.field,
      operator: 'eq',
      right: { kind: 'literal', value: { type: 'text', text: empty }, span: comparison.span },
    };
    const span = condition.span;
    const row = search({ kind: 'and', terms: [condition, isEmpty], span }, NEVER);
    if (row === undefined) continue;
    yield new Map([...row, [mixed.field.name.toLowerCase(), null]]);
    yield new Map([...row].map(([field, cell]) => [field, cell === empty ? null : cell]));
  }
}
