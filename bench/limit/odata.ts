import {
  behindBlanks,
  behindDigits,
  behindWord,
  isDigit,
  isLetter,
  isWord,
  type LimitNode,
} from './node.ts';

/**
 * The limit that parsers of OData filters are measured against: one pass by hand, no tokens, no recovery. It throws
 * at the first mistake and reads the part of the language that the corpus has.
 */
export function parseODataByHand(text: string): LimitNode {
  source = text;
  at = 0;
  const node = either();
  if (at < source.length) throw unexpected();
  return node;
}

let source = '';
let at = 0;

const unexpected = (): Error => new SyntaxError(`Unexpected text at ${at}`);

function skip(): number {
  at = behindBlanks(source, at);
  return source.charCodeAt(at);
}

/** Looks at the first letter before anything else: mostly it is another word. */
function takes(word: string): boolean {
  if (source.charCodeAt(at) !== word.charCodeAt(0)) return false;
  if (!source.startsWith(word, at) || isWord(source, at + word.length)) return false;
  at += word.length;
  return true;
}

function either(): LimitNode {
  const first = both();
  skip();
  if (!takes('or')) return first;
  const operands = [first];
  const operators: string[] = [];
  let last: LimitNode;
  do {
    operators.push('or');
    last = both();
    operands.push(last);
    skip();
  } while (takes('or'));
  return { kind: 'chain', operators, operands, start: first.start, end: last.end };
}

// Written out twice: a function that is handed the next level could not be inlined.
function both(): LimitNode {
  const first = comparison();
  skip();
  if (!takes('and')) return first;
  const operands = [first];
  const operators: string[] = [];
  let last: LimitNode;
  do {
    operators.push('and');
    last = comparison();
    operands.push(last);
    skip();
  } while (takes('and'));
  return { kind: 'chain', operators, operands, start: first.start, end: last.end };
}

function comparison(): LimitNode {
  const unit = skip();
  const start = at;
  if (unit === 110 && takes('not')) {
    const operand = comparison();
    return { kind: 'not', operand, start, end: operand.end };
  }
  const left = sum();
  skip();
  const operatorStart = at;
  const operator = relation();
  if (operator === undefined) return left;
  const right = sum();
  return { kind: 'comparison', operator, operatorStart, left, right, start, end: right.end };
}

/** Two letters decide, so no word is made. */
function relation(): string | undefined {
  if (isWord(source, at + 2)) return undefined;
  const second = source.charCodeAt(at + 1);
  let operator: string | undefined;
  switch (source.charCodeAt(at)) {
    case 101:
      if (second === 113) operator = 'eq';
      break;
    case 110:
      if (second === 101) operator = 'ne';
      break;
    case 103:
      operator = second === 116 ? 'gt' : second === 101 ? 'ge' : undefined;
      break;
    case 108:
      operator = second === 116 ? 'lt' : second === 101 ? 'le' : undefined;
  }
  if (operator !== undefined) at += 2;
  return operator;
}

const OPERATORS = ['add', 'sub', 'mul', 'divby', 'div', 'mod'] as const;

/** Sums and products in one loop: the one look at what follows settles nearly always that it is neither. */
function sum(): LimitNode {
  let left = operand();
  for (;;) {
    const operator = arithmetic();
    if (operator === undefined) return left;
    const operatorStart = at - operator.length;
    const isSum = operator === 'add' || operator === 'sub';
    const right = isSum ? product() : operand();
    left = { kind: 'arithmetic', operator, operatorStart, left, right, start: left.start, end: at };
  }
}

function product(): LimitNode {
  let left = operand();
  for (;;) {
    const before = at;
    const operator = arithmetic();
    if (operator === undefined || operator === 'add' || operator === 'sub') {
      at = before;
      return left;
    }
    const operatorStart = at - operator.length;
    const right = operand();
    left = { kind: 'arithmetic', operator, operatorStart, left, right, start: left.start, end: at };
  }
}

function arithmetic(): string | undefined {
  const unit = skip();
  if (unit !== 97 && unit !== 115 && unit !== 109 && unit !== 100) return undefined;
  return OPERATORS.find(takes);
}

