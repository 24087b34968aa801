import { namedCells } from '../filter/meaning/compare.ts';
import { type Condition, fieldsOf } from '../filter/meaning/condition.ts';
import {
  cellOf,
  emptyCellFor,
  evaluateComparison,
  fieldWithKnown,
} from '../filter/meaning/evaluate.ts';
import { type Atom, openFormulas } from '../filter/meaning/formula.ts';
import { type Block, blocksOf, rowOf, type SampleCells } from '../filter/meaning/samples.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { rowsOfEachVerdict, type VerdictRow, verdictOf } from './witnessVerdicts.ts';

/** What is known of a field beyond the filter. */
export interface FieldFacts {
  readonly isNullable: boolean;
  /** The values it can hold besides NULL, as cells; undefined where there are too many or nobody tells. */
  readonly values?: readonly string[] | undefined;
}

export interface WitnessRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Questions to one field, and in all, that are shown; in a longer filter the first. */
const MOST_QUESTIONS = { ofField: 40, inAll: 200 } as const;
/** Literals and elements of a field that are shown though another row answers alike. */
const MOST_VALUES = 12;

/**
 * Few rows that show every way in which a filter can decide: each comparison true, false and UNKNOWN, NULL, empty and
 * blanks, the values at its borders, the elements of its enums, and the whole kept, dropped and lost to NULL, as far as
 * rows can. Not the fewest there are, but without any of them something would not be shown.
 *
 * @param keys columns to be shown where the filter reads none.
 */
export function witness(
  condition: Condition,
  factsOf: (field: string) => FieldFacts = () => ({ isNullable: true }),
  keys: readonly string[] = [],
): WitnessRows {
  const columns = fieldsOf(condition);
  if (columns.length === 0) {
    return { columns: keys, rows: [keys.map((key) => factsOf(key).values?.[0] ?? '1')] };
  }
  const isNullable = (field: string): boolean => factsOf(field).isNullable;
  const atoms = askedAtoms(condition);
  const shown = blocksOf(atoms, isNullable).map((block) => showings(block, factsOf));
  const chosen = shown.map(covering);
  const verdicts = rowsOfEachVerdict(
    condition,
    shown.map((samples) => samples.map(({ cells }) => cells)),
    isNullable,
  );
  const usual = verdicts[0]?.cells ?? new Map<string, Cell>();
  const count = chosen.reduce((most, samples) => Math.max(most, samples.length), 0);
  const sideBySide = Array.from({ length: count }, (_, index): SampleCells => {
    // A field that has shown everything goes on with what the first row holds.
    const row = new Map(usual);
    for (const samples of chosen) {
      for (const [field, cell] of samples[index]?.cells ?? []) row.set(field, cell);
    }
    return row;
  }).map((cells) => ({ cells, verdict: verdictOf(condition, cells) }));
  const rows = withoutNeedless([...verdicts, ...sideBySide], atoms, shown).toSorted(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict),
  );
  return {
    columns,
    rows: rows.map(({ cells }) => [...namedCells([condition], cells).values()]),
  };
}

const ORDER = ['kept', 'lostToNull', 'false', 'unknown'] as const satisfies VerdictRow['verdict'][];

function askedAtoms(condition: Condition): readonly Atom[] {
  const formulas = openFormulas();
  formulas.of(condition, true);
  const counts = new Map<string, number>();
  const asked: Atom[] = [];
  for (const atom of formulas.atoms()) {
    const key = atom.fields.join('\n');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count <= MOST_QUESTIONS.ofField && asked.push(atom) >= MOST_QUESTIONS.inAll) break;
  }
  return asked;
}

/** Cells of some fields, and what there is to be seen in them. */
interface Showing {
  readonly cells: SampleCells;
  readonly shows: readonly string[];
}

