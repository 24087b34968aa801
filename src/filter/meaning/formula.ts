import type { Comparison, Condition, Operand, Value } from './condition.ts';
import { evaluateComparison, fieldWithKnown } from './evaluate.ts';
import { readMoment } from './moments.ts';
import { folded } from './patterns.ts';
import type { Truth } from './values.ts';
import { digitsOf } from './numbers.ts';

/** One question to a row. Questions that every row answers alike are the same atom. */
export interface Atom {
  readonly comparison: Comparison;
  /** In lower case, one or two. */
  readonly fields: readonly string[];
}

/**
 * When a condition keeps a row. Negations are pushed down to the atoms, where "is not true" parts into "is false"
 * and "is UNKNOWN" (`dualwrite.md` 4.3); so every part is plainly true or false. Equal formulas are one object.
 */
export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean; readonly id: number }
  | {
      readonly kind: 'atom';
      readonly atom: Atom;
      /** Whether the atom must be true, or false. */
      readonly wanted: boolean;
      readonly id: number;
    }
  | {
      readonly kind: 'and' | 'or';
      /** Two or more, each once, none of the same kind. */
      readonly terms: readonly Formula[];
      readonly id: number;
    };

export interface Formulas {
  /** When a condition is true, or with `wanted` false, when it is false. */
  readonly of: (condition: Condition, wanted: boolean) => Formula;
  /** What is left once the answers of some atoms are known. */
  readonly assign: (formula: Formula, answers: ReadonlyMap<Atom, Truth>) => Formula;
  readonly atoms: () => readonly Atom[];
  /** How many nodes were looked at; bounds a search. */
  readonly work: () => number;
}

export function openFormulas(): Formulas {
  const byKey = new Map<string, Formula>();
  const atoms = new Map<string, Atom>();
  let work = 0;

  const shared = (key: string, make: (id: number) => Formula): Formula => {
    const formula = byKey.get(key) ?? make(byKey.size);
    byKey.set(key, formula);
    return formula;
  };
  const constant = (value: boolean): Formula =>
    shared(String(value), (id) => ({ kind: 'constant', value, id }));
  const answered = (truth: Truth, wanted: boolean): Formula => constant(truth === wanted);

  const atomOf = (comparison: Comparison, wanted: boolean): Formula => {
    const { question, isOpposite } = canonical(comparison);
    const fields = fieldsIn(question);
    if (fields.length === 0) {
      return answered(
        evaluateComparison(comparison, () => null),
        wanted,
      );
    }
    const key = `${question.operator} ${keyOf(question.left)} ${keyOf(question.right)}`;
    const atom = atoms.get(key) ?? { comparison: question, fields };
    atoms.set(key, atom);
    const isWanted = wanted !== isOpposite;
    return shared(`${key} ${isWanted}`, (id) => ({ kind: 'atom', atom, wanted: isWanted, id }));
  };

  const joined = (kind: 'and' | 'or', parts: readonly Formula[]): Formula => {
    const deciding = kind === 'or';
    const terms = new Map<number, Formula>();
    const wanted = new Map<Atom, boolean>();
    for (const part of parts.flatMap((term) => (term.kind === kind ? term.terms : [term]))) {
      if (part.kind === 'constant') {
        if (part.value === deciding) return part;
        continue;
      }
      if (part.kind === 'atom') {
        // Nothing is true and false at once; but true or false it need not be.
        if (kind === 'and' && wanted.get(part.atom) === !part.wanted) return constant(false);
        wanted.set(part.atom, part.wanted);
      }
      terms.set(part.id, part);
    }
    const sorted = [...terms.values()].toSorted((a, b) => a.id - b.id);
    const [only] = sorted;
    if (only === undefined) return constant(!deciding);
    if (sorted.length === 1) return only;
    const key = `${kind} ${sorted.map(({ id }) => id).join(' ')}`;
    return shared(key, (id) => ({ kind, terms: sorted, id }));
  };

  const formulaOf = (condition: Condition, wanted: boolean): Formula => {
    switch (condition.kind) {
      case 'comparison':
        return atomOf(condition, wanted);
      case 'not':
        return formulaOf(condition.term, !wanted);
      case 'and':
      case 'or':
        return joined(
          (condition.kind === 'and') === wanted ? 'and' : 'or',
          condition.terms.map((term) => formulaOf(term, wanted)),
        );
      case 'always':
        return constant(wanted);
      case 'unreadable':
        return constant(false);
    }
  };

  const assign = (formula: Formula, answers: ReadonlyMap<Atom, Truth>): Formula => {
    work += 1;
    switch (formula.kind) {
      case 'constant':
        return formula;
      case 'atom':
        return answers.has(formula.atom)
          ? answered(answers.get(formula.atom), formula.wanted)
          : formula;
      default: {
        const parts: Formula[] = [];
        for (const term of formula.terms) {
          const part = assign(term, answers);
          if (part.kind !== 'constant') parts.push(part);
          else if (part.value === (formula.kind === 'or')) return part;
        }
        return joined(formula.kind, parts);
      }
    }
  };

  return { of: formulaOf, assign, atoms: () => [...atoms.values()], work: () => work };
}

