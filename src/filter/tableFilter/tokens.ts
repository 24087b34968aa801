import { createToken, Lexer, type TokenType } from 'chevrotain';
import { closingQuote, isApostrophe } from './quotes.ts';

/**
 * Tokens of the filter of one field. Only `& ( ) = |` need quotes in a value (Microsoft, "Filter on values that
 * contain symbols"), so a value runs on over blanks and all else; two points are the interval everywhere.
 */

export const Relation = createToken({ name: 'Relation', pattern: Lexer.NA });
export const Connector = createToken({ name: 'Connector', pattern: Lexer.NA });

const relation = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Relation });
const connector = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Connector });

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n\u00A0\u3000\uFEFF]+/,
  group: Lexer.SKIPPED,
});

// AL code quotes doubly; read whole, so that its signs are no operators.
const DOUBLY_QUOTED = /"[^"]*"(?=\s*(?:[&|)]|\.\.|$))/uy;
const PLAIN = /[^\s&|()='<>.]+|\.(?!\.)/uy;
const INSIDE = /[^\s&|()='.]+|\.(?!\.)|[ \t\u00A0\u3000]+(?=[^\s&|()='<>.]|\.(?!\.))/uy;

/**
 * A function, because whether a `'` opens a quotation depends on what stands before it: `O'Brien`. Step by
 * step, because a regular expression that repeats a choice of parts overflows its stack on a large filter.
 */
function matchValue(text: string, offset: number): [string] | null {
  const read = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  const quoted = read(DOUBLY_QUOTED, offset);
  let end = quoted > offset ? quoted : read(PLAIN, offset);
  if (end === offset && text[offset] !== "'") return null;
  for (;;) {
    const start = end;
    if (text[end] !== "'") end = read(INSIDE, end);
    else if (end > offset && isApostrophe(text, end)) end += 1;
    else end = Math.min(closingQuote(text, end) + 1, text.length);
    if (end === start) return [text.slice(offset, end)];
  }
}

export const Value = createToken({ name: 'Value', line_breaks: true, pattern: matchValue });

export const Interval = createToken({ name: 'Interval', pattern: /\.\./ });

/** Operators of other languages: `!=` and `==` are no values, for a value with `=` stands in quotes. */
export const ForeignRelation = relation('ForeignRelation', /!=|==/);
const LessOrEqual = relation('LessOrEqual', /<=/);
const NotEqual = relation('NotEqual', /<>/);
const GreaterOrEqual = relation('GreaterOrEqual', />=/);
const Less = relation('Less', /</);
const Greater = relation('Greater', />/);
const Equal = relation('Equal', /=/);

export const ForeignConnector = connector('ForeignConnector', /&&|\|\|/);
const And = connector('And', /&/);
const Or = connector('Or', /\|/);

export const LeftParenthesis = createToken({ name: 'LeftParenthesis', pattern: /\(/ });
export const RightParenthesis = createToken({ name: 'RightParenthesis', pattern: /\)/ });

export const vocabulary: TokenType[] = [
  WhiteSpace,
  Relation,
  Connector,
  Interval,
  ForeignRelation,
  Value,
  LessOrEqual,
  NotEqual,
  GreaterOrEqual,
  Less,
  Greater,
  Equal,
  ForeignConnector,
  And,
  Or,
  LeftParenthesis,
  RightParenthesis,
];
