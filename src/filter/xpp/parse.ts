import { Lexer, tokenMatcher, type IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { balanced, DEEPEST_NESTING } from '../parentheses.ts';
import { memoised } from '../memo.ts';
import { once } from '../once.ts';
import { withinStack } from '../withinStack.ts';
import type { XppExpression } from './ast.ts';
import { XppGrammar } from './grammar.ts';
import * as tokens from './tokens.ts';

// Both are built at the first filter, not at start: an editor waits for `initialize`, not for them.
const lexer = once(
  () =>
    new Lexer(tokens.vocabulary, {
      positionTracking: 'onlyOffset',
      skipValidations: true,
      ensureOptimizations: false,
    }),
);
const grammar = once(() => new XppGrammar(true));

/**
 * Parses an X++ range expression. The value is undefined for an empty filter, which keeps every row,
 * and where parentheses nest too deep to read.
 */
export const parseXpp = memoised((source: string): Analysed<XppExpression | undefined> => {
  const lexed = lexer().tokenize(source);
  const lexicalProblems = lexed.errors.map((error): Problem => ({
    code: 'unexpected-character',
    span: { start: error.offset, end: error.offset + error.length },
    args: { text: source.slice(error.offset, error.offset + error.length) },
  }));
  if (lexed.tokens.length === 0) return { value: undefined, problems: lexicalProblems };

  const { value, problems: parenthesisProblems } = balanced(
    withFieldsNamedLikeOperators(lexed.tokens),
    {
      open: tokens.LeftParenthesis,
      close: tokens.RightParenthesis,
      prefixes: [tokens.Not, tokens.ForeignNot],
      unterminated: tokens.UnterminatedString,
    },
  );
  const problems = [...lexicalProblems, ...parenthesisProblems];
  if (value === undefined) return { value: undefined, problems };

  const parser = grammar();
  parser.input = value;
  parser.source = source;
  parser.problems = problems;
  const expression = withinStack(() => parser.filter());
  parser.problems = [];
  if (expression === undefined) {
    const span = { start: 0, end: source.length };
    const deepest: Problem = { code: 'too-deep', span, args: { limit: DEEPEST_NESTING } };
    return { value: undefined, problems: [deepest] };
  }
  return { value: expression, problems: oncePerToken(problems).toSorted(byPlace) };
});

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

const byPlace = (a: Problem, b: Problem): number => a.span.start - b.span.start;

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
