import type { Fix, Problem } from '../../../problem/problem.ts';
import type { Edit } from '../../../text/edit.ts';
import type { Span } from '../../../text/span.ts';
import type { XppChain } from '../ast.ts';
import type { XppPlace } from '../places.ts';
import { type CheckContext, quotedPart } from './check.ts';

/**
 * A comparison beside `&&` or `||` without parentheses of its own: a support engineer of Microsoft reports
 * that such a filter fails (`dualwrite.md` 2.3, S2). Below `!` it is one, too: X++ negates the field first.
 */
export function checkBareComparison(
  { node, above }: XppPlace,
  context: CheckContext,
): readonly Problem[] {
  if (node.kind === 'chain') return bareOperands(node, context);
  if (node.kind !== 'comparison' || above?.node.kind !== 'not') return [];
  return [problemAt(node.span, 'negated', [enclosing(node.span)], context)];
}

function bareOperands(chain: XppChain, context: CheckContext): readonly Problem[] {
  const bare = chain.operands.filter(({ kind }) => kind === 'comparison');
  // One list for all of them: a chain may hold 100,000 comparisons.
  const all: readonly Fix[] =
    bare.length < 2
      ? []
      : [{ title: 'enclose-comparisons', edits: bare.flatMap(({ span }) => editsAround(span)) }];
  return bare.map(({ span }) => problemAt(span, undefined, [enclosing(span), ...all], context));
}

function problemAt(
  span: Span,
  variant: string | undefined,
  fixes: readonly Fix[],
  { source }: CheckContext,
): Problem {
  return {
    code: 'bare-comparison',
    span,
    ...(variant === undefined ? {} : { variant }),
    args: { comparison: quotedPart(source, span) },
    fixes,
  };
}

const enclosing = (span: Span): Fix => ({
  title: 'enclose-comparison',
  edits: editsAround(span),
  preferred: true,
});

const editsAround = ({ start, end }: Span): readonly Edit[] => [
  { span: { start, end: start }, text: '(' },
  { span: { start: end, end }, text: ')' },
];
