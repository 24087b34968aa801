import type { Fix, Problem } from '../../../problem/problem.ts';
import type { Edit } from '../../../text/edit.ts';
import type { XppChain, XppConnector } from '../ast.ts';
import type { XppPlace } from '../places.ts';

/** Parentheses around parentheses beyond this are no help to anybody. */
const MOST_CHANGES = 20;

/**
 * X++ ranks `&&` and `||` alike and reads from the left, SQL reads AND first (`dualwrite.md` 2.4, S3).
 * Who wrote the mixture knows what was meant, so each reading is offered and none preferred.
 */
export function checkMixedConnectors({ node }: XppPlace): readonly Problem[] {
  if (node.kind !== 'chain') return [];
  const [first] = node.operators;
  const other = node.operators.find(({ operator }) => operator !== first?.operator);
  if (first === undefined || other === undefined) return [];
  return [
    {
      code: 'mixed-connectors',
      span: other.span,
      args: { first: first.operator, other: other.operator },
      fixes: readings(node),
    },
  ];
}

/** From the left and `&&` first; where both are the same, `||` first is the other one. */
function readings(chain: XppChain): readonly Fix[] {
  const distinct = new Map<string, Fix>();
  for (const [title, edits] of [
    ['group-from-left', editsFromLeft(chain)],
    ['group-and-first', editsFirst(chain, '&&')],
    ['group-or-first', editsFirst(chain, '||')],
  ] as const) {
    const key = JSON.stringify(edits);
    if (edits.length > 0 && !distinct.has(key) && distinct.size < 2) {
      distinct.set(key, { title, edits });
    }
  }
  return [...distinct.values()];
}

function editsFromLeft({ operands, operators, span }: XppChain): readonly Edit[] {
  const closing = operators.flatMap(({ operator }, index) => {
    const end = operands[index]?.span.end ?? span.end;
    return index === 0 || operators[index - 1]?.operator === operator
      ? []
      : [{ span: { start: end, end }, text: ')' }];
  });
  if (closing.length > MOST_CHANGES) return [];
  const { start } = span;
  return [{ span: { start, end: start }, text: '('.repeat(closing.length) }, ...closing];
}

function editsFirst(
  { operands, operators }: XppChain,
  operator: XppConnector['operator'],
): readonly Edit[] {
  return operators.flatMap((connector, index): readonly Edit[] => {
    if (connector.operator !== operator) return [];
    const start = operands[index]?.span.start ?? connector.span.start;
    const end = operands[index + 1]?.span.end ?? connector.span.end;
    return [
      ...(operators[index - 1]?.operator === operator
        ? []
        : [{ span: { start, end: start }, text: '(' }]),
      ...(operators[index + 1]?.operator === operator
        ? []
        : [{ span: { start: end, end }, text: ')' }]),
    ];
  });
}
