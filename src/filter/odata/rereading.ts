import { type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { DEEPEST_NESTING, nestsTooDeep } from '../nesting.ts';
import { spanOfToken } from '../tokenSpan.ts';
import * as tokens from './tokens.ts';

const WORDS: ReadonlySet<TokenType> = new Set([
  tokens.LogicalWord,
  tokens.RelationWord,
  tokens.In,
  tokens.Has,
  tokens.ArithmeticWord,
  tokens.TranslatedWord,
]);

const isWord = (token: IToken): boolean => WORDS.has(token.tokenType);

/** In `mod eq 5` the first word is a column: an operand is due, and a relation follows it. */
export function namesAtOperators(read: readonly IToken[]): readonly IToken[] {
  let result: IToken[] | undefined;
  for (let index = 0; index < read.length - 1; index += 1) {
    const [token, next] = [read[index], read[index + 1]];
    if (token === undefined || next === undefined || !isWord(token)) continue;
    const isRelated =
      next.tokenType === tokens.RelationWord || next.tokenType === tokens.RelationSign;
    if (!isRelated || !isOperandDue((result ?? read)[index - 1])) continue;
    result ??= [...read];
    result[index] = named(token);
  }
  return result ?? read;
}

const isOperandDue = (before: IToken | undefined): boolean =>
  before === undefined ||
  before.tokenType === tokens.LeftParenthesis ||
  tokenMatcher(before, tokens.Operator) ||
  tokenMatcher(before, tokens.Prefix) ||
  tokenMatcher(before, tokens.Stray);

const named = (token: IToken): IToken => ({
  ...token,
  tokenType: tokens.Name,
  tokenTypeIdx: tokens.Name.tokenTypeIdx ?? 0,
});

/**
 * Where the ABNF asks for blanks (`RWS`) around an operator and none is. Only words need them:
 * a sign is a problem of its own.
 */
export function missingBlanks(read: readonly IToken[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (let index = 0; index < read.length; index += 1) {
    const token = read[index];
    const isOperator = token !== undefined && isWord(token);
    if (token === undefined || (!isOperator && token.tokenType !== tokens.Not)) continue;
    const { start, end } = spanOfToken(token);
    const before = read[index - 1];
    const after = read[index + 1];
    const isTight =
      isOperator &&
      before !== undefined &&
      !opensOrBlank(before) &&
      spanOfToken(before).end === start;
    const isTightBehind = after !== undefined && !closesOrBlank(after) && after.startOffset === end;
    if (!isTight && !isTightBehind) continue;
    const places = [...(isTight ? [start] : []), ...(isTightBehind ? [end] : [])];
    problems.push({
      code: 'missing-space',
      span: { start, end },
      args: { operator: token.image },
      fixes: [
        {
          title: 'insert-space',
          edits: places.map((place) => ({ span: { start: place, end: place }, text: ' ' })),
          preferred: true,
        },
      ],
    });
  }
  return problems;
}

/** `%20` is a blank too, though a problem of its own. */
const opensOrBlank = ({ tokenType }: IToken): boolean =>
  tokenType === tokens.LeftParenthesis || tokenType === tokens.PercentEncoded;
const closesOrBlank = ({ tokenType }: IToken): boolean =>
  tokenType === tokens.RightParenthesis || tokenType === tokens.PercentEncoded;

const OPENING: ReadonlySet<TokenType> = new Set([
  tokens.LeftParenthesis,
  tokens.LeftBracket,
  tokens.LeftBrace,
]);
const CLOSING: ReadonlySet<TokenType> = new Set([
  tokens.RightParenthesis,
  tokens.RightBracket,
  tokens.RightBrace,
]);

/** Parentheses and the brackets of JSON nest in each other: together they stay below the limit. */
export function tooDeep(read: readonly IToken[]): Problem | undefined {
  let depth = 0;
  for (const token of read) {
    if (OPENING.has(token.tokenType)) depth += 1;
    else if (CLOSING.has(token.tokenType)) depth = Math.max(0, depth - 1);
    if (depth > DEEPEST_NESTING) return nestsTooDeep(spanOfToken(token));
  }
  return undefined;
}
