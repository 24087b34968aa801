import type { IToken } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { foreignOperator } from '../foreignOperator.ts';
import { signMeant } from '../mistypedSigns.ts';
import type { XppConnector, XppRelation } from './ast.ts';
import * as tokens from './tokens.ts';

const RELATIONS: Readonly<Record<string, XppRelation>> = {
  '==': '==',
  '=': '==',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  like: 'like',
  eq: '==',
  ne: '!=',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

/** A single `=` is one of Microsoft's own notations (`dualwrite.md` 2.3) and no problem here. */
export function readRelation(token: IToken): Analysed<XppRelation> {
  const value =
    signMeant(token.image) ??
    RELATIONS[token.image] ??
    RELATIONS[token.image.toLowerCase()] ??
    '==';
  const isForeign =
    token.tokenType === tokens.SqlNotEqual ||
    token.tokenType === tokens.MistypedSign ||
    token.tokenType === tokens.ForeignRelation;
  return { value, problems: isForeign ? [foreignOperator(token, value)] : [] };
}

export function readConnector(token: IToken): Analysed<XppConnector['operator']> {
  switch (token.tokenType) {
    case tokens.And:
      return { value: '&&', problems: [] };
    case tokens.Or:
      return { value: '||', problems: [] };
    case tokens.SingleAnd:
    case tokens.ForeignAnd:
      return { value: '&&', problems: [foreignOperator(token, '&&')] };
    default:
      return { value: '||', problems: [foreignOperator(token, '||')] };
  }
}

export const readNot = (token: IToken): readonly Problem[] =>
  token.tokenType === tokens.Not ? [] : [foreignOperator(token, '!')];
