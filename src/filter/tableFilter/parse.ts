import { type Analysed, byPlace } from '../../problem/problem.ts';
import { type Span, textOf } from '../../text/span.ts';
import { lexerOf, unexpectedCharacters } from '../lexer.ts';
import { once } from '../once.ts';
import { balanced } from '../parentheses.ts';
import type { TableFilter } from './ast.ts';
import { TableFilterGrammar } from './grammar.ts';
import * as tokens from './tokens.ts';

// Both are built at the first filter, not at start: an editor waits for `initialize`, not for them.
const lexer = once(() => lexerOf(tokens.vocabulary));
const grammar = once(() => new TableFilterGrammar(true));

/**
 * Parses the filter of one field. The value is undefined for an empty one, which keeps every row, and where
 * parentheses nest too deep to read.
 *
 * @param span where in the source the filter stands: in a view it is a part of it.
 */
export function parseTableFilter(
  source: string,
  span: Span = { start: 0, end: source.length },
): Analysed<TableFilter | undefined> {
  const { start } = span;
  const lexed = lexer().tokenize(textOf(source, span));
  const problems = [...unexpectedCharacters(lexed.errors, source, start)];
  for (const token of lexed.tokens) token.startOffset += start;

  const { value, problems: parenthesisProblems } = balanced(lexed.tokens, {
    open: tokens.LeftParenthesis,
    close: tokens.RightParenthesis,
    prefixes: [],
  });
  problems.push(...parenthesisProblems);
  // Nothing but blanks, or a closing parenthesis alone.
  if (value === undefined || value.length === 0) return { value: undefined, problems };

  const parser = grammar();
  parser.input = [...value];
  parser.source = source;
  parser.problems = problems;
  const expression = parser.filter();
  parser.problems = [];
  return { value: expression, problems: problems.toSorted(byPlace) };
}