function showings({ fields, atoms, samples }: Block, factsOf: Facts): readonly Showing[] {
  const answers = (cells: SampleCells): readonly string[] =>
    atoms.map((atom) => `${keyOf(atom)} ${evaluateComparison(atom.comparison, rowOf(cells))}`);
  const [field] = fields;
  if (field === undefined || fields.length > 1) {
    return samples.map(({ cells }) => ({ cells, shows: answers(cells) }));
  }
  const { isNullable, values } = factsOf(field);
  const listed = values?.slice(0, MOST_VALUES) ?? [];
  // A field whose elements are compared by their numbers holds numbers in the data, too.
  const isListed = listed.some((value) =>
    atoms.some(({ comparison }) => evaluateComparison(comparison, () => value) === true),
  );
  const sampled = samples.map(({ cells }) => cells.get(field) ?? null);
  const own: readonly Cell[] = isListed
    ? [...sampled.filter((cell) => cell === null || isAmong(cell, values ?? [])), ...listed]
    : [...sampled, ...bordersOf(atoms), ...(isText(atoms) ? ['', '  '] : [])];
  const cells = [...(isNullable ? [null] : []), ...own.filter((cell) => cell !== null)];
  const told = new Set(isListed ? listed : bordersOf(atoms));
  return [...new Set(cells)].map((cell) => {
    const row: SampleCells = new Map([[field, cell]]);
    return {
      cells: row,
      shows: [
        ...answers(row),
        ...(told.has(cell ?? '') || isPlain(cell) ? [`${field}: ${cell}`] : []),
      ],
    };
  });
}

type Facts = (field: string) => FieldFacts;

const isAmong = (cell: string, values: readonly string[]): boolean =>
  values.some((value) => value.toLowerCase() === cell.toLowerCase());

const isPlain = (cell: Cell): boolean => cell === null || cell.trim() === '';

const keyOf = ({ comparison }: Atom): string => `${comparison.span.start} ${comparison.operator}`;

/** The values a filter compares with, and what X++ takes for nothing. */
const bordersOf = (atoms: readonly Atom[]): readonly string[] =>
  [
    ...new Set(
      atoms.flatMap(({ comparison }) => {
        const literal = fieldWithKnown(comparison)?.literal;
        const border =
          literal === undefined || literal.kind === 'pattern' || comparison.operator === 'like'
            ? []
            : [cellOf(literal)];
        return [...border, emptyCellFor(comparison)].filter((cell) => cell !== null);
      }),
    ),
  ].slice(0, MOST_VALUES);

const isText = (atoms: readonly Atom[]): boolean =>
  atoms.some(({ comparison }) => {
    const literal = fieldWithKnown(comparison)?.literal;
    return (
      literal?.kind === 'pattern' || (literal?.kind === 'literal' && literal.value.type === 'text')
    );
  });

/** Few showings that show what all do: those first that show most new. */
function covering(all: readonly Showing[]): readonly Showing[] {
  const missing = new Set(all.flatMap(({ shows }) => shows));
  const chosen: Showing[] = [];
  while (missing.size > 0) {
    let best: Showing | undefined;
    let most = 0;
    for (const showing of all) {
      const count = showing.shows.filter((each) => missing.has(each)).length;
      if (count > most) [best, most] = [showing, count];
    }
    if (best === undefined) break;
    chosen.push(best);
    for (const each of best.shows) missing.delete(each);
  }
  return chosen;
}

/** Leaves out rows that show nothing which no other row shows, the last first. */
function withoutNeedless(
  rows: readonly VerdictRow[],
  atoms: readonly Atom[],
  shown: readonly (readonly Showing[])[],
): readonly VerdictRow[] {
  const wanted = new Set(shown.flat().flatMap(({ shows }) => shows));
  const showsOf = ({ cells, verdict }: VerdictRow): readonly string[] => [
    verdict,
    ...atoms.map((atom) => `${keyOf(atom)} ${evaluateComparison(atom.comparison, rowOf(cells))}`),
    ...[...cells].map(([field, cell]) => `${field}: ${cell}`).filter((show) => wanted.has(show)),
  ];
  const all = rows.map((row) => ({ row, shows: showsOf(row) }));
  const counts = new Map<string, number>();
  for (const show of all.flatMap(({ shows }) => shows)) {
    counts.set(show, (counts.get(show) ?? 0) + 1);
  }
  return all
    .toReversed()
    .filter(({ shows }) => {
      const isNeedless = shows.every((show) => (counts.get(show) ?? 0) > 1);
      if (isNeedless) for (const show of shows) counts.set(show, (counts.get(show) ?? 0) - 1);
      return !isNeedless;
    })
    .toReversed()
    .map(({ row }) => row);
}
