import type { Analysed } from '../../problem/problem.ts';
import {
  isBlankAt,
  isLetterAt,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  COMMA,
  SLASH,
  EQUALS,
  LEFT_BRACKET,
} from '../characters.ts';
import { enters, NO_PROBLEMS, type Reading, skipBlanks, spanFrom } from '../correct.ts';
import type {
  ODataArgument,
  ODataArithmeticOperator,
  ODataExpression,
  ODataGroup,
  ODataNot,
  ODataOperator,
  ODataOperatorName,
  ODataStep,
} from './ast.ts';
import { mayBeCondition } from './conditions.ts';
import { readCorrectArray, readCorrectList } from './correctList.ts';
import {
  isGuidAt,
  isReserved,
  literalNamed,
  readCorrectLiteral,
  readName,
} from './correctLiteral.ts';
import { type CorrectOperator, operatorBehind } from './correctOperator.ts';

/** Behind an operand it knows the operator that follows and stands at it; at anything else where there is none. */
interface FilterReading extends Reading {
  operator: CorrectOperator | undefined;
}

/**
 * Reads a filter that has nothing wrong in it, in one pass and without tokens: the same tree as the grammar's
 * (test/unit/filter/odata/correct.test.ts). Undefined where only the grammar can tell: at a mistake, and at what is
 * rare in a map, such as a lambda.
 */
export function readCorrectOData(text: string): Analysed<ODataExpression | undefined> | undefined {
  const reading: FilterReading = { text, at: 0, level: 0, operator: undefined };
  skipBlanks(reading);
  if (reading.at === text.length) return { value: undefined, problems: NO_PROBLEMS };
  const value = readExpression(reading, 0);
  const isWhole = value !== undefined && reading.at === text.length && mayBeCondition(value);
  return isWhole ? { value, problems: NO_PROBLEMS } : undefined;
}

const unitAt = ({ text, at }: Reading): number => text.charCodeAt(at);

/** @param loosest the level of the loosest operators that are part of it. */
function readExpression(reading: FilterReading, loosest: number): ODataExpression | undefined {
  let left = readPrefixed(reading);
  while (left !== undefined) {
    const { operator } = reading;
    if (operator === undefined || operator.level < loosest) return left;
    left = readJoined(reading, left, operator);
  }
  return undefined;
}

function readJoined(
  reading: FilterReading,
  first: ODataExpression,
  operator: CorrectOperator,
): ODataExpression | undefined {
  switch (operator.kind) {
    case 'logical':
      return readLogical(reading, first, operator.name, operator.level);
    case 'relation': {
      const { level } = operator;
      const written = takeOperator(reading, operator.name);
      const right = readExpression(reading, level + 1);
      // Comparisons of comparisons nest as deep as there are: the grammar counts them.
      if (right === undefined || reading.operator?.level === level) return undefined;
      const span = { start: first.span.start, end: right.span.end };
      return { kind: 'comparison', left: first, operator: written, right, span };
    }
    case 'arithmetic':
      return readArithmetic(reading, first, operator.level);
    case 'in':
      return undefined;
  }
}

function takeOperator<Name extends ODataOperatorName>(
  reading: Reading,
  name: Name,
): ODataOperator<Name> {
  const start = reading.at;
  reading.at = start + name.length;
  return { text: name, span: spanFrom(start, reading), name };
}

function readLogical(
  reading: FilterReading,
  first: ODataExpression,
  operator: 'and' | 'or',
  level: number,
): ODataExpression | undefined {
  if (!mayBeCondition(first)) return undefined;
  const operands = [first];
  const operators: ODataOperator<'and' | 'or'>[] = [];
  let last = first;
  while (reading.operator?.level === level) {
    operators.push(takeOperator(reading, operator));
    const operand = readExpression(reading, level + 1);
    if (operand === undefined || !mayBeCondition(operand)) return undefined;
    operands.push(operand);
    last = operand;
  }
  const span = { start: first.span.start, end: last.span.end };
  return { kind: 'logical', operator, operands, operators, span };
}

function readArithmetic(
  reading: FilterReading,
  first: ODataExpression,
  level: number,
): ODataExpression | undefined {
  const operands = [first];
  const operators: ODataOperator<ODataArithmeticOperator>[] = [];
  let last = first;
  let next: CorrectOperator | undefined = reading.operator;
  while (next?.kind === 'arithmetic' && next.level === level) {
    operators.push(takeOperator(reading, next.name));
    const operand = readExpression(reading, level + 1);
    if (operand === undefined) return undefined;
    operands.push(operand);
    last = operand;
    next = reading.operator;
  }
  const span = { start: first.span.start, end: last.span.end };
  return { kind: 'arithmetic', operands, operators, span };
}

const NOT = 'not';

