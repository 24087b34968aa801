import type { Comparison, Condition, Operand } from '../filter/meaning/condition.ts';
import { fieldWithLiteral } from '../filter/meaning/evaluate.ts';
import type { AnalysedFilter } from './analysed.ts';
import { legEntity } from './checks/legEntity.ts';
import { emptyElements } from './checks/nullLoss.ts';
import type { Workspace } from './workspace.ts';

/**
 * What a filter means, its literals knowing the element that X++ shows where the view yields NULL for an enum: the one
 * with the number 0 (`dualwrite.md` 4.2, 4.4). Rows are then judged as their author expects them to be.
 */
export function withEmptyElements(
  { meaning, site: { leg } }: Pick<AnalysedFilter, 'meaning' | 'site'>,
  workspace: Workspace,
): Condition {
  if (leg === undefined) return meaning;
  const emptyOf = emptyElements(legEntity(leg, workspace).typeOf, workspace.metadata);
  const rewritten = (comparison: Comparison): Comparison => {
    const compared = fieldWithLiteral(comparison);
    const value = compared?.literal.value;
    if (compared === undefined || (value?.type !== 'enum' && value?.type !== 'text')) {
      return comparison;
    }
    const empty = emptyOf(compared.field.name, value);
    if (empty === undefined) return comparison;
    const operand = (side: Operand): Operand =>
      side === compared.literal ? { ...compared.literal, value: { ...value, empty } } : side;
    return { ...comparison, left: operand(comparison.left), right: operand(comparison.right) };
  };
  return inEachComparison(meaning, rewritten);
}

/** A condition with other comparisons in the same places. */
export function inEachComparison(
  condition: Condition,
  rewritten: (comparison: Comparison) => Condition,
): Condition {
  switch (condition.kind) {
    case 'comparison':
      return rewritten(condition);
    case 'not':
      return { ...condition, term: inEachComparison(condition.term, rewritten) };
    case 'and':
    case 'or':
      return {
        ...condition,
        terms: condition.terms.map((term) => inEachComparison(term, rewritten)),
      };
    default:
      return condition;
  }
}
