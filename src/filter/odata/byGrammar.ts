import { type Analysed, byPlace } from '../../problem/problem.ts';
import { lexerOf, unexpectedCharacters, writtenTokens } from '../lexer.ts';
import { once } from '../once.ts';
import { balanced } from '../parentheses.ts';
import type { WrittenToken } from '../writtenToken.ts';
import type { ODataExpression } from './ast.ts';
import { valuesForConditions } from './conditions.ts';
import { ODataGrammar } from './grammar.ts';
import { missingBlanks, namesAtOperators, tooDeep } from './rereading.ts';
import * as tokens from './tokens.ts';

// Both are built at the first filter, not at start: an editor waits for `initialize`, not for them.
const lexer = once(() => lexerOf(tokens.vocabulary));
const grammar = once(() => new ODataGrammar(true));

export type ODataToken = WrittenToken<keyof typeof tokens>;

export const odataTokensOf = (source: string): readonly ODataToken[] =>
  writtenTokens(lexer(), tokens, source);

/** Reads any filter by the grammar and its error productions. */
export function readODataByGrammar(source: string): Analysed<ODataExpression | undefined> {
  const lexed = lexer().tokenize(source);
  const problems = [...unexpectedCharacters(lexed.errors, source)];
  if (lexed.tokens.length === 0) return { value: undefined, problems };

  const read = namesAtOperators(lexed.tokens);
  const deep = tooDeep(read);
  if (deep !== undefined) return { value: undefined, problems: [...problems, deep] };
  const { value, problems: parenthesisProblems } = balanced(read, {
    open: tokens.LeftParenthesis,
    close: tokens.RightParenthesis,
    prefixes: [tokens.Not, tokens.TranslatedNot, tokens.Bang, tokens.Minus],
    unterminated: tokens.UnterminatedString,
  });
  problems.push(...parenthesisProblems);
  if (value === undefined) return { value: undefined, problems };

  const parser = grammar();
  parser.input = value;
  parser.source = source;
  parser.problems = problems;
  parser.variables = [];
  const expression = parser.filter();
  parser.problems = [];
  problems.push(...valuesForConditions(expression, source, problems));
  problems.push(...missingBlanks(read));
  return { value: expression, problems: problems.toSorted(byPlace) };
}
