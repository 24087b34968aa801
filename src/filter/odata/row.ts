import { EOF, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import type { Analysed, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataExpression, ODataMissing, ODataOperator, ODataStep } from './ast.ts';
import { fold, type Term } from './fold.ts';
import { isArithmetic, type PrefixOperator } from './operators.ts';
import { pathOf } from './steps.ts';
import * as tokens from './tokens.ts';

/** What the whole reading of a filter shares. */
export interface Reading {
  readonly source: string;
  readonly problems: Problem[];
  /** The range variables of the lambdas around the current token. */
  readonly variables: string[];
}

/** A token between its neighbours. */
export interface Neighbours {
  readonly before: IToken;
  readonly token: IToken;
  readonly next: IToken;
}

/** Between which brackets a row stands. */
export type Place = 'top' | 'group' | 'arguments' | 'array' | 'object';

/** Operands and operators while they are read: one or more items with separators between them. */
export interface Row {
  readonly place: Place;
  /** The step whose arguments they are. */
  readonly owner: IToken | undefined;
  readonly items: Item[];
  readonly separators: IToken[];
  /** The range variable of a lambda. */
  variable: string | undefined;

  // The item that is being read.
  name: ItemName | undefined;
  terms: Term[];
  /** As many as the terms where an operand is due, one fewer elsewhere. */
  operators: ODataOperator[];
  prefixes: PrefixOperator[];
  path: OpenPath | undefined;
  /** Whether a misplaced token already explains that an operator is missing. */
  isExplained: boolean;
}

export interface Item {
  readonly name: ItemName | undefined;
  readonly value: ODataExpression;
}

/** Of an argument or a JSON member. */
interface ItemName {
  readonly text: string;
  readonly span: Span;
}

/** A path that may go on. */
interface OpenPath {
  readonly steps: (ODataStep | ODataMissing)[];
  /** The slash behind the last step. */
  slash: IToken | undefined;
  /** A step whose arguments follow. */
  pending: IToken | undefined;
}

export const openRow = (place: Place, owner?: IToken): Row => ({
  place,
  owner,
  items: [],
  separators: [],
  variable: undefined,
  name: undefined,
  terms: [],
  operators: [],
  prefixes: [],
  path: undefined,
  isExplained: false,
});

/** A parenthesis ends whatever stands in it: they are balanced before the grammar reads them. */
export function endsRow({ tokenType }: IToken, place: Place): boolean {
  if (tokenType === tokens.RightBracket || tokenType === tokens.RightBrace) {
    return place === 'array' || place === 'object';
  }
  return tokenType === EOF || tokenType === tokens.RightParenthesis;
}

export const isOperandDue = (row: Row): boolean =>
  row.path === undefined && row.terms.length === row.operators.length;

export function noting<T>(reading: Reading, read: Analysed<T>): T {
  if (read.problems.length > 0) reading.problems.push(...read.problems);
  return read.value;
}

/** Takes note that an operand begins here: behind another one, an operator is missing. */
export function expectOperand(reading: Reading, row: Row, at: Neighbours): void {
  endPath(reading, row, at.token);
  if (!isOperandDue(row)) row.operators.push(missingOperator(reading, row, at));
  row.isExplained = false;
}

export function addOperand(row: Row, operand: ODataExpression): void {
  row.terms.push({ prefixes: row.prefixes, operand });
  row.prefixes = [];
}

/** @param found what stands where the path could go on. */
export function endPath(reading: Reading, row: Row, found: IToken): void {
  const { path } = row;
  if (path === undefined) return;
  if (path.slash !== undefined) path.steps.push(missingValue(reading, path.slash, found));
  row.path = undefined;
  addOperand(row, pathOf(path.steps));
}

/** Ends an item at its separator or at the end of the row. */
export function finishItem(reading: Reading, row: Row, before: IToken, found: IToken): void {
  endPath(reading, row, found);
  if (isOperandDue(row)) addOperand(row, missingValue(reading, before, found));
  const { name, terms, operators } = row;
  const { problems } = reading;
  row.items.push({ name, value: fold({ terms, operators, problems }) });
  row.name = undefined;
  row.terms = [];
  row.operators = [];
  row.isExplained = false;
}

/** Ends a row. Nothing at all may stand between brackets that hold a list. */
export function finishRow(reading: Reading, row: Row, { before, token }: Neighbours): void {
  const isEmpty =
    row.items.length === 0 &&
    row.terms.length === 0 &&
    row.prefixes.length === 0 &&
    row.path === undefined &&
    row.name === undefined &&
    row.variable === undefined;
  const mayBeEmpty = row.place !== 'top' && row.place !== 'group';
  if (!isEmpty || !mayBeEmpty) finishItem(reading, row, before, token);
}

export function finishFilter(
  reading: Reading & { readonly end: Neighbours },
  row: Row,
): ODataExpression {
  finishRow(reading, row, reading.end);
  return row.items[0]?.value ?? { kind: 'missing', span: { start: 0, end: 0 } };
}

/** A value is missing: told at what stands in its place, or at what comes before where the filter ends. */
export function missingValue(reading: Reading, before: IToken, found: IToken): ODataMissing {
  const isFirst = before.tokenType === EOF;
  // A parenthesis that was put at the end has no text either.
  const isEnd = found.tokenType === EOF || found.image === '';
  const span = spanOfToken(isEnd && !isFirst ? before : found);
  const place = isEnd && isFirst ? { start: 0, end: reading.source.length } : span;
  const variant = `${isFirst ? 'first' : 'after'}${isEnd ? 'End' : ''}`;
  reading.problems.push({
    code: 'expected-value',
    span: place,
    variant: variant === 'firstEnd' ? 'firstEndOData' : variant,
    args: { after: isFirst ? '' : before.image, found: isEnd ? '' : found.image },
  });
  const gap = isEnd ? place.end : place.start;
  return { kind: 'missing', span: { start: gap, end: gap } };
}

function missingOperator(reading: Reading, row: Row, at: Neighbours): ODataOperator {
  const { end } = spanOfToken(at.before);
  const span = { start: end, end };
  const isConnector = suggestsConnector(row, at);
  if (!row.isExplained) {
    reading.problems.push({
      code: isConnector ? 'expected-connector' : 'expected-operator',
      span: spanOfToken(at.token),
      variant: 'odata',
      args: { after: at.before.image, found: at.token.image },
      fixes: (isConnector ? ['and', 'or'] : []).map((text) => ({
        title: 'insert-operator',
        args: { text },
        edits: [{ span, text: ` ${text}` }],
      })),
    });
  }
  return { name: isConnector ? 'and' : 'eq', text: '', span };
}

const COMPARING: ReadonlySet<TokenType> = new Set([
  tokens.RelationWord,
  tokens.RelationSign,
  tokens.Assign,
  tokens.In,
  tokens.Has,
]);

/**
 * Whether two operands without operator are two conditions, and not the two sides of one: the left has its
 * comparison already or is complete in itself, or the right is or has.
 */
export function suggestsConnector(row: Row, { before, token, next }: Neighbours): boolean {
  const decisive = row.operators.findLast(({ name }) => !isArithmetic(name));
  if (decisive !== undefined && decisive.name !== 'and' && decisive.name !== 'or') return true;
  return (
    before.tokenType === tokens.RightParenthesis ||
    token.tokenType === tokens.LeftParenthesis ||
    tokenMatcher(token, tokens.Prefix) ||
    next.tokenType === tokens.LeftParenthesis ||
    COMPARING.has(next.tokenType)
  );
}
