import type { XppChain, XppExpression, XppRelation } from '../ast.ts';
import { fieldComparison, type FieldComparison } from '../compared.ts';
import type { CheckContext } from './check.ts';
import { valueKey } from './values.ts';

/** An operand of a chain; parentheses and chains of the same operator within it are seen through. */
export interface Term {
  readonly operand: XppExpression;
  /** The chain it stands in, and where in it. */
  readonly owner: XppChain;
  readonly index: number;
}

/** A field and a constant below any parentheses and negations, read without the negations. */
export interface PlainTerm extends FieldComparison {
  /** Undefined for a negated `like`, which has no relation of its own. */
  readonly plain: XppRelation | undefined;
}

export const OPPOSITE: Readonly<Partial<Record<XppRelation, XppRelation>>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** Whether all its connectors are the same; a mixed chain has no terms on one level. */
export const isUniform = ({ operators }: XppChain): boolean =>
  operators.every(({ operator }) => operator === operators[0]?.operator);

/** The terms of a uniform chain in the order of the text. Without recursion. */
export function termsOf(chain: XppChain): readonly Term[] {
  const operator = chain.operators[0]?.operator;
  const terms: Term[] = [];
  const pending: Term[] = [];
  const open = (owner: XppChain): void => {
    for (let index = owner.operands.length - 1; index >= 0; index -= 1) {
      const operand = owner.operands[index];
      if (operand !== undefined) pending.push({ operand, owner, index });
    }
  };
  open(chain);
  for (let term = pending.pop(); term !== undefined; term = pending.pop()) {
    const inner = withoutGroups(term.operand);
    if (inner.kind === 'chain' && isUniform(inner) && inner.operators[0]?.operator === operator) {
      open(inner);
    } else {
      terms.push(term);
    }
  }
  return terms;
}

function withoutGroups(expression: XppExpression): XppExpression {
  let inner = expression;
  while (inner.kind === 'group') inner = inner.expression;
  return inner;
}

export function plainTerm({ operand }: Term): PlainTerm | undefined {
  let inner = withoutGroups(operand);
  let isNegated = false;
  while (inner.kind === 'not') {
    isNegated = !isNegated;
    inner = withoutGroups(inner.operand);
  }
  const compared = fieldComparison(inner);
  if (compared === undefined) return undefined;
  return { ...compared, plain: isNegated ? OPPOSITE[compared.relation] : compared.relation };
}

export const fieldKey = ({ field }: FieldComparison, { source }: CheckContext): string =>
  source.slice(field.span.start, field.span.end).toLowerCase();

/** The same for terms that say the same. */
export const termKey = (term: PlainTerm, context: CheckContext): string =>
  `${fieldKey(term, context)} ${term.plain ?? 'not like'} ${valueKey(term.literal)}`;
