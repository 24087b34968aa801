import type { Edit } from '../../text/edit.ts';
import {
  defaultFormat,
  type FormatOptions,
  formatted,
  type LayoutNode,
  type LayoutToken,
} from '../convert/layout.ts';
import type { XppExpression } from './ast.ts';
import { type XppToken, xppTokensOf } from './byGrammar.ts';
import { parseXpp } from './parse.ts';

export interface XppFormatOptions extends FormatOptions {
  /** Whether `=` becomes `==`; both mean the same (`dualwrite.md` 2.3). */
  readonly doubleEquals?: boolean;
}

/**
 * Lays out a filter of the Finance and Operations side: one blank around operators, none inside parentheses, and
 * lines where they are allowed and it is long. A filter with a mistake in it is left alone.
 */
export function formatXpp(
  source: string,
  options: XppFormatOptions = defaultFormat,
): readonly Edit[] {
  const layout = {
    tokens: xppTokensOf,
    tokenOf: (token: XppToken, before: XppToken | undefined) => layoutOf(token, before, options),
    nodeOf: layoutNodeOf,
  };
  return formatted(source, parseXpp(source), layout, options);
}

const TIGHT_BEFORE: ReadonlySet<XppToken['type']> = new Set([
  'RightParenthesis',
  'LeftBracket',
  'RightBracket',
  'Scope',
  'Dot',
  'Comma',
]);
const TIGHT_AFTER: ReadonlySet<XppToken['type']> = new Set([
  'LeftParenthesis',
  'LeftBracket',
  'Scope',
  'Dot',
  'Not',
]);

function layoutOf(
  token: XppToken,
  before: XppToken | undefined,
  { doubleEquals = false }: XppFormatOptions,
): LayoutToken {
  const opensCall = token.type === 'LeftParenthesis' && before?.type === 'Identifier';
  const isTight =
    before === undefined ||
    opensCall ||
    TIGHT_BEFORE.has(token.type) ||
    TIGHT_AFTER.has(before.type);
  const replacement = spellingOf(token, doubleEquals);
  return {
    ...token.span,
    gap: isTight ? '' : ' ',
    ...(replacement === undefined ? {} : { replacement }),
  };
}

function spellingOf(token: XppToken, doubleEquals: boolean): string | undefined {
  if (token.category === 'Relation' && token.text.toLowerCase() === 'like') return 'like';
  return doubleEquals && token.text === '=' ? '==' : undefined;
}

function layoutNodeOf(expression: XppExpression): LayoutNode {
  const { span } = expression;
  switch (expression.kind) {
    case 'chain':
      return {
        kind: 'chain',
        operands: expression.operands.map(layoutNodeOf),
        operators: expression.operators.map((operator) => operator.span),
        span,
      };
    case 'group':
      return { kind: 'group', inner: layoutNodeOf(expression.expression), span };
    case 'not':
      return { kind: 'prefixed', operand: layoutNodeOf(expression.operand), span };
    default:
      return { kind: 'leaf', span };
  }
}
