import { namedCells } from './compare.ts';
import { type Comparison, comparisonsOf, type Condition, isReadable } from './condition.ts';
import { cellOf, evaluateComparison, fieldWithKnown, type Row } from './evaluate.ts';
import { type Atom, openFormulas } from './formula.ts';
import { canBeTrue } from './possible.ts';
import { blocksOf, rowOf } from './samples.ts';
import type { Cell, Truth } from './values.ts';

/**
 * What a field can hold. `listed`: these values and no others, each under all names a filter may give it.
 * `open`: anything of its type. `unknown`: nobody knows, so that only what a filter names is sure to exist.
 */
export type Domain =
  | { readonly kind: 'listed'; readonly values: readonly ListedValue[] }
  | { readonly kind: 'open' | 'unknown' };

export interface ListedValue {
  readonly cell: Cell;
  /** Other ways to write it, such as the number of an element. */
  readonly names: readonly string[];
}

/** A condition, and whether the row that is looked for passes it. */
export interface Wish {
  readonly condition: Condition;
  readonly isPassed: boolean;
}

/** Combinations of values that are tried; filters on one entity ask for few fields. */
const MOST_ROWS = 5000;

/**
 * A row that passes some conditions and not the others, made of values that are sure to exist: the fields that matter.
 * Undefined where there is none, and where nobody can tell.
 */
export function sharedRow(
  wishes: readonly Wish[],
  domainOf: (field: string) => Domain,
): ReadonlyMap<string, Cell> | undefined {
  const conditions = wishes.map(({ condition }) => condition);
  if (!conditions.every(isReadable)) return undefined;
  const candidates = candidatesOf(conditions, domainOf);
  if (candidates === undefined) return undefined;
  const total = candidates.reduce((product, { choices }) => product * choices.length, 1);
  for (let index = 0; index < Math.min(total, MOST_ROWS); index += 1) {
    const row = chosen(candidates, index);
    if (!fulfils(wishes, row)) continue;
    const cells = new Map([...row].map(([field, { cell }]) => [field, cell]));
    const telling = new Set(
      candidates
        .filter(({ field, choices }) =>
          [...choices, NOTHING].some(
            (choice) => !fulfils(wishes, new Map([...row, [field, choice]])),
          ),
        )
        .map(({ field }) => field),
    );
    return new Map(
      [...namedCells(conditions, cells)].filter(([field]) => telling.has(field.toLowerCase())),
    );
  }
  return undefined;
}

const NOTHING: ListedValue = { cell: null, names: [] };

const fulfils = (wishes: readonly Wish[], row: ReadonlyMap<string, ListedValue>): boolean =>
  wishes.every(({ condition, isPassed }) => passes(condition, row) === isPassed);

interface Candidates {
  /** In lower case. */
  readonly field: string;
  readonly choices: readonly ListedValue[];
}

/** Undefined where fields are compared with each other: no list of values stands for all there is. */
function candidatesOf(
  conditions: readonly Condition[],
  domainOf: (field: string) => Domain,
): readonly Candidates[] | undefined {
  const formulas = openFormulas();
  for (const condition of conditions) formulas.of(condition, true);
  const blocks = blocksOf(formulas.atoms(), () => true);
  if (blocks.some(({ fields }) => fields.length > 1)) return undefined;
  return blocks.flatMap(({ fields, samples, atoms }): readonly Candidates[] => {
    const [field] = fields;
    if (field === undefined) return [];
    const cells = samples.map((sample) => sample.cells.get(field) ?? null);
    return [{ field, choices: choicesOf(cells, atoms, knownDomain(domainOf(field), atoms)) }];
  });
}

/** What a filter compares by order or with a pattern holds values between those that it names, too. */
function knownDomain(domain: Domain, atoms: readonly Atom[]): Domain {
  if (domain.kind !== 'unknown') return domain;
  const compared = atoms.map(({ comparison }) => comparison);
  if (compared.every((each) => fieldWithKnown(each)?.literal.kind === 'constant')) {
    const isBoolean = compared.some((each) => constantOf(each) !== null);
    const values = ['true', 'false'].map((cell) => ({ cell, names: [] }));
    if (isBoolean) return { kind: 'listed', values };
  }
  return compared.some(({ operator }) => operator !== 'eq' && operator !== 'ne')
    ? { kind: 'open' }
    : domain;
}

