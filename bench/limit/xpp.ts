import {
  behindBlanks,
  behindDigits,
  behindWord,
  isDigit,
  isLetter,
  type LimitNode,
} from './node.ts';

/**
 * The limit that parsers of X++ ranges are measured against: one pass by hand, no tokens, no recovery. It throws at
 * the first mistake and reads the part of the language that the corpus has.
 */
export function parseXppByHand(text: string): LimitNode {
  source = text;
  at = 0;
  const node = chain();
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

function chain(): LimitNode {
  const first = term();
  let unit = skip();
  if (unit !== 38 && unit !== 124) return first;
  const operands = [first];
  const operators: string[] = [];
  let last = first;
  while ((unit === 38 || unit === 124) && source.charCodeAt(at + 1) === unit) {
    operators.push(unit === 38 ? '&&' : '||');
    at += 2;
    last = term();
    operands.push(last);
    unit = skip();
  }
  return { kind: 'chain', operators, operands, start: first.start, end: last.end };
}

function term(): LimitNode {
  const unit = skip();
  const start = at;
  if (unit === 40) {
    at += 1;
    const operand = chain();
    if (skip() !== 41) throw unexpected();
    at += 1;
    return { kind: 'group', operand, start, end: at };
  }
  if (unit === 33) {
    at += 1;
    const operand = term();
    return { kind: 'not', operand, start, end: operand.end };
  }
  const left = operand(unit);
  skip();
  const operatorStart = at;
  const operator = relation();
  const right = operand(skip());
  return { kind: 'comparison', operator, operatorStart, left, right, start, end: right.end };
}

function relation(): string {
  const unit = source.charCodeAt(at);
  const isLong = source.charCodeAt(at + 1) === 61;
  at += isLong ? 2 : 1;
  switch (unit) {
    case 61:
      return '==';
    case 60:
      return isLong ? '<=' : '<';
    case 62:
      return isLong ? '>=' : '>';
    case 33:
      if (isLong) return '!=';
  }
  throw unexpected();
}

function operand(unit: number): LimitNode {
  const start = at;
  if (isLetter(source, start)) {
    at = behindWord(source, start);
    return { kind: 'field', name: source.slice(start, at), start, end: at };
  }
  if (unit === 34) return string(start);
  if (!isDigit(source, start)) throw unexpected();
  at = behindDigits(source, start);
  if (source.charCodeAt(at) === 46) at = behindDigits(source, at + 1);
  const text = source.slice(start, at);
  return { kind: 'number', text, value: Number(text), start, end: at };
}

function string(start: number): LimitNode {
  const text = source;
  let offset = start + 1;
  let isEscaped = false;
  for (let unit = text.charCodeAt(offset); unit !== 34; unit = text.charCodeAt(offset)) {
    if (unit === 92) {
      isEscaped = true;
      offset += 1;
    }
    offset += 1;
    if (offset >= text.length) throw unexpected();
  }
  at = offset + 1;
  const content = text.slice(start + 1, offset);
  const value = isEscaped ? content.replaceAll(/\\([^])/gu, '$1') : content;
  return { kind: 'string', text: text.slice(start, at), value, start, end: at };
}
