import type { Problem } from '../../../problem/problem.ts';
import type { XppPlace } from '../places.ts';
import { rewriting } from './check.ts';

/** Microsoft's own filters write both `=` and `==` (`dualwrite.md` 2.3, S4): a matter of style. */
export function checkSingleEquals({ node }: XppPlace): readonly Problem[] {
  if (node.kind !== 'comparison' || node.operator.text !== '=') return [];
  const { span } = node.operator;
  return [
    { code: 'single-equals', span, fixes: [rewriting('replace-operator', span, '==', true)] },
  ];
}
