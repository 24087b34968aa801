import type { Atom, Formula } from './formula.ts';
import type { Block, Sample } from './samples.ts';

/**
 * Samples of all blocks in which one of the formulas is likely to be true: for conditions that are too large to
 * try everything. Directed by a formula, because a random row seldom fulfils a long conjunction.
 * The same formulas always yield the same samples, so an answer can be had again.
 */
export function* guesses(
  formulas: readonly Formula[],
  blocks: readonly Block[],
  count: number,
): Generator<readonly Sample[]> {
  const random = randomNumbers();
  const atomBlocks = new Map(blocks.flatMap((block) => block.atoms.map((atom) => [atom, block])));
  for (let index = 0; index < count; index += 1) {
    const formula = formulas[index % formulas.length];
    if (formula === undefined) return;
    const wanted = new Map<Block, Map<Atom, boolean>>();
    for (const [atom, truth] of fulfilling(formula, random)) {
      const block = atomBlocks.get(atom);
      if (block === undefined) continue;
      const answers = wanted.get(block) ?? new Map<Atom, boolean>();
      wanted.set(block, answers.set(atom, truth));
    }
    const row = blocks.map((block) => chosenFrom(block, wanted.get(block), random));
    // In every third row one block has its next sample instead, so that each is tried in its turn.
    const place = random(blocks.length);
    const samples = blocks[place]?.samples ?? [];
    const other = samples[Math.floor(index / 3) % samples.length];
    if (index % 3 === 0 && other !== undefined) row[place] = [other];
    yield row.flat();
  }
}

/** Answers that make a formula true, each alternative taken at random. */
function fulfilling(formula: Formula, random: Random): readonly (readonly [Atom, boolean])[] {
  switch (formula.kind) {
    case 'constant':
      return [];
    case 'atom':
      return [[formula.atom, formula.wanted]];
    case 'and':
      return formula.terms.flatMap((term) => fulfilling(term, random));
    case 'or': {
      const term = formula.terms[random(formula.terms.length)];
      return term === undefined ? [] : fulfilling(term, random);
    }
  }
}

function chosenFrom(
  { samples }: Block,
  wanted: ReadonlyMap<Atom, boolean> | undefined,
  random: Random,
): readonly Sample[] {
  const start = random(samples.length);
  let best: Sample | undefined;
  let most = -1;
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[(start + index) % samples.length];
    if (sample === undefined) continue;
    let fulfilled = 0;
    for (const [atom, truth] of wanted ?? []) {
      if (sample.answers.get(atom) === truth) fulfilled += 1;
    }
    if (fulfilled > most) [best, most] = [sample, fulfilled];
    if (most === (wanted?.size ?? 0)) break;
  }
  return best === undefined ? [] : [best];
}

/** A number from 0 to below the limit. */
type Random = (limit: number) => number;

/** Numerical Recipes' generator; its seed never changes. */
function randomNumbers(): Random {
  let state = 1;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
