import { type ILexingError, Lexer, type TokenType } from 'chevrotain';
import type { Problem } from '../problem/problem.ts';
import { textOf } from '../text/span.ts';
import { spanOfToken } from './tokenSpan.ts';
import type { WrittenToken } from './writtenToken.ts';

/** Tries at each character those tokens alone that can begin with it, as far as every pattern lets Chevrotain know. */
export const lexerOf = (vocabulary: TokenType[]): Lexer =>
  new Lexer(vocabulary, {
    positionTracking: 'onlyOffset',
    skipValidations: true,
    ensureOptimizations: false,
  });

/** Characters that no token has. */
export const unexpectedCharacters = (
  errors: readonly ILexingError[],
  source: string,
  base = 0,
): readonly Problem[] =>
  errors.map(({ offset, length }) => {
    const span = { start: base + offset, end: base + offset + length };
    return { code: 'unexpected-character', span, args: { text: textOf(source, span) } };
  });

/** @param types the module of the token types: what it exports are the names that are told. */
export function writtenTokens<Types extends object>(
  lexer: Lexer,
  types: Types,
  source: string,
): readonly WrittenToken<keyof Types>[] {
  const named = (type: TokenType | undefined): keyof Types | undefined =>
    type !== undefined && isKeyOf(types, type.name) ? type.name : undefined;
  return lexer.tokenize(source).tokens.map((token) => ({
    type: named(token.tokenType),
    category: named(token.tokenType.CATEGORIES?.[0]),
    text: token.image,
    span: spanOfToken(token),
  }));
}

const isKeyOf = <T extends object>(object: T, key: PropertyKey): key is keyof T => key in object;
