import { cellsOf } from './cells.ts';
import { evaluateComparison, type Row } from './evaluate.ts';
import type { Atom } from './formula.ts';
import type { Cell, Truth } from './values.ts';

/** Cells of a row by the lower-case names of their fields. */
export type SampleCells = ReadonlyMap<string, Cell>;

export const rowOf =
  (cells: SampleCells): Row =>
  (field) =>
    cells.get(field.toLowerCase()) ?? null;

/** Cells of some fields, and what the atoms of those fields answer. */
export interface Sample {
  readonly cells: SampleCells;
  readonly answers: ReadonlyMap<Atom, Truth>;
}

/** Fields that must be looked at together, because atoms compare them with each other. */
export interface Block {
  readonly fields: readonly string[];
  readonly atoms: readonly Atom[];
  /** One for each different set of answers. */
  readonly samples: readonly Sample[];
  /** Whether no row answers otherwise than one of the samples. */
  readonly isComplete: boolean;
}

/** @param isNullable false for a field that is known never to be NULL. */
export function blocksOf(
  atoms: readonly Atom[],
  isNullable: (field: string) => boolean,
): readonly Block[] {
  return groupsOf(atoms).map((group) => {
    const fields = [...new Set(group.flatMap((atom) => atom.fields))];
    const own = fields.map((field) =>
      cellsOf(group.filter((atom) => atom.fields.length === 1 && atom.fields[0] === field)),
    );
    // Each cell is tried in every field of the block: fields are equal only where they hold the same.
    const cells = fields.length === 1 ? (own[0]?.cells ?? []) : own.flatMap((part) => part.cells);
    const candidates = fields.map((field) =>
      [...new Set(cells)].filter((cell) => cell !== null || isNullable(field)),
    );
    return {
      fields,
      atoms: group,
      samples: distinctSamples(fields, candidates, group),
      isComplete:
        group.every((atom) => atom.fields.length === 1) &&
        own.every(({ isComplete }) => isComplete),
    };
  });
}

/** Atoms that share a field, whether directly or by others. */
function groupsOf(atoms: readonly Atom[]): readonly (readonly Atom[])[] {
  const groups = new Map<string, Atom[]>();
  for (const atom of atoms) {
    const joined = new Set(atom.fields.map((field) => groups.get(field) ?? []));
    const group = [...joined].flat();
    group.push(atom);
    if (joined.size === 1) {
      // One field, or fields that are together already: the usual case, in constant time.
      const [only = []] = joined;
      only.push(atom);
      for (const field of atom.fields) groups.set(field, only);
      continue;
    }
    for (const field of group.flatMap(({ fields }) => fields)) groups.set(field, group);
  }
  return [...new Set(groups.values())];
}

/** Combinations of cells that are tried for one block. */
const MOST_COMBINATIONS = 4000;

function distinctSamples(
  fields: readonly string[],
  candidates: readonly (readonly Cell[])[],
  atoms: readonly Atom[],
): readonly Sample[] {
  const samples = new Map<string, Sample>();
  const total = candidates.reduce((product, cells) => product * cells.length, 1);
  const isSampled = fields.length > 1 && total > MOST_COMBINATIONS;
  // A step that shares no factor with the sizes visits far-apart combinations.
  const step = isSampled ? Math.ceil(total / MOST_COMBINATIONS) | 1 : 1;
  for (let index = 0; index < total; index += step) {
    let rest = index;
    const cells = new Map<string, Cell>();
    for (const [place, field] of fields.entries()) {
      const choices = candidates[place] ?? [];
      cells.set(field, choices[rest % choices.length] ?? null);
      rest = Math.floor(rest / choices.length);
    }
    const row = rowOf(cells);
    const answers = new Map(atoms.map((atom) => [atom, evaluateComparison(atom.comparison, row)]));
    const key = [...answers.values()].map(String).join();
    if (!samples.has(key)) samples.set(key, { cells, answers });
  }
  return [...samples.values()];
}
