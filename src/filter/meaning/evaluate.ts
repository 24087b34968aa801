import type {
  Comparison,
  Condition,
  FieldOperand,
  KnownOperand,
  LiteralOperand,
} from './condition.ts';
import { dataversePattern, matches } from './patterns.ts';
import {
  type Cell,
  compareCell,
  compareCells,
  compareConstant,
  EMPTY_BOOLEAN,
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
    const empty = emptyCellFor(comparison);
    return evaluateComparison(comparison, (field) => row(field) ?? empty);
  });
}

/** Three-valued AND, OR and NOT over the answers of the comparisons. */
function fold(condition: Condition, answer: (comparison: Comparison) => Truth): Truth {
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

/** A field that meets something known, the field first. */
export interface FieldComparison<Known extends KnownOperand = KnownOperand> {
  readonly field: FieldOperand;
  readonly operator: Comparison['operator'];
  readonly literal: Known;
}

/**
 * `"x" == A` read as `A == "x"`: the field first. Undefined unless a field meets a literal, and where a
 * field is the pattern of `like`.
 */
export function fieldWithLiteral(
  comparison: Comparison,
): FieldComparison<LiteralOperand> | undefined {
  const mixed = fieldWithKnown(comparison);
  return mixed?.literal.kind === 'literal' ? { ...mixed, literal: mixed.literal } : undefined;
}

/** The same for whatever a field meets that is no field: a literal, null, true, false or a pattern. */
export function fieldWithKnown(comparison: Comparison): FieldComparison | undefined {
  const { left, operator, right } = comparison;
  if (left.kind === 'field' && right.kind !== 'field') {
    return { field: left, operator, literal: right };
  }
  if (left.kind !== 'field' && right.kind === 'field' && operator !== 'like') {
    return { field: right, operator: MIRRORED[operator], literal: left };
  }
  return undefined;
}

/**
 * What stands for NULL in the answer without it; NULL itself where the comparison asks for it, and where only
 * metadata knows the empty value.
 */
export function emptyCellFor(comparison: Comparison): Cell {
  const known = fieldWithKnown(comparison)?.literal;
  switch (known?.kind) {
    case 'literal':
      return emptyValueFor(known.value) ?? null;
    case 'constant':
      return known.constant === null ? null : EMPTY_BOOLEAN;
    default:
      return '';
  }
}

/** The answer of one comparison for one row. */
export function evaluateComparison(comparison: Comparison, row: Row): Truth {
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined) return compareKnown(row(mixed.field.name), mixed);
  const { left, operator, right } = comparison;
  const cell = left.kind === 'field' ? row(left.name) : cellOf(left);
  return right.kind === 'field'
    ? compareCells(cell, operator, row(right.name))
    : compareKnown(cell, { operator, literal: right });
}

function compareKnown(
  cell: Cell,
  { operator, literal }: Pick<FieldComparison, 'operator' | 'literal'>,
): Truth {
  switch (literal.kind) {
    case 'literal':
      return compareCell(cell, operator, literal.value);
    case 'constant':
      return compareConstant(cell, operator, literal.constant);
    case 'pattern':
      return cell === null || operator !== 'like'
        ? undefined
        : matches(dataversePattern(literal), cell);
  }
}

/** What is known, as a cell would hold it. */
export function cellOf(known: KnownOperand): Cell {
  switch (known.kind) {
    case 'literal':
      return textOfValue(known.value);
    case 'constant':
      return known.constant === null ? null : String(known.constant);
    case 'pattern':
      return known.text;
  }
}
