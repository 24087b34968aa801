import { namedCells } from './compare.ts';
import type { Condition } from './condition.ts';
import { openFormulas } from './formula.ts';
import { type Block, blocksOf, type Sample } from './samples.ts';
import type { Cell } from './values.ts';

/** More comparisons of one field than this are no filter whose rows a person reads. */
const MOST_ATOMS = 300;

/**
 * Few rows that between them show each comparison of a condition true, false and UNKNOWN, as far as rows can.
 * Fields don't depend on each other, so each takes the fewest of its own cells that do (greedily), and the
 * rows put the cells of all fields side by side.
 *
 * @param isNullable false for a field that is known never to be NULL.
 */
export function witnessRows(
  condition: Condition,
  isNullable: (field: string) => boolean = () => true,
): readonly ReadonlyMap<string, Cell>[] {
  const formulas = openFormulas();
  formulas.of(condition, true);
  const atoms = formulas.atoms();
  if (atoms.length > MOST_ATOMS) return [];
  const chosen = blocksOf(atoms, isNullable).map(covering);
  const count = chosen.reduce((most, samples) => Math.max(most, samples.length), 0);
  return Array.from({ length: count }, (_, index) => {
    const cells = new Map(
      // A field that has shown everything goes on with the cell that shows most.
      chosen.flatMap((samples) => [...((samples[index] ?? samples[0])?.cells ?? [])]),
    );
    return namedCells([condition], cells);
  });
}

/** The samples that show every answer of every atom, those that show most new ones first. */
function covering({ samples }: Block): readonly Sample[] {
  const answersOf = ({ answers }: Sample): readonly string[] =>
    [...answers.values()].map((truth, index) => `${index} ${truth}`);
  const missing = new Set(samples.flatMap(answersOf));
  const chosen: Sample[] = [];
  while (missing.size > 0) {
    let best: Sample | undefined;
    let most = 0;
    for (const sample of samples) {
      const count = answersOf(sample).filter((answer) => missing.has(answer)).length;
      if (count > most) [best, most] = [sample, count];
    }
    if (best === undefined) break;
    chosen.push(best);
    for (const answer of answersOf(best)) missing.delete(answer);
  }
  return chosen;
}
