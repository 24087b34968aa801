import { type IToken, tokenMatcher } from 'chevrotain';
import { type Analysed, byPlace, type Problem } from '../../problem/problem.ts';
import { lexerOf, unexpectedCharacters, writtenTokens } from '../lexer.ts';
import { once } from '../once.ts';
import { balanced } from '../parentheses.ts';
import type { WrittenToken } from '../writtenToken.ts';
import type { XppExpression } from './ast.ts';
import { XppGrammar } from './grammar.ts';
import { withSqlOperators } from './sqlOperators.ts';
import * as tokens from './tokens.ts';

// Both are built at the first filter, not at start: an editor waits for `initialize`, not for them.
const lexer = once(() => lexerOf(tokens.vocabulary));
const grammar = once(() => new XppGrammar(true));
const meantBySql = once((): readonly [IToken, IToken, IToken] => {
  const [equal, notEqual, empty] = lexer().tokenize('== != ""').tokens;
  if (equal === undefined || notEqual === undefined || empty === undefined) {
    throw new Error('the lexer lost a relation');
  }
  return [equal, notEqual, empty];
});

export type XppToken = WrittenToken<keyof typeof tokens>;

export const xppTokensOf = (source: string): readonly XppToken[] =>
  writtenTokens(lexer(), tokens, source);

/** Reads any filter by the grammar and its error productions. */
export function readXppByGrammar(source: string): Analysed<XppExpression | undefined> {
  const lexed = lexer().tokenize(source);
  const lexicalProblems = unexpectedCharacters(lexed.errors, source);
  if (lexed.tokens.length === 0) return { value: undefined, problems: lexicalProblems };

  const sql = withSqlOperators(lexed.tokens, source, meantBySql());
  const { value, problems: parenthesisProblems } = balanced(
    withFieldsNamedLikeOperators(sql.tokens),
    {
      open: tokens.LeftParenthesis,
      close: tokens.RightParenthesis,
      prefixes: [tokens.Not, tokens.ForeignNot],
      unterminated: tokens.UnterminatedString,
    },
  );
  const problems = [...lexicalProblems, ...sql.problems, ...parenthesisProblems];
  if (value === undefined) return { value: undefined, problems };

  const parser = grammar();
  parser.input = value;
  parser.source = source;
  parser.problems = problems;
  const expression = parser.filter();
  parser.problems = [];
  return { value: expression, problems: oncePerToken(problems).toSorted(byPlace) };
}

/**
 * A token that stands where a value is missing is often too much a moment later: `A === 1` is one mistake.
 * What was told first of a token counts.
 */
function oncePerToken(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  const told = new Set<string>();
  return problems.filter(({ code, span }) => {
    const isExpectation = code.startsWith('expected-') || code === 'unexpected-token';
    if (!isExpectation && code !== 'foreign-operator') return true;
    const place = `${span.start}..${span.end}`;
    const isFirst = !told.has(place);
    if (isExpectation) told.add(place);
    return isFirst;
  });
}

/** In `LE == "US"` the word is a field: a relation follows it. */
function withFieldsNamedLikeOperators(read: readonly IToken[]): readonly IToken[] {
  if (!read.some(isWord)) return read;
  return read.map((token, index) => {
    const next = read[index + 1];
    return isWord(token) && next !== undefined && tokenMatcher(next, tokens.Relation)
      ? {
          ...token,
          tokenType: tokens.Identifier,
          tokenTypeIdx: tokens.Identifier.tokenTypeIdx ?? 0,
        }
      : token;
  });
}

const isWord = ({ tokenType }: IToken): boolean =>
  tokenType === tokens.ForeignRelation ||
  tokenType === tokens.ForeignAnd ||
  tokenType === tokens.ForeignOr;
