import type { XppChain, XppExpression } from '../../filter/xpp/ast.ts';
import { removalSpan } from '../../filter/xpp/checks/chainLogic.ts';
import type { XppPlace } from '../../filter/xpp/places.ts';
import type { Fix, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { type FieldUse, fieldPlaces } from './direction.ts';

/**
 * A map can't be limited to a company by its filter: the runtime adds the company itself, and which companies take
 * part is set where the environments are linked (`dualwrite.md` section 6, F9).
 */
export function checkXppCompany(
  root: XppExpression,
  isField: (name: string) => boolean,
  isBroken: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  let ands: Map<XppChain, boolean> | undefined;
  const isAnd = (chain: XppChain): boolean => {
    ands ??= new Map();
    const answer = ands.get(chain) ?? chain.operators.every(({ operator }) => operator === '&&');
    ands.set(chain, answer);
    return answer;
  };
  for (const { node, above } of fieldPlaces(root)) {
    const name = node.name.toLowerCase();
    // An entity may have a field Company that means something else; DataAreaId is always the company.
    if (name !== 'dataareaid' && (name !== 'company' || isField(node.name))) continue;
    const removal = isBroken ? undefined : removalOf(above, isAnd);
    problems.push({
      code: 'company-filter',
      span: node.span,
      args: { field: node.name },
      fixes: removal === undefined ? [] : [remove(removal)],
    });
  }
  return problems;
}

/** Only what stands beside other conditions can go without a trace. */
function removalOf(comparison: XppPlace, isAnd: (chain: XppChain) => boolean): Span | undefined {
  let operand = comparison;
  while (operand.above?.node.kind === 'group') operand = operand.above;
  const chain = operand.above?.node;
  return chain?.kind === 'chain' && isAnd(chain) ? removalSpan(chain, operand.index) : undefined;
}

const remove = (span: Span): Fix => ({ title: 'remove-comparison', edits: [{ span, text: '' }] });

export const checkODataCompany = (columns: readonly FieldUse[]): readonly Problem[] =>
  columns
    .filter(({ name }) => COMPANY_COLUMNS.has(name.toLowerCase()))
    .map(({ name, span }) => ({ code: 'company-filter', span, args: { field: name } }));

const COMPANY_COLUMNS: ReadonlySet<string> = new Set(['_msdyn_company_value', 'msdyn_company']);
