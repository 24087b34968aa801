import type {
  XppComparison,
  XppExpression,
  XppField,
  XppLiteral,
  XppOperand,
  XppRelation,
} from './ast.ts';

/** A literal that says its value; `%1` says none. */
export type XppValue = Exclude<XppLiteral, { readonly kind: 'placeholder' }>;

/** A field compared with a constant, whichever side it stands on; the relation is read from the field. */
export interface FieldComparison {
  readonly comparison: XppComparison;
  readonly field: XppField;
  readonly relation: XppRelation;
  readonly literal: XppValue;
  readonly isMirrored: boolean;
}

const MIRRORED: Readonly<Record<XppRelation, XppRelation>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  like: 'like',
};

export function fieldComparison(node: XppExpression | XppOperand): FieldComparison | undefined {
  if (node.kind !== 'comparison') return undefined;
  const { left, relation, right } = node;
  if (left.kind === 'field' && isValue(right)) {
    return { comparison: node, field: left, relation, literal: right, isMirrored: false };
  }
  if (right.kind === 'field' && isValue(left)) {
    return {
      comparison: node,
      field: right,
      relation: MIRRORED[relation],
      literal: left,
      isMirrored: true,
    };
  }
  return undefined;
}

export const isValue = (operand: XppOperand): operand is XppValue =>
  'text' in operand && operand.kind !== 'placeholder';

export const isEquality = (relation: XppRelation): boolean =>
  relation === '==' || relation === '!=';
