import type { Analysed } from '../../problem/problem.ts';
import { memoised } from '../memo.ts';
import { withinStack } from '../withinStack.ts';
import type { XppExpression } from './ast.ts';
import { readCorrectXpp } from './correct.ts';
import { readXppByGrammar } from './byGrammar.ts';

/**
 * Parses an X++ range expression. The value is undefined for an empty filter, which keeps every row,
 * and where parentheses nest too deep to read.
 */
export const parseXpp = memoised((source: string): Analysed<XppExpression | undefined> =>
  withinStack(source, () => readCorrectXpp(source) ?? readXppByGrammar(source)),
);
