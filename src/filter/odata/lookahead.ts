import { EOF, type IToken, tokenMatcher } from 'chevrotain';
import type { ODataOperator } from './ast.ts';
import { isArithmetic } from './operators.ts';
import * as tokens from './tokens.ts';

/** Where an expression stands, which tells what ends it. */
export type Place = 'top' | 'group' | 'argument' | 'json';

/** A parenthesis ends whatever stands in it: they are balanced before the grammar reads them. */
export function endsExpression(token: IToken, place: Place): boolean {
  switch (token.tokenType) {
    case EOF:
    case tokens.RightParenthesis:
      return true;
    case tokens.Comma:
      return place !== 'top';
    case tokens.Colon:
    case tokens.Semicolon:
      return place === 'argument';
    case tokens.RightBracket:
    case tokens.RightBrace:
      return place === 'json';
    default:
      return false;
  }
}

/**
 * Whether two operands without operator are two conditions, and not the two sides of one: the left has its
 * comparison already or is complete in itself, or the right is or has.
 */
export function suggestsConnector(
  operators: readonly ODataOperator[],
  { before, first, second }: Neighbours,
): boolean {
  const decisive = operators.findLast(({ name }) => !isArithmetic(name));
  if (decisive !== undefined && decisive.name !== 'and' && decisive.name !== 'or') return true;
  return (
    before.tokenType === tokens.RightParenthesis ||
    first.tokenType === tokens.LeftParenthesis ||
    tokenMatcher(first, tokens.Prefix) ||
    second.tokenType === tokens.LeftParenthesis ||
    RELATION_TOKENS.some((type) => tokenMatcher(second, type))
  );
}

/** The tokens around the place where an operator is missing. */
export interface Neighbours {
  readonly before: IToken;
  readonly first: IToken;
  readonly second: IToken;
}

const RELATION_TOKENS = [tokens.RelationWord, tokens.RelationSign, tokens.In, tokens.Has];
