import type { ODataExpression } from '../../filter/odata/ast.ts';
import { partsOf as odataPartsOf } from '../../filter/odata/visit.ts';
import type { XppExpression, XppOperand } from '../../filter/xpp/ast.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedFilter, ParsedFilter } from '../analysed.ts';

/**
 * A filter as nested stretches of text, whichever language it is written in: all that folding, selection,
 * outline and matching parentheses ask for.
 */
export interface Part {
  readonly kind: PartKind;
  readonly span: Span;
  /** In the order of the text. */
  readonly parts: readonly Part[];
  /** What joins the parts of a chain or stands before that of a negation, as written. */
  readonly operators: readonly string[];
  /** Where the parentheses or brackets stand; undefined unless both are written. */
  readonly brackets: Brackets | undefined;
}

type PartKind = 'chain' | 'not' | 'group' | 'comparison' | 'call' | 'operand';

interface Brackets {
  readonly open: number;
  readonly close: number;
}

/** Undefined where the filter is empty or could not be read. */
export function rootPart({ parsed, site }: AnalysedFilter): Part | undefined {
  if (parsed.expression === undefined) return undefined;
  const before = known.get(parsed);
  if (before !== undefined) return before;
  const source = site.text.value;
  const part =
    parsed.language === 'xpp'
      ? xppPart(parsed.expression, source)
      : odataPart(parsed.expression, source);
  known.set(parsed, part);
  return part;
}

/** An edit of one filter leaves the trees of all others as they are. */
const known = new WeakMap<ParsedFilter, Part>();

// Both recurse as deep as parentheses nest, which DEEPEST_NESTING bounds; chains of any length are flat.
function xppPart(node: XppExpression | XppOperand, source: string): Part {
  const { span } = node;
  const all = (nodes: readonly (XppExpression | XppOperand)[]): readonly Part[] =>
    nodes.filter(isWritten).map((child) => xppPart(child, source));
  switch (node.kind) {
    case 'chain':
      return {
        ...bare('chain', span),
        parts: all(node.operands),
        operators: node.operators.map(({ operator }) => operator),
      };
    case 'not':
      return {
        ...bare('not', span),
        parts: all([node.operand]),
        operators: [prefixText(source, span)],
      };
    case 'group': {
      const parts = all([node.expression]);
      const brackets = bracketsOf(source, span, span.start, parts);
      return { ...bare('group', span), parts, brackets };
    }
    case 'comparison':
      return { ...bare('comparison', span), parts: all([node.left, node.right]) };
    case 'call': {
      const parts = all(node.args);
      const brackets = bracketsOf(source, span, source.indexOf('(', span.start), parts);
      return { ...bare('call', span), parts, brackets };
    }
    default:
      return bare('operand', span);
  }
}

function odataPart(node: ODataExpression, source: string): Part {
  const { span } = node;
  const parts = odataPartsOf(node)
    .filter(isWritten)
    .map((child) => odataPart(child, source));
  switch (node.kind) {
    case 'logical':
      return {
        ...bare('chain', span),
        parts,
        operators: node.operators.map(({ name }) => name),
      };
    case 'not':
      return { ...bare('not', span), parts, operators: [node.operator.text] };
    case 'group':
    case 'list':
    case 'array':
    case 'object':
      return {
        ...bare(node.kind === 'group' ? 'group' : 'operand', span),
        parts,
        brackets: bracketsOf(source, span, span.start, parts),
      };
    case 'comparison':
      return { ...bare('comparison', span), parts };
    case 'call':
    case 'lambda':
    case 'count':
    case 'subset':
      return {
        ...bare('call', span),
        parts,
        brackets: bracketsOf(source, span, source.indexOf('(', span.start), parts),
      };
    default:
      return { ...bare('operand', span), parts };
  }
}

const isWritten = ({ span }: { readonly span: Span }): boolean => span.end > span.start;

const bare = (kind: PartKind, span: Span): Part => ({
  kind,
  span,
  parts: [],
  operators: [],
  brackets: undefined,
});

/** A closing one that was put at the end of the text for the parser is not written; the one there is a part's. */
function bracketsOf(
  source: string,
  span: Span,
  open: number,
  parts: readonly Part[],
): Brackets | undefined {
  const close = span.end - 1;
  const isPair = CLOSING[source[open] ?? ''] === source[close];
  const isOwn = (parts.at(-1)?.span.end ?? 0) <= close;
  return isPair && isOwn && open >= span.start && open < close ? { open, close } : undefined;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** `!`, or the word that stands in its place. */
export const prefixText = (source: string, span: Span): string =>
  /^(?:!|[^\s(!]+)/u.exec(source.slice(span.start, span.start + LONGEST_PREFIX))?.[0] ?? '!';

const LONGEST_PREFIX = 8;

/** The parts around an offset, from the whole filter to the smallest. */
export function partsAround(root: Part, offset: number): readonly Part[] {
  const result: Part[] = [];
  let current: Part | undefined = root;
  while (current !== undefined) {
    result.push(current);
    // Where two parts touch, the second one is what an editor means by "the caret is at it".
    current = current.parts.findLast(({ span }) => span.start <= offset && offset <= span.end);
  }
  return result.filter(({ span }) => span.start <= offset && offset <= span.end);
}

/** A part and everything below it, in the order of the text. */
export function allParts(root: Part): readonly Part[] {
  const result: Part[] = [];
  const pending = [root];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    result.push(part);
    for (const child of part.parts.toReversed()) pending.push(child);
  }
  return result;
}
