import type { Analysed } from '../../problem/problem.ts';
import { withinStack } from '../withinStack.ts';
import type { ODataExpression } from './ast.ts';
import { readODataByGrammar } from './byGrammar.ts';
import { readCorrectOData } from './correct.ts';

/**
 * Parses an OData `$filter`. The value is undefined for an empty filter, which keeps every row, and where
 * brackets nest too deep to read. Percent-encoding is not decoded: a map holds the text, not a URL.
 */
export const parseOData = (source: string): Analysed<ODataExpression | undefined> =>
  withinStack(source, () => readCorrectOData(source) ?? readODataByGrammar(source));