const OPPOSITE: Readonly<Partial<Record<Comparison['operator'], Comparison['operator']>>> = {
  ne: 'eq',
  ge: 'lt',
  gt: 'le',
};
const MIRRORED = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' } as const;

/**
 * The question a comparison asks, in the one form all its spellings share: the field first, of two fields the one
 * earlier in the alphabet; `ne`, `ge` and `gt` as the opposite of a question, which is UNKNOWN where that is.
 */
function canonical(comparison: Comparison): {
  readonly question: Comparison;
  readonly isOpposite: boolean;
} {
  const { left, operator, right } = turned(comparison);
  const isOpposite = operator in OPPOSITE;
  // What is not true, though readable, is false.
  const isFalse = right.kind === 'constant' && right.constant === false;
  return {
    question: {
      ...comparison,
      left,
      operator: OPPOSITE[operator] ?? operator,
      right: isFalse ? { ...right, constant: true } : right,
    },
    isOpposite: isOpposite !== isFalse,
  };
}

function turned(comparison: Comparison): Pick<Comparison, 'left' | 'operator' | 'right'> {
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined) {
    return { left: mixed.field, operator: mixed.operator, right: mixed.literal };
  }
  const { left, operator, right } = comparison;
  if (operator === 'like' || keyOf(left) <= keyOf(right)) return comparison;
  const isOrdered = operator !== 'eq' && operator !== 'ne';
  return { left: right, operator: isOrdered ? MIRRORED[operator] : operator, right: left };
}

/** Operands with one key are the same to every comparison. */
function keyOf(operand: Operand): string {
  switch (operand.kind) {
    case 'field':
      return `field ${JSON.stringify(operand.name.toLowerCase())}`;
    case 'constant':
      return `constant ${operand.constant}`;
    case 'pattern':
      return `${operand.match} ${JSON.stringify(folded(operand.text))}`;
    case 'literal':
      return keyOfValue(operand.value);
  }
}

function keyOfValue(value: Value): string {
  switch (value.type) {
    case 'text':
      // Trailing blanks count in a pattern alone, but that two texts are one is seen by the samples, too.
      return `${value.caseSensitive ? 'exact' : 'text'} ${JSON.stringify(
        value.caseSensitive ? value.text : folded(value.text),
      )}`;
    case 'number':
      return `number ${digitsOf(value)}`;
    case 'date':
    case 'datetime':
      return `${value.type} ${readMoment(value.iso) ?? ''}`;
    case 'enum':
      return `enum ${JSON.stringify(folded(value.element))}`;
    case 'guid':
      return `guid ${JSON.stringify(folded(value.guid))}`;
  }
}

const fieldsIn = ({ left, right }: Comparison): readonly string[] => [
  ...new Set(
    [left, right].flatMap((side) => (side.kind === 'field' ? [side.name.toLowerCase()] : [])),
  ),
];
