import { Lexer } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { once } from '../once.ts';
import { balanced, DEEPEST_NESTING } from '../parentheses.ts';
import type { ODataExpression } from './ast.ts';
import { valuesForConditions } from './conditions.ts';
import { ODataGrammar } from './grammar.ts';
import { missingBlanks, namesAtOperators, tooDeep } from './rereading.ts';
import * as tokens from './tokens.ts';
import { withinStack } from '../withinStack.ts';

// Both are built at the first filter, not at start: an editor waits for `initialize`, not for them.
const lexer = once(
  () =>
    new Lexer(tokens.vocabulary, {
      positionTracking: 'onlyOffset',
      skipValidations: true,
      ensureOptimizations: false,
    }),
);
const grammar = once(() => new ODataGrammar(true));

/**
 * Parses an OData `$filter`. The value is undefined for an empty filter, which keeps every row, and where
 * brackets nest too deep to read. Percent-encoding is not decoded: a map holds the text, not a URL.
 */
export function parseOData(source: string): Analysed<ODataExpression | undefined> {
  const lexed = lexer().tokenize(source);
  const problems: Problem[] = lexed.errors.map((error) => ({
    code: 'unexpected-character',
    span: { start: error.offset, end: error.offset + error.length },
    args: { text: source.slice(error.offset, error.offset + error.length) },
  }));
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
  const expression = withinStack(() => parser.filter());
  parser.problems = [];
  if (expression === undefined) {
    const span = { start: 0, end: source.length };
    const deepest: Problem = { code: 'too-deep', span, args: { limit: DEEPEST_NESTING } };
    return { value: undefined, problems: [deepest] };
  }
  problems.push(...valuesForConditions(expression, source, problems));
  problems.push(...missingBlanks(read));
  return { value: expression, problems: problems.toSorted(byPlace) };
}

const byPlace = (a: Problem, b: Problem): number => a.span.start - b.span.start;
