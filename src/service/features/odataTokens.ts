import type { ODataExpression, ODataLiteral } from '../../filter/odata/ast.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import type { Span } from '../../text/span.ts';
import type { FilterToken } from './filterToken.ts';
import type { TokenType } from './tokenTypes.ts';

export function odataTokens(expression: ODataExpression, source: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  visitOData(expression, ({ expression: node }) => {
    for (const token of tokensOfNode(node, source)) tokens.push(token);
  });
  return tokens;
}

const token = (type: TokenType, start: number, end: number): FilterToken => ({
  type,
  span: { start, end },
});

function tokensOfNode(node: ODataExpression, source: string): readonly FilterToken[] {
  const { start, end } = node.span;
  switch (node.kind) {
    case 'logical':
    case 'arithmetic':
      return node.operators.map(({ span }) => ({ type: 'operator', span }));
    case 'comparison':
    case 'not':
    case 'negation':
      return [{ type: 'operator', span: node.operator.span }];
    case 'call':
      return [...nameTokens(source, node.nameSpan, 'function'), ...parameters(node.args)];
    case 'count':
      return [token('function', start, start + '$count'.length), ...parameters(node.options)];
    case 'subset':
      return [token('function', start, start + '$filter'.length)];
    case 'lambda':
      return [
        token('function', start, start + node.quantifier.length),
        ...variableOf(source, start, node.variable),
      ];
    case 'property':
    case 'annotation':
      return [token('property', start, end)];
    case 'variable':
    case 'alias':
      return [token('variable', start, end)];
    case 'typeName':
      return nameTokens(source, node.span, 'type');
    case 'enum': {
      const quote = node.text.indexOf("'");
      return [
        ...nameTokens(source, { start, end: start + quote }, 'enum'),
        token('enumMember', start + quote, end),
      ];
    }
    case 'group':
    case 'list':
    case 'array':
    case 'object':
    case 'path':
    case 'missing':
      return [];
    default:
      return [token(LITERALS[node.kind], start, end)];
  }
}

const LITERALS: Readonly<Record<Exclude<ODataLiteral['kind'], 'enum'>, TokenType>> = {
  null: 'keyword',
  boolean: 'keyword',
  integer: 'number',
  decimal: 'number',
  guid: 'number',
  date: 'number',
  dateTimeOffset: 'number',
  timeOfDay: 'number',
  duration: 'number',
  string: 'string',
  binary: 'string',
  geography: 'string',
  geometry: 'string',
  search: 'string',
  placeholder: 'variable',
};

/** `Namespace.Name`, or a name alone. */
function nameTokens(source: string, { start, end }: Span, type: TokenType): readonly FilterToken[] {
  const dot = source.slice(start, end).lastIndexOf('.');
  return dot < 0
    ? [token(type, start, end)]
    : [token('namespace', start, start + dot), token(type, start + dot + 1, end)];
}

const parameters = (
  args: readonly { readonly name?: { readonly span: Span } }[],
): readonly FilterToken[] =>
  args.flatMap(({ name }) => (name === undefined ? [] : [{ type: 'parameter', span: name.span }]));

function variableOf(
  source: string,
  start: number,
  variable: string | undefined,
): readonly FilterToken[] {
  if (variable === undefined) return [];
  const at = source.indexOf(variable, source.indexOf('(', start) + 1);
  return [token('variable', at, at + variable.length)];
}
