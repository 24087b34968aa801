import type { Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { XppComparison } from '../ast.ts';
import { isValue } from '../compared.ts';
import type { XppPlace } from '../places.ts';
import { type CheckContext, quotedPart } from './check.ts';
import { holds, knownValue } from './values.ts';

/** A comparison that no row decides: of two constants, or of a field with itself. */
export function checkConstantComparison(
  { node, compared }: XppPlace,
  { source }: CheckContext,
): readonly Problem[] {
  if (node.kind !== 'comparison' || compared !== undefined) return [];
  const variant = variantOf(node, source);
  if (variant === undefined) return [];
  const comparison = quotedPart(source, node.span);
  return [{ code: 'constant-comparison', variant, span: node.span, args: { comparison } }];
}

function variantOf({ left, relation, right }: XppComparison, source: string): string | undefined {
  if (left.kind === 'field' && right.kind === 'field') {
    const isSame =
      textOf(source, left.span).toLowerCase() === textOf(source, right.span).toLowerCase();
    if (!isSame) return undefined;
    return ['!=', '<', '>'].includes(relation) ? 'itselfNever' : 'itself';
  }
  if (!isValue(left) || !isValue(right)) return undefined;
  const first = knownValue(left);
  const second = knownValue(right);
  const truth =
    first === undefined || second === undefined ? undefined : holds(first, relation, second);
  if (truth === undefined) return 'constant';
  return truth ? 'true' : 'false';
}
