import { type Condition, fieldsOf, isReadable } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { type Atom, type Formula, type Formulas, openFormulas } from './formula.ts';
import { guesses } from './guess.ts';
import { type Block, blocksOf, rowOf, type Sample, type SampleCells } from './samples.ts';
import type { Cell, Truth } from './values.ts';

export interface ComparisonOptions {
  /**
   * `kept`: both keep the same rows. `truth`: both give every row the same answer, UNKNOWN and false told apart,
   * as matters below a negation.
   */
  readonly mode?: 'kept' | 'truth';
  /** False for a field that is known never to be NULL; all others may be. */
  readonly isNullable?: (field: string) => boolean;
  /** Nodes that may be looked at. */
  readonly effort?: number;
}

/** A row that shows a difference, and what each condition answers for it. */
interface Witness {
  /** The fields of both conditions, as first written. */
  readonly row: ReadonlyMap<string, Cell>;
  readonly left: Truth;
  readonly right: Truth;
}

export type ConditionsCompared =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly witness: Witness }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/**
 * Why it can't be told: a part has no meaning; no list of cells stands for all a field can hold, because it is
 * compared as two types, with another field or with many patterns; or the conditions are too large.
 */
type UnknownReason = 'unreadable' | 'cells' | 'large';

const DEFAULT_EFFORT = 2_000_000;
const GUESSES = 500;

/**
 * Whether two conditions keep the same rows.
 *
 * Both become formulas over the same atoms (formula.ts), which are equal if they are one object. Otherwise
 * the fields are given one sample after the other (samples.ts), and what is left of both formulas compared again:
 * pairs that were met before are not looked at twice. "Equal" is answered only if the samples are complete
 * and all were tried; "different" only with a row for which `evaluate` itself answers differently.
 */
export function compareConditions(
  left: Condition,
  right: Condition,
  options: ComparisonOptions = {},
): ConditionsCompared {
  if (!isReadable(left) || !isReadable(right)) return { kind: 'unknown', reason: 'unreadable' };
  const { mode = 'kept', isNullable = () => true, effort = DEFAULT_EFFORT } = options;
  const formulas = openFormulas();
  const pairs = (mode === 'truth' ? [true, false] : [true]).map((wanted): Pair => [
    formulas.of(left, wanted),
    formulas.of(right, wanted),
  ]);
  if (pairs.every(([a, b]) => a === b)) return { kind: 'equal' };
  const atoms = formulas.atoms();
  // Each sample of a field answers each of its atoms.
  const isLarge = sizeOf(atoms) > effort;
  const blocks = blocksOf(isLarge ? tellingAtoms(pairs) : atoms, isNullable);
  let outcome: Outcome = isLarge ? 'tired' : 'same';
  for (const pair of isLarge ? [] : pairs) {
    const found = search(pair, blocks, formulas, formulas.work() + effort);
    if (typeof found === 'string') {
      if (found === 'tired') outcome = found;
      continue;
    }
    const witness = witnessOf(left, right, mode, blocks, found);
    if (witness !== undefined) return { kind: 'different', witness };
    outcome = 'tired';
  }
  if (outcome === 'tired') {
    const count = Math.min(GUESSES, Math.ceil(effort / (atoms.length + 1)));
    for (const found of guesses(pairs.flat(), blocks, count)) {
      const witness = witnessOf(left, right, mode, blocks, found);
      if (witness !== undefined) return { kind: 'different', witness };
    }
    return { kind: 'unknown', reason: 'large' };
  }
  return blocks.every(({ isComplete }) => isComplete)
    ? { kind: 'equal' }
    : { kind: 'unknown', reason: 'cells' };
}

/** Atoms of one of the formulas alone, and some of both: what two versions of a long filter differ in. */
function tellingAtoms(pairs: readonly Pair[]): readonly Atom[] {
  const [left, right] = [0, 1].map((side) => atomsIn(pairs.flatMap((pair) => pair[side] ?? [])));
  if (left === undefined || right === undefined) return [];
  const different = [...left, ...right].filter((atom) => left.has(atom) !== right.has(atom));
  return [...new Set([...different, ...left])].slice(0, MOST_TELLING);
}