function constantOf(comparison: Comparison): boolean | null | undefined {
  const literal = fieldWithKnown(comparison)?.literal;
  return literal?.kind === 'constant' ? literal.constant : undefined;
}

/**
 * Values to try, those first that a filter names. NULL counts only where a filter asks for it: what else becomes of such
 * rows is told by itself.
 */
function choicesOf(
  cells: readonly Cell[],
  atoms: readonly Atom[],
  domain: Domain,
): readonly ListedValue[] {
  const named = atoms.flatMap(({ comparison }): readonly Cell[] => {
    const known = fieldWithKnown(comparison)?.literal;
    return known === undefined || known.kind === 'pattern' ? [] : [cellOf(known)];
  });
  const nulls: readonly ListedValue[] = named.includes(null) ? [NOTHING] : [];
  if (domain.kind === 'listed') {
    // Which element a number means, nobody knows where one of them has none.
    const asksNumber =
      atoms.some(({ comparison }) => !['eq', 'ne', 'like'].includes(comparison.operator)) ||
      named.some((cell) => cell !== null && isNumber(cell));
    const isNumbered = domain.values.every(
      ({ names }) => names.length === 0 || names.some(isNumber),
    );
    return asksNumber && !isNumbered ? [] : [...domain.values, ...nulls];
  }
  const values = new Set(named.filter((cell) => cell !== null));
  const others = domain.kind === 'open' ? cells.filter((cell) => cell !== null) : [];
  return [...[...new Set([...values, ...others])].map((cell) => ({ cell, names: [] })), ...nulls];
}

const isNumber = (text: string): boolean => /^-?\d+$/u.test(text);

function chosen(
  candidates: readonly Candidates[],
  index: number,
): ReadonlyMap<string, ListedValue> {
  let rest = index;
  const row = new Map<string, ListedValue>();
  for (const { field, choices } of candidates) {
    const choice = choices[rest % Math.max(choices.length, 1)];
    rest = Math.floor(rest / Math.max(choices.length, 1));
    if (choice !== undefined) row.set(field, choice);
  }
  return row;
}

function passes(condition: Condition, row: ReadonlyMap<string, ListedValue>): boolean {
  const cells = rowOf(new Map([...row].map(([field, { cell }]) => [field, cell])));
  return canBeTrue(
    condition,
    (comparison) => ANSWERS[String(answerOf(comparison, row, cells))] ?? NO_ANSWER,
  );
}

/** One answer each; sets are made once for all rows. */
const ANSWERS: Readonly<Record<string, ReadonlySet<Truth>>> = {
  true: new Set([true]),
  false: new Set([false]),
};
const NO_ANSWER: ReadonlySet<Truth> = new Set([undefined]);

function answerOf(
  comparison: Comparison,
  row: ReadonlyMap<string, ListedValue>,
  cells: Row,
): Truth {
  const mixed = fieldWithKnown(comparison);
  const value = mixed === undefined ? undefined : row.get(mixed.field.name.toLowerCase());
  if (mixed === undefined || value === undefined || value.names.length === 0) {
    return evaluateComparison(comparison, cells);
  }
  const written = mixed.literal.kind === 'literal' ? cellOf(mixed.literal) : undefined;
  if (typeof written !== 'string') return evaluateComparison(comparison, cells);
  const isSame = [value.cell, ...value.names].some(
    (name) => name?.toLowerCase() === written.trim().toLowerCase(),
  );
  if (mixed.operator === 'eq') return isSame;
  if (mixed.operator === 'ne') return !isSame;
  // By order, the database compares the number of an element.
  const number = value.names.find(isNumber);
  return number === undefined ? undefined : evaluateComparison(comparison, () => number);
}

/** The fields that conditions have in common, in lower case. */
export function sharedFields(conditions: readonly Condition[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = conditions.map(
    (condition) =>
      new Set(
        comparisonsOf(condition)
          .flatMap(({ left, right }) => [left, right])
          .flatMap((operand) => (operand.kind === 'field' ? [operand.name.toLowerCase()] : [])),
      ),
  );
  return new Set([...first].filter((field) => others.every((fields) => fields.has(field))));
}