/** `not` binds tighter than a comparison, and looser than `in`. */
function readPrefixed(reading: FilterReading): ODataExpression | undefined {
  skipBlanks(reading);
  const { text, at } = reading;
  if (text.startsWith(NOT, at) && isBlankAt(text, at + NOT.length)) return readNot(reading);
  const operand = readOperand(reading);
  if (operand === undefined) return undefined;
  reading.operator = operatorBehind(reading);
  if (reading.operator?.kind !== 'in') return operand;
  const operator = takeOperator(reading, 'in');
  skipBlanks(reading);
  const right = readCorrectList(reading);
  if (right === undefined) return undefined;
  reading.operator = operatorBehind(reading);
  if (reading.operator?.kind === 'in') return undefined;
  const span = { start: operand.span.start, end: right.span.end };
  return { kind: 'comparison', left: operand, operator, right, span };
}

function readNot(reading: FilterReading): ODataNot | undefined {
  const start = reading.at;
  if (!enters(reading)) return undefined;
  reading.at = start + NOT.length;
  const operator = { text: NOT, span: spanFrom(start, reading) };
  const operand = readPrefixed(reading);
  if (operand === undefined || !mayBeCondition(operand)) return undefined;
  reading.level -= 1;
  return { kind: 'not', operand, operator, span: { start, end: operand.span.end } };
}

/** A value, a group, or a path. */
function readOperand(reading: FilterReading): ODataExpression | undefined {
  const { text, at } = reading;
  if (text.charCodeAt(at) === LEFT_PARENTHESIS) return readGroup(reading);
  return isLetterAt(text, at) && !isGuidAt(text, at)
    ? readPath(reading)
    : readCorrectLiteral(reading);
}

function readGroup(reading: FilterReading): ODataGroup | undefined {
  const start = reading.at;
  if (!enters(reading)) return undefined;
  reading.at = start + 1;
  const expression = readExpression(reading, 0);
  if (expression === undefined || unitAt(reading) !== RIGHT_PARENTHESIS) return undefined;
  reading.at += 1;
  reading.level -= 1;
  return { kind: 'group', expression, span: spanFrom(start, reading) };
}

/** Steps joined by `/`, or one of the values that are words. */
function readPath(reading: FilterReading): ODataExpression | undefined {
  const { text, at: start } = reading;
  const name = readName(reading);
  const value = literalNamed(name, start);
  if (value !== undefined) return value;
  const first = readStep(reading, name, start);
  if (first === undefined || text.charCodeAt(reading.at) !== SLASH) return first;
  const steps = [first];
  while (text.charCodeAt(reading.at) === SLASH) {
    reading.at += 1;
    const { at } = reading;
    if (!isLetterAt(text, at)) return undefined;
    const step = readStep(reading, readName(reading), at);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return { kind: 'path', steps, span: spanFrom(start, reading) };
}

/** Lambdas, and `case` with its colons, are left to the grammar. */
const OTHER_CALLS: ReadonlySet<string> = new Set(['any', 'all', 'case']);

function readStep(reading: FilterReading, name: string, start: number): ODataStep | undefined {
  if (isReserved(name)) return undefined;
  const span = spanFrom(start, reading);
  if (unitAt(reading) !== LEFT_PARENTHESIS) {
    return { kind: name.includes('.') ? 'typeName' : 'property', name, span };
  }
  if (OTHER_CALLS.has(name) || !enters(reading)) return undefined;
  const args = readArguments(reading);
  if (args === undefined) return undefined;
  reading.level -= 1;
  return { kind: 'call', name, nameSpan: span, args, span: spanFrom(start, reading) };
}

function readArguments(reading: FilterReading): readonly ODataArgument[] | undefined {
  const args: ODataArgument[] = [];
  reading.at += 1;
  if (skipBlanks(reading) === RIGHT_PARENTHESIS) {
    reading.at += 1;
    return args;
  }
  for (;;) {
    const argument = readArgument(reading);
    if (argument === undefined) return undefined;
    args.push(argument);
    const unit = unitAt(reading);
    reading.at += 1;
    if (unit === RIGHT_PARENTHESIS) return args;
    if (unit !== COMMA) return undefined;
  }
}

/** `PropertyName='statecode'` of the functions of Dataverse, or a value alone. */
function readArgument(reading: FilterReading): ODataArgument | undefined {
  const first = readExpression(reading, 0);
  if (first === undefined) return undefined;
  if (unitAt(reading) !== EQUALS) return { value: first };
  reading.at += 1;
  if (first.kind !== 'property' || unitAt(reading) === EQUALS) return undefined;
  const name = { text: first.name, span: first.span };
  const value =
    skipBlanks(reading) === LEFT_BRACKET ? readCorrectArray(reading) : readExpression(reading, 0);
  return value === undefined ? undefined : { name, value };
}
