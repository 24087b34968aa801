import { type Analysed, byPlace } from '../../problem/problem.ts';
import { lexerOf, unexpectedCharacters } from '../lexer.ts';
import { once } from '../once.ts';
import { balanced } from '../parentheses.ts';
import type { Range } from './ast.ts';
import { RangeGrammar } from './grammar.ts';
import * as tokens from './tokens.ts';

// Both are built at the first range, not at start: an editor waits for `initialize`, not for them.
const lexer = once(() => lexerOf(tokens.vocabulary));
const grammar = once(() => new RangeGrammar(true));

/** Parses a plain range. The value is undefined for an empty one, and where parentheses nest too deep to read. */
export function parseRange(source: string): Analysed<Range | undefined> {
  const lexed = lexer().tokenize(source);
  const problems = [...unexpectedCharacters(lexed.errors, source)];
  if (lexed.tokens.length === 0) return { value: undefined, problems };

  const { value, problems: parenthesisProblems } = balanced(lexed.tokens, {
    open: tokens.LeftParenthesis,
    close: tokens.RightParenthesis,
    prefixes: [],
    unterminated: tokens.UnterminatedString,
  });
  problems.push(...parenthesisProblems);
  // A closing parenthesis alone leaves nothing behind.
  if (value === undefined || value.length === 0) return { value: undefined, problems };

  const parser = grammar();
  parser.input = [...value];
  parser.source = source;
  parser.problems = problems;
  const range = parser.range();
  parser.problems = [];
  return { value: range, problems: problems.toSorted(byPlace) };
}
