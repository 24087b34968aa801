import { isBroken } from '../../problem/catalogue.ts';
import type { Analysed } from '../../problem/problem.ts';
import type { Edit } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';

/** A token and what stands between it and the one before, where both are on one line. */
export interface LayoutToken extends Span {
  readonly gap: '' | ' ';
  /** What is written in its place; itself if absent. */
  readonly replacement?: string;
}

/** Where lines may break. */
export type LayoutNode =
  | {
      readonly kind: 'chain';
      readonly operands: readonly LayoutNode[];
      /** One fewer than the operands. */
      readonly operators: readonly Span[];
      readonly span: Span;
    }
  | { readonly kind: 'group'; readonly inner: LayoutNode; readonly span: Span }
  | { readonly kind: 'prefixed'; readonly operand: LayoutNode; readonly span: Span }
  | { readonly kind: 'leaf'; readonly span: Span };

/** How a language is laid out. */
export interface Layout<Tree, Token> {
  readonly tokens: (source: string) => readonly Token[];
  readonly tokenOf: (token: Token, before: Token | undefined) => LayoutToken;
  readonly nodeOf: (tree: Tree) => LayoutNode;
}

export interface FormatOptions {
  /** False where the text stands in a JSON string, which has no lines. */
  readonly multiline: boolean;
  readonly width: number;
  /** Only what lies in here is changed. */
  readonly range?: Span;
}

export const defaultFormat: FormatOptions = { multiline: false, width: 100 };

const INDENT = '  ';

/** A filter laid out by its tree and tokens; one with a mistake in it is left alone. */
export function formatted<Tree, Token>(
  source: string,
  parsed: Analysed<Tree | undefined>,
  { tokens, tokenOf, nodeOf }: Layout<Tree, Token>,
  options: FormatOptions,
): readonly Edit[] {
  if (isBroken(parsed.problems)) return [];
  const node: LayoutNode =
    parsed.value === undefined
      ? { kind: 'leaf', span: { start: 0, end: source.length } }
      : nodeOf(parsed.value);
  const read = tokens(source);
  const layout = read.map((token, index) => tokenOf(token, read[index - 1]));
  return layoutEdits(source, layout, node, options);
}

/**
 * The edits that give a text its layout: what is right already is not touched. Lines break where a chain or a
 * group does not fit, each operator at the start of its line; that hangs on the tokens alone and not on the
 * blanks between them, so formatting twice changes nothing more.
 */
function layoutEdits(
  source: string,
  tokens: readonly LayoutToken[],
  node: LayoutNode,
  options: FormatOptions,
): readonly Edit[] {
  const breaks = options.multiline ? breaksOf(node, tokens, options.width) : new Map();
  const edits: Edit[] = [];
  const change = (span: Span, text: string): void => {
    if (source.slice(span.start, span.end) !== text) edits.push({ span, text });
  };
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const indent = breaks.get(token.start);
    const gap = indent === undefined ? token.gap : `\n${INDENT.repeat(indent)}`;
    change({ start: end, end: token.start }, index === 0 ? '' : gap);
    if (token.replacement !== undefined) change(token, token.replacement);
    ({ end } = token);
  }
  change({ start: end, end: source.length }, '');
  const { range } = options;
  return range === undefined ? edits : edits.filter(({ span }) => contains(range, span));
}

/** The tokens that begin a line, by their offset, and how far each is indented. */
function breaksOf(
  root: LayoutNode,
  tokens: readonly LayoutToken[],
  width: number,
): ReadonlyMap<number, number> {
  const columns = columnsOf(tokens);
  const widthOf = ({ start, end }: Span): number =>
    (columns.ends.get(end) ?? 0) - (columns.starts.get(start) ?? 0);
  const breaks = new Map<number, number>();
  /** @param lead how much of the line is taken by what stands before the node. */
  const visit = (node: LayoutNode, indent: number, lead: number): void => {
    if (indent * INDENT.length + lead + widthOf(node.span) <= width) return;
    switch (node.kind) {
      case 'chain':
        for (const [index, operand] of node.operands.entries()) {
          const operator = node.operators[index - 1];
          if (operator === undefined) {
            visit(operand, indent, lead);
            continue;
          }
          breaks.set(operator.start, indent);
          visit(operand, indent, widthOf(operator) + 1);
        }
        return;
      case 'group':
        // A long comparison grows no shorter on a line of its own.
        if (node.inner.kind === 'leaf') return;
        breaks.set(node.inner.span.start, indent + 1);
        breaks.set(node.span.end - 1, indent);
        visit(node.inner, indent + 1, 0);
        return;
      case 'prefixed':
        visit(node.operand, indent, lead + widthOf(node.span) - widthOf(node.operand.span));
        return;
      case 'leaf':
        return;
    }
  };
  visit(root, 0, 0);
  return breaks;
}

/** The columns at which tokens start and end if all stand on one line. */
function columnsOf(tokens: readonly LayoutToken[]): {
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
} {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let column = 0;
  for (const { start, end, gap, replacement } of tokens) {
    column += gap.length;
    starts.set(start, column);
    column += replacement?.length ?? end - start;
    ends.set(end, column);
  }
  return { starts, ends };
}
