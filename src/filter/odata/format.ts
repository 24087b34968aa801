import { type IToken, Lexer, tokenMatcher, type TokenType } from 'chevrotain';
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
import type { ODataExpression } from './ast.ts';
import { parseOData } from './parse.ts';
import * as tokens from './tokens.ts';

const lexer = once(
  () =>
    new Lexer(tokens.vocabulary, {
      positionTracking: 'onlyOffset',
      skipValidations: true,
      ensureOptimizations: false,
    }),
);

/**
 * Lays out a filter of the Dataverse side: one blank around operators and behind commas, none inside parentheses,
 * and lines where they are allowed and it is long. A filter with a mistake in it is left alone.
 */
export function formatOData(
  source: string,
  options: FormatOptions = defaultFormat,
): readonly Edit[] {
  const { value, problems } = parseOData(source);
  if (problems.some(({ code }) => catalogue[code].severity === 'error')) return [];
  const read = lexer().tokenize(source).tokens;
  const layout = read.map((token, index) => layoutOf(token, read[index - 1]));
  const node: LayoutNode =
    value === undefined
      ? { kind: 'leaf', span: { start: 0, end: source.length } }
      : layoutNodeOf(value);
  return layoutEdits(source, layout, node, options);
}

const TIGHT_BEFORE: ReadonlySet<TokenType> = new Set([
  tokens.RightParenthesis,
  tokens.RightBracket,
  tokens.RightBrace,
  tokens.Comma,
  tokens.Colon,
  tokens.Semicolon,
  tokens.Slash,
  tokens.Assign,
]);
const TIGHT_AFTER: ReadonlySet<TokenType> = new Set([
  tokens.LeftParenthesis,
  tokens.LeftBracket,
  tokens.LeftBrace,
  tokens.Colon,
  tokens.Semicolon,
  tokens.Slash,
  tokens.Assign,
]);

const layoutOf = (token: IToken, before: IToken | undefined): LayoutToken => ({
  ...spanOfToken(token),
  gap: isTight(token, before) ? '' : ' ',
});

function isTight(token: IToken, before: IToken | undefined): boolean {
  if (before === undefined) return true;
  const opensCall = token.tokenType === tokens.LeftParenthesis && tokenMatcher(before, tokens.Step);
  return opensCall || TIGHT_BEFORE.has(token.tokenType) || TIGHT_AFTER.has(before.tokenType);
}

function layoutNodeOf(expression: ODataExpression): LayoutNode {
  const { span } = expression;
  switch (expression.kind) {
    case 'logical':
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
