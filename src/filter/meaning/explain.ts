import type { Comparison, Condition } from './condition.ts';
import { evaluateComparison, type Row } from './evaluate.ts';
import type { Cell, Truth } from './values.ts';

/** A condition over one row: what every part of it answers, and which parts make the whole what it is. */
export interface Explained {
  readonly condition: Condition;
  /** What SQL Server answers; a part without a known meaning is UNKNOWN. */
  readonly truth: Truth;
  /** Whether the whole would be another without this part, as far as one part can tell. */
  readonly decides: boolean;
  /** What the row holds in the fields of a comparison, in the order they are written. */
  readonly cells: readonly ReadField[];
  /** Those that decide first, otherwise as written. */
  readonly terms: readonly Explained[];
}

export interface ReadField {
  readonly field: string;
  readonly cell: Cell;
}

/** Why a condition answers what it answers for a row. The root always decides. */
export function explain(condition: Condition, row: Row): Explained {
  return deciding(answered(condition, row), true);
}

/** What each part answers, nothing skipped: a person wants to see the other branch too. */
function answered(condition: Condition, row: Row): Explained {
  switch (condition.kind) {
    case 'comparison':
      return {
        ...leaf(condition, evaluateComparison(condition, row)),
        cells: readFields(condition, row),
      };
    case 'not': {
      const term = answered(condition.term, row);
      const truth = term.truth === undefined ? undefined : !term.truth;
      return { ...leaf(condition, truth), terms: [term] };
    }
    case 'and':
    case 'or': {
      const terms = condition.terms.map((term) => answered(term, row));
      return { ...leaf(condition, truthOf(condition.kind, terms)), terms };
    }
    case 'always':
      return leaf(condition, true);
    case 'unreadable':
      return leaf(condition, undefined);
  }
}

const leaf = (condition: Condition, truth: Truth): Explained => ({
  condition,
  truth,
  decides: false,
  cells: [],
  terms: [],
});

/** One false term makes AND false, one true term makes OR true; else one UNKNOWN makes them UNKNOWN. */
function truthOf(kind: 'and' | 'or', terms: readonly Explained[]): Truth {
  const overriding = kind === 'or';
  if (terms.some(({ truth }) => truth === overriding)) return overriding;
  return terms.some(({ truth }) => truth === undefined) ? undefined : !overriding;
}

/** Terms with the answer of the whole are those it comes from: of an AND that is false, the false ones. */
function deciding(explained: Explained, decides: boolean): Explained {
  const isNegation = explained.condition.kind === 'not';
  const terms = explained.terms.map((term) =>
    deciding(term, decides && (isNegation || term.truth === explained.truth)),
  );
  return {
    ...explained,
    decides,
    terms: [...terms.filter((term) => term.decides), ...terms.filter((term) => !term.decides)],
  };
}

function readFields({ left, right }: Comparison, row: Row): readonly ReadField[] {
  const names = [left, right].flatMap((operand) =>
    operand.kind === 'field' ? [operand.name] : [],
  );
  return [...new Set(names)].map((field) => ({ field, cell: row(field) }));
}

/** The comparisons that decide, each once, in the order of the tree: what to look at first. */
export function decidingComparisons(explained: Explained): readonly Explained[] {
  if (!explained.decides) return [];
  return explained.condition.kind === 'comparison'
    ? [explained]
    : explained.terms.flatMap(decidingComparisons);
}
