import { type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import { likeProblem } from './likePattern.ts';
import { readLiteral } from './literals.ts';
import { readOperator, readPrefix } from './operators.ts';
import {
  addOperand,
  endPath,
  expectOperand,
  finishItem,
  isOperandDue,
  missingValue,
  type Neighbours,
  noting,
  type Reading,
  type Row,
  suggestsConnector,
} from './row.ts';
import { isQuantifier, readStep } from './steps.ts';
import * as tokens from './tokens.ts';

// What each kind of token does to the row it stands in.

export function addStep(reading: Reading, row: Row, at: Neighbours): void {
  const { token, next } = at;
  if (row.path?.slash === undefined) {
    endPath(reading, row, token);
    if (isWordForOperator(row, at)) return addWordForOperator(reading, row, at);
    expectOperand(reading, row, at);
    row.path = { steps: [], slash: undefined, pending: undefined };
  }
  const { path } = row;
  path.slash = undefined;
  if (next.tokenType === tokens.LeftParenthesis) {
    path.pending = token;
    return;
  }
  if (next.tokenType === tokens.Assign && row.owner?.image === '$count') {
    // An option of `$count`, which takes its name from this step.
    path.steps.push({ kind: 'variable', name: token.image, span: spanOfToken(token) });
    return;
  }
  const { variables } = reading;
  const isFirst = path.steps.length === 0;
  path.steps.push(readStep({ token, isFirst, inside: undefined, variables }, reading.problems));
}

/** `name equals 'x'`: a word between two operands stands where an operator belongs. */
const isWordForOperator = (row: Row, at: Neighbours): boolean =>
  !isOperandDue(row) &&
  !row.isExplained &&
  at.token.tokenType === tokens.Name &&
  tokenMatcher(at.next, tokens.Literal) &&
  !suggestsConnector(row, at);

function addWordForOperator(reading: Reading, row: Row, at: Neighbours): void {
  const { before, token } = at;
  const span = spanOfToken(token);
  const args = { after: before.image, found: token.image };
  reading.problems.push(
    likeProblem(at) ?? { code: 'expected-operator', span, variant: 'odata', args },
  );
  row.operators.push({ name: 'eq', text: token.image, span });
}

export function addLiteral(reading: Reading, row: Row, at: Neighbours): void {
  expectOperand(reading, row, at);
  const isWholeItem =
    (row.place === 'array' || row.place === 'object') &&
    row.terms.length === 0 &&
    row.prefixes.length === 0 &&
    ENDS_OF_JSON.has(at.next.tokenType);
  addOperand(row, noting(reading, readLiteral(at.token, reading.source, isWholeItem)));
}

const ENDS_OF_JSON: ReadonlySet<TokenType> = new Set([
  tokens.Comma,
  tokens.Colon,
  tokens.RightBracket,
  tokens.RightBrace,
  tokens.RightParenthesis,
]);

export function addOperator(reading: Reading, row: Row, at: Neighbours): void {
  const { before, token } = at;
  if (token.tokenType === tokens.Slash && continuesPath(reading, row, at)) return;
  endPath(reading, row, token);
  if (token.tokenType === tokens.Assign && takesName(row)) return;
  if (isOperandDue(row)) {
    if (token.tokenType === tokens.Minus) return addPrefix(reading, row, at);
    addOperand(row, missingValue(reading, before, token));
  }
  row.operators.push(noting(reading, readOperator(token, reading.source)));
  row.isExplained = false;
}

/** A slash behind a blank divides; OData has no blank in a path. */
function continuesPath(reading: Reading, { path }: Row, { before, token }: Neighbours): boolean {
  if (path === undefined || spanOfToken(before).end !== token.startOffset) return false;
  if (path.slash !== undefined) path.steps.push(missingValue(reading, path.slash, token));
  path.slash = token;
  return true;
}

/** `PropertyName=`: a single name and `=` begin an argument. */
function takesName(row: Row): boolean {
  const operand = onlyOperand(row);
  const isName = operand?.kind === 'property' || operand?.kind === 'variable';
  if (row.place !== 'arguments' || row.name !== undefined || !isName) return false;
  row.name = { text: operand.name, span: operand.span };
  row.terms = [];
  return true;
}

const onlyOperand = ({ terms, operators }: Row): Row['terms'][number]['operand'] | undefined => {
  const [term, ...others] = terms;
  const isOnly = others.length === 0 && operators.length === 0 && term?.prefixes.length === 0;
  return isOnly ? term.operand : undefined;
};

export function addPrefix(reading: Reading, row: Row, at: Neighbours): void {
  expectOperand(reading, row, at);
  row.prefixes.push(noting(reading, readPrefix(at.token, reading.source)));
}

/** Separators where they separate; elsewhere a token that has no meaning in its place. */
export function addStray(reading: Reading, row: Row, { before, token }: Neighbours): void {
  endPath(reading, row, token);
  if (token.tokenType === tokens.Colon && (takesVariable(reading, row) || takesMember(row))) return;
  if (SEPARATORS[row.place].includes(token.tokenType)) {
    finishItem(reading, row, before, token);
    row.separators.push(token);
    return;
  }
  row.isExplained = true;
  reading.problems.push(
    token.tokenType === tokens.PercentEncoded ? encoded(token) : unexpected(token),
  );
}

const unexpected = (token: IToken): Problem => ({
  code: 'unexpected-token',
  span: spanOfToken(token),
  args: { found: token.image },
});

/** `%20`: a filter copied out of a URL. */
function encoded(token: IToken): Problem {
  const text = String.fromCharCode(Number.parseInt(token.image.slice(1), 16));
  const span = spanOfToken(token);
  return {
    ...unexpected(token),
    variant: 'encoded',
    fixes: [{ title: 'decode', args: { text }, edits: [{ span, text }], preferred: true }],
  };
}

const SEPARATORS: Readonly<Record<Row['place'], readonly TokenType[]>> = {
  top: [],
  group: [tokens.Comma],
  arguments: [tokens.Comma, tokens.Colon, tokens.Semicolon],
  array: [tokens.Comma],
  object: [tokens.Comma],
};

/** `x:` at the start of `any` and `all`. */
function takesVariable(reading: Reading, row: Row): boolean {
  const operand = onlyOperand(row);
  const isQuantified = row.owner !== undefined && isQuantifier(row.owner);
  const isName = operand?.kind === 'property' || operand?.kind === 'variable';
  if (!isQuantified || !isName || row.variable !== undefined || row.items.length > 0) return false;
  row.variable = operand.name;
  row.terms = [];
  reading.variables.push(operand.name);
  return true;
}

/** `"name":` in a JSON object. */
function takesMember(row: Row): boolean {
  const operand = onlyOperand(row);
  if (row.place !== 'object' || row.name !== undefined || operand?.kind !== 'string') return false;
  row.name = { text: operand.value, span: operand.span };
  row.terms = [];
  return true;
}
