import { type IToken, Lexer, type TokenType } from 'chevrotain';
import { catalogue } from '../../problem/catalogue.ts';
import type { Edit } from '../../text/edit.ts';
import {
  defaultFormat,
  type FormatOptions,
  layoutEdits,
  type LayoutNode,
  type LayoutToken,
} from '../convert/layout.ts';
import { once } from '../once.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { XppExpression } from './ast.ts';
import { parseXpp } from './parse.ts';
import * as tokens from './tokens.ts';

export interface XppFormatOptions extends FormatOptions {
  /** Whether `=` becomes `==`; both mean the same (`dualwrite.md` 2.3). */
  readonly doubleEquals?: boolean;
}

const lexer = once(
  () =>
    new Lexer(tokens.vocabulary, {
      positionTracking: 'onlyOffset',
      skipValidations: true,
      ensureOptimizations: false,
    }),
);

/**
 * Lays out a filter of the Finance and Operations side: one blank around operators, none inside parentheses, and
 * lines where they are allowed and it is long. A filter with a mistake in it is left alone.
 */
export function formatXpp(
  source: string,
  options: XppFormatOptions = defaultFormat,
): readonly Edit[] {
  const { value, problems } = parseXpp(source);
  if (problems.some(({ code }) => catalogue[code].severity === 'error')) return [];
  const read = lexer().tokenize(source).tokens;
  const layout = read.map((token, index) => layoutOf(token, read[index - 1], options));
  const node: LayoutNode =
    value === undefined
      ? { kind: 'leaf', span: { start: 0, end: source.length } }
      : layoutNodeOf(value);
  return layoutEdits(source, layout, node, options);
}

const TIGHT_BEFORE: ReadonlySet<TokenType> = new Set([
  tokens.RightParenthesis,
  tokens.LeftBracket,
  tokens.RightBracket,
  tokens.Scope,
  tokens.Dot,
  tokens.Comma,
]);
const TIGHT_AFTER: ReadonlySet<TokenType> = new Set([
  tokens.LeftParenthesis,
  tokens.LeftBracket,
  tokens.Scope,
  tokens.Dot,
  tokens.Not,
]);

function layoutOf(
  token: IToken,
  before: IToken | undefined,
  { doubleEquals = false }: XppFormatOptions,
): LayoutToken {
  const opensCall =
    token.tokenType === tokens.LeftParenthesis && before?.tokenType === tokens.Identifier;
  const isTight =
    before === undefined ||
    opensCall ||
    TIGHT_BEFORE.has(token.tokenType) ||
    TIGHT_AFTER.has(before.tokenType);
  const replacement = spellingOf(token, doubleEquals);
  return {
    ...spanOfToken(token),
    gap: isTight ? '' : ' ',
    ...(replacement === undefined ? {} : { replacement }),
  };
}

function spellingOf(token: IToken, doubleEquals: boolean): string | undefined {
  if (token.tokenType === tokens.Like) return 'like';
  return doubleEquals && token.image === '=' ? '==' : undefined;
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