const MOST_TELLING = 200;

function atomsIn(formulas: readonly Formula[]): ReadonlySet<Atom> {
  const atoms = new Set<Atom>();
  const pending = [...formulas];
  for (let formula = pending.pop(); formula !== undefined; formula = pending.pop()) {
    if (formula.kind === 'atom') atoms.add(formula.atom);
    else if (formula.kind !== 'constant') for (const term of formula.terms) pending.push(term);
  }
  return atoms;
}

type Pair = readonly [Formula, Formula];
type Outcome = 'same' | 'tired';

/** What samples of all fields would cost: about twice the atoms of a field, squared. */
function sizeOf(atoms: readonly Atom[]): number {
  const counts = new Map<string, number>();
  for (const { fields } of atoms) {
    const key = fields.join('\n');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum + 2 * count * count, 0);
}

/** Samples of some blocks for which the formulas differ, whatever the other fields hold. */
function search(
  pair: Pair,
  blocks: readonly Block[],
  formulas: Formulas,
  limit: number,
): readonly Sample[] | Outcome {
  const positions = new Map(
    blocks.flatMap((block, index) => block.atoms.map((atom) => [atom, index])),
  );
  const firstBlocks = new Map<Formula, number>();
  const firstBlock = (formula: Formula): number => {
    const known = firstBlocks.get(formula);
    if (known !== undefined) return known;
    const first =
      formula.kind === 'constant'
        ? Number.POSITIVE_INFINITY
        : formula.kind === 'atom'
          ? (positions.get(formula.atom) ?? 0)
          : formula.terms.reduce(
              (least, term) => Math.min(least, firstBlock(term)),
              Number.POSITIVE_INFINITY,
            );
    firstBlocks.set(formula, first);
    return first;
  };
  const same = new Set<string>();
  const visit = ([a, b]: Pair): readonly Sample[] | Outcome => {
    if (a === b) return 'same';
    const block = blocks[Math.min(firstBlock(a), firstBlock(b))];
    if (block === undefined) return [];
    const key = `${a.id} ${b.id}`;
    if (same.has(key)) return 'same';
    let isTired = false;
    for (const sample of block.samples) {
      if (formulas.work() > limit) return 'tired';
      const { answers } = sample;
      const found = visit([formulas.assign(a, answers), formulas.assign(b, answers)]);
      if (typeof found !== 'string') return [sample, ...found];
      isTired ||= found === 'tired';
    }
    if (isTired) return 'tired';
    same.add(key);
    return 'same';
  };
  return visit(pair);
}

function witnessOf(
  left: Condition,
  right: Condition,
  mode: 'kept' | 'truth',
  blocks: readonly Block[],
  found: readonly Sample[],
): Witness | undefined {
  const given = new Map(found.flatMap(({ cells }) => [...cells]));
  const cells: SampleCells = new Map([
    // What the other fields hold makes no difference.
    ...blocks.flatMap(({ samples }) => [...(samples[0]?.cells ?? [])]),
    ...given,
  ]);
  const row = rowOf(cells);
  const witness = {
    row: namedCells([left, right], cells),
    left: evaluate(left, row),
    right: evaluate(right, row),
  };
  const isSame =
    mode === 'truth'
      ? witness.left === witness.right
      : (witness.left === true) === (witness.right === true);
  return isSame ? undefined : witness;
}

/** The cells under the names that conditions use. */
export function namedCells(
  conditions: readonly Condition[],
  cells: SampleCells,
): ReadonlyMap<string, Cell> {
  const names = new Map<string, string>();
  for (const field of conditions.flatMap(fieldsOf)) {
    const key = field.toLowerCase();
    if (!names.has(key)) names.set(key, field);
  }
  return new Map([...names].map(([key, name]) => [name, cells.get(key) ?? null]));
}
