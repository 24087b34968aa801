import type { Comparison, Condition, FieldOperand, LiteralOperand, Operand } from './condition.ts';
import {
  type Cell,
  compareCell,
  compareCells,
  emptyValueFor,
  textOfValue,
  type Truth,
} from './values.ts';

/** The cell of a field in one row; a field that the row lacks is NULL. */
export type Row = (field: string) => Cell;

/** What SQL Server answers for one row. A part without a known meaning is UNKNOWN. */
export function evaluate(condition: Condition, row: Row): Truth {
  return fold(condition, (comparison) => evaluateComparison(comparison, row));
}

/**
 * What the filter would answer if NULL were the value X++ takes for nothing: the answer its author
 * expects (`dualwrite.md` 4.2). A row is *lost to NULL* where this is true and `evaluate` is not.
 */
export function evaluateWithoutNull(condition: Condition, row: Row): Truth {
  return fold(condition, (comparison) => {
    const literal = literalOf(comparison);
    const empty = literal === undefined ? '' : emptyValueFor(literal.value);
    return evaluateComparison(comparison, (field) => row(field) ?? empty ?? null);
  });
}

/** Three-valued AND, OR and NOT over the answers of the comparisons. */
export function fold(condition: Condition, answer: (comparison: Comparison) => Truth): Truth {
  switch (condition.kind) {
    case 'comparison':
      return answer(condition);
    case 'not': {
      const term = fold(condition.term, answer);
      return term === undefined ? undefined : !term;
    }
    case 'and':
    case 'or': {
      const deciding = condition.kind === 'or';
      let result: Truth = !deciding;
      for (const term of condition.terms) {
        const truth = fold(term, answer);
        if (truth === deciding) return deciding;
        if (truth === undefined) result = undefined;
      }
      return result;
    }
    case 'always':
      return true;
    case 'unreadable':
      return undefined;
  }
}

const MIRRORED = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
} as const;

/**
 * `"x" == A` read as `A == "x"`: the field first. Undefined unless a field meets a constant, and where a
 * field is the pattern of `like`.
 */
export function fieldWithLiteral(comparison: Comparison):
  | {
      readonly field: FieldOperand;
      readonly operator: Comparison['operator'];
      readonly literal: LiteralOperand;
    }
  | undefined {
  const { left, operator, right } = comparison;
  if (left.kind === 'field' && right.kind === 'literal') {
    return { field: left, operator, literal: right };
  }
  if (left.kind === 'literal' && right.kind === 'field' && operator !== 'like') {
    return { field: right, operator: MIRRORED[operator], literal: left };
  }
  return undefined;
}

const literalOf = (comparison: Comparison): LiteralOperand | undefined =>
  fieldWithLiteral(comparison)?.literal;

function evaluateComparison(comparison: Comparison, row: Row): Truth {
  const mixed = fieldWithLiteral(comparison);
  if (mixed !== undefined) {
    return compareCell(row(mixed.field.name), mixed.operator, mixed.literal.value);
  }
  const { left, operator, right } = comparison;
  const cell = (operand: Operand): Cell =>
    operand.kind === 'field' ? row(operand.name) : textOfValue(operand.value);
  return right.kind === 'literal'
    ? compareCell(cell(left), operator, right.value)
    : compareCells(cell(left), operator, cell(right));
}
