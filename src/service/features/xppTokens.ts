import type { XppExpression, XppField, XppLiteral, XppOperand } from '../../filter/xpp/ast.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import type { Span } from '../../text/span.ts';
import { prefixText } from './parts.ts';
import type { FilterToken } from './filterToken.ts';
import type { TokenType } from './tokenTypes.ts';

export function xppTokens(expression: XppExpression, source: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  for (const { node } of placesOf(expression)) {
    for (const token of tokensOfNode(node, source)) tokens.push(token);
  }
  return tokens;
}

const token = (type: TokenType, start: number, end: number): FilterToken => ({
  type,
  span: { start, end },
});

function tokensOfNode(node: XppExpression | XppOperand, source: string): readonly FilterToken[] {
  const { start, end } = node.span;
  switch (node.kind) {
    case 'chain':
      return node.operators.map(({ span }) => ({ type: 'operator', span }));
    case 'not':
      return [token('operator', start, start + prefixText(source, node.span).length)];
    case 'comparison':
      return [{ type: 'operator', span: node.operator.span }];
    case 'call':
      return scopedTokens(source, { start, end: start + node.name.length }, 'type', 'function');
    case 'field':
      return fieldTokens(node);
    case 'group':
    case 'missing':
      return [];
    case 'enum':
      return scopedTokens(source, { start, end }, 'enum', 'enumMember');
    default:
      return [token(LITERALS[node.kind], start, end)];
  }
}

const LITERALS: Readonly<Record<Exclude<XppLiteral['kind'], 'enum'>, TokenType>> = {
  string: 'string',
  integer: 'number',
  real: 'number',
  date: 'number',
  datetime: 'number',
  guid: 'number',
  placeholder: 'variable',
};

/** `Scope::Name`, or a name alone. */
function scopedTokens(
  source: string,
  { start, end }: Span,
  scope: TokenType,
  name: TokenType,
): readonly FilterToken[] {
  const text = source.slice(start, end);
  const [whole = '', first = ''] = /^(\S*?)\s*::\s*/u.exec(text) ?? [];
  if (whole === '') return [token(name, start, end)];
  return [token(scope, start, start + first.length), token(name, start + whole.length, end)];
}

function fieldTokens({ dataSource, name, element, span }: XppField): readonly FilterToken[] {
  const { start, end } = span;
  if (dataSource !== undefined) {
    return [
      token('namespace', start, start + dataSource.length),
      token('property', end - name.length, end),
    ];
  }
  const field = token('property', start, start + name.length);
  const digits = element === undefined ? '' : String(element);
  return element === undefined
    ? [field]
    : [field, token('number', end - 1 - digits.length, end - 1)];
}
