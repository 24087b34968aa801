import type { Edit } from '../../text/edit.ts';
import {
  defaultFormat,
  type FormatOptions,
  formatted,
  type LayoutNode,
  type LayoutToken,
} from '../convert/layout.ts';
import type { ODataExpression } from './ast.ts';
import { type ODataToken, odataTokensOf } from './byGrammar.ts';
import { parseOData } from './parse.ts';

/**
 * Lays out a filter of the Dataverse side: one blank around operators and behind commas, none inside parentheses,
 * and lines where they are allowed and it is long. A filter with a mistake in it is left alone.
 */
export function formatOData(
  source: string,
  options: FormatOptions = defaultFormat,
): readonly Edit[] {
  const layout = { tokens: odataTokensOf, tokenOf: layoutOf, nodeOf: layoutNodeOf };
  return formatted(source, parseOData(source), layout, options);
}

const TIGHT_BEFORE: ReadonlySet<ODataToken['type']> = new Set([
  'RightParenthesis',
  'RightBracket',
  'RightBrace',
  'Comma',
  'Colon',
  'Semicolon',
  'Slash',
  'Assign',
]);
const TIGHT_AFTER: ReadonlySet<ODataToken['type']> = new Set([
  'LeftParenthesis',
  'LeftBracket',
  'LeftBrace',
  'Colon',
  'Semicolon',
  'Slash',
  'Assign',
]);

const layoutOf = (token: ODataToken, before: ODataToken | undefined): LayoutToken => ({
  ...token.span,
  gap: isTight(token, before) ? '' : ' ',
});

function isTight(token: ODataToken, before: ODataToken | undefined): boolean {
  if (before === undefined) return true;
  const opensCall = token.type === 'LeftParenthesis' && before.category === 'Step';
  return opensCall || TIGHT_BEFORE.has(token.type) || TIGHT_AFTER.has(before.type);
}

function layoutNodeOf(expression: ODataExpression): LayoutNode {
  const { span } = expression;
  switch (expression.kind) {
    case 'logical':
      return {
        kind: 'chain',
        operands: expression.operands.map(layoutNodeOf),
        operators: expression.operators.map((operator) => operator.span),
        span,
      };
    case 'group':
      return { kind: 'group', inner: layoutNodeOf(expression.expression), span };
    case 'not':
      return { kind: 'prefixed', operand: layoutNodeOf(expression.operand), span };
    default:
      return { kind: 'leaf', span };
  }
}
