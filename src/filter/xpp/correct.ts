import type { Analysed } from '../../problem/problem.ts';
import {
  behindWord,
  isLetterAt,
  BANG,
  AMPERSAND,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  LESS,
  EQUALS,
  GREATER,
  BAR,
} from '../characters.ts';
import { enters, NO_PROBLEMS, type Reading, skipBlanks, spanFrom } from '../correct.ts';
import type {
  XppComparison,
  XppConnector,
  XppExpression,
  XppGroup,
  XppNot,
  XppOperand,
  XppRelation,
} from './ast.ts';
import { readOperand } from './correctOperand.ts';

/**
 * Reads a filter that has nothing wrong in it, in one pass and without tokens: the same tree as the grammar's
 * (test/unit/filter/xpp/correct.test.ts). Undefined where only the grammar can tell.
 */
export function readCorrectXpp(text: string): Analysed<XppExpression | undefined> | undefined {
  const reading: Reading = { text, at: 0, level: 0 };
  skipBlanks(reading);
  if (reading.at === text.length) return { value: undefined, problems: NO_PROBLEMS };
  const value = readChain(reading);
  if (value === undefined || reading.at < text.length) return undefined;
  return { value, problems: NO_PROBLEMS };
}

/** Ends at what is neither a blank nor a connector. */
function readChain(reading: Reading): XppExpression | undefined {
  const first = readTerm(reading);
  if (first === undefined) return undefined;
  let connector = readConnector(reading);
  if (connector === undefined) return first;
  const operands = [first];
  const operators: XppConnector[] = [];
  let last = first;
  while (connector !== undefined) {
    const term = readTerm(reading);
    if (term === undefined) return undefined;
    operators.push(connector);
    operands.push(term);
    last = term;
    connector = readConnector(reading);
  }
  const span = { start: first.span.start, end: last.span.end };
  return { kind: 'chain', operands, operators, span };
}

function readConnector(reading: Reading): XppConnector | undefined {
  const unit = skipBlanks(reading);
  if (unit !== AMPERSAND && unit !== BAR) return undefined;
  const start = reading.at;
  if (reading.text.charCodeAt(start + 1) !== unit) return undefined;
  reading.at = start + 2;
  return { operator: unit === AMPERSAND ? '&&' : '||', span: { start, end: start + 2 } };
}

function readTerm(reading: Reading): XppExpression | undefined {
  switch (skipBlanks(reading)) {
    case LEFT_PARENTHESIS:
      return readGroup(reading);
    case BANG:
      return readNot(reading);
    default:
      return readComparison(reading);
  }
}

function readGroup(reading: Reading): XppGroup | undefined {
  const start = reading.at;
  if (!enters(reading)) return undefined;
  reading.at = start + 1;
  const expression = readChain(reading);
  if (expression === undefined || reading.text.charCodeAt(reading.at) !== RIGHT_PARENTHESIS) {
    return undefined;
  }
  reading.at += 1;
  reading.level -= 1;
  return { kind: 'group', expression, span: spanFrom(start, reading) };
}

function readNot(reading: Reading): XppNot | undefined {
  const start = reading.at;
  // `!=` without a left side.
  if (reading.text.charCodeAt(start + 1) === EQUALS || !enters(reading)) return undefined;
  reading.at = start + 1;
  const operand = readTerm(reading);
  if (operand === undefined) return undefined;
  reading.level -= 1;
  return { kind: 'not', operand, span: { start, end: operand.span.end } };
}

/** A call may stand alone. */
function readComparison(reading: Reading): XppExpression | undefined {
  const left = readOperand(reading);
  if (left === undefined) return undefined;
  skipBlanks(reading);
  const start = reading.at;
  const relation = readRelation(reading);
  if (relation === undefined) return left.kind === 'call' ? left : undefined;
  const operator = { text: reading.text.slice(start, reading.at), span: spanFrom(start, reading) };
  skipBlanks(reading);
  const right = readOperand(reading);
  return right === undefined ? undefined : comparisonOf(left, relation, operator, right);
}

const comparisonOf = (
  left: XppOperand,
  relation: XppRelation,
  operator: XppComparison['operator'],
  right: XppOperand,
): XppComparison => ({
  kind: 'comparison',
  left,
  relation,
  operator,
  right,
  span: { start: left.span.start, end: right.span.end },
});

function readRelation(reading: Reading): XppRelation | undefined {
  const { text, at } = reading;
  const relation = relationAt(text, at);
  if (relation === undefined) return undefined;
  const isLong = text.charCodeAt(at + 1) === EQUALS;
  reading.at = relation === 'like' ? at + 4 : isLong ? at + 2 : at + 1;
  return relation;
}

function relationAt(text: string, at: number): XppRelation | undefined {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case EQUALS:
      return '==';
    case BANG:
      return next === EQUALS ? '!=' : undefined;
    case LESS:
      // `<>` of SQL is left to the grammar.
      if (next === GREATER) return undefined;
      return next === EQUALS ? '<=' : '<';
    case GREATER:
      return next === EQUALS ? '>=' : '>';
    default:
      return isLikeAt(text, at) ? 'like' : undefined;
  }
}

const isLikeAt = (text: string, at: number): boolean =>
  isLetterAt(text, at) &&
  behindWord(text, at) === at + 4 &&
  text.slice(at, at + 4).toLowerCase() === 'like';