function operand(): LimitNode {
  const unit = skip();
  const start = at;
  if (unit === 40) {
    at += 1;
    const inner = either();
    if (skip() !== 41) throw unexpected();
    at += 1;
    return { kind: 'group', operand: inner, start, end: at };
  }
  if (unit === 39) return string(start);
  if (isDigit(source, at)) return isGuid(start) ? guid(start) : numberOrDate(start);
  if (unit === 45) {
    at += 1;
    if (isDigit(source, at)) return numberOrDate(start);
    const negated = operand();
    return { kind: 'negation', operand: negated, start, end: negated.end };
  }
  if (!isLetter(source, at)) throw unexpected();
  if (isGuid(start)) return guid(start);
  const first = step();
  if (source.charCodeAt(at) !== 47) return first;
  const steps = [first];
  while (source.charCodeAt(at) === 47) {
    at += 1;
    steps.push(step());
  }
  return { kind: 'path', steps, start, end: at };
}

function step(): LimitNode {
  const start = at;
  at = behindWord(source, start);
  if (at === start) throw unexpected();
  const name = source.slice(start, at);
  if (source.charCodeAt(at) === 40) return call(name, start);
  if (name === 'null') return { kind: 'null', text: name, value: name, start, end: at };
  if (name === 'true' || name === 'false') {
    return { kind: 'boolean', text: name, value: name, start, end: at };
  }
  return { kind: 'field', name, start, end: at };
}

function call(name: string, start: number): LimitNode {
  const args: LimitNode[] = [];
  do {
    at += 1;
    if (skip() === 41) break;
    args.push(either());
  } while (skip() === 44);
  if (source.charCodeAt(at) !== 41) throw unexpected();
  at += 1;
  return { kind: 'call', name, args, start, end: at };
}

function string(start: number): LimitNode {
  let isDoubled = false;
  for (;;) {
    at = source.indexOf("'", at + 1);
    if (at < 0) throw unexpected();
    if (source.charCodeAt(at + 1) !== 39) break;
    isDoubled = true;
    at += 1;
  }
  at += 1;
  const content = source.slice(start + 1, at - 1);
  const value = isDoubled ? content.replaceAll("''", "'") : content;
  return { kind: 'string', text: source.slice(start, at), value, start, end: at };
}

const isHex = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 102) || (unit >= 65 && unit <= 70);

/** A dash behind eight places decides almost always, so that is looked at first. */
function isGuid(start: number): boolean {
  if (source.charCodeAt(start + 8) !== 45) return false;
  for (let offset = 0; offset < 36; offset += 1) {
    const unit = source.charCodeAt(start + offset);
    const isDash = offset === 8 || offset === 13 || offset === 18 || offset === 23;
    if (isDash ? unit !== 45 : !isHex(unit)) return false;
  }
  return true;
}

function guid(start: number): LimitNode {
  at = start + 36;
  const text = source.slice(start, at);
  return { kind: 'guid', text, value: text, start, end: at };
}

function numberOrDate(start: number): LimitNode {
  at = behindDigits(source, at);
  if (at - start >= 4 && source.charCodeAt(at) === 45) return date(start);
  if (source.charCodeAt(at) === 46) at = behindDigits(source, at + 1);
  const text = source.slice(start, at);
  return { kind: 'number', text, value: Number(text), start, end: at };
}

/** Digits, `-`, `:`, `.`, `+`, `T` and `Z`; whether there is such a day, the product says as well. */
function date(start: number): LimitNode {
  let end = at;
  let unit = source.charCodeAt(end);
  while ((unit >= 43 && unit <= 58 && unit !== 44 && unit !== 47) || unit === 84 || unit === 90) {
    unit = source.charCodeAt((end += 1));
  }
  at = end;
  const text = source.slice(start, end);
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const month = part(5, 7);
  if (month < 1 || month > 12 || part(8, 10) > (DAYS_OF_MONTHS[month - 1] ?? 0)) throw unexpected();
  return { kind: 'date', text, value: text, start, end };
}

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
