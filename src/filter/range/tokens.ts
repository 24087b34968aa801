import { createToken, Lexer, type TokenType } from 'chevrotain';

/**
 * Tokens of the plain range. A value runs on over single blanks and points, so that `A B`, `1.5` and
 * `23\06\2021` are one each; two points are the interval (`dualwrite.md` 2.5, "lexing traps").
 */

export const Value = createToken({ name: 'Value', pattern: Lexer.NA });
export const Relation = createToken({ name: 'Relation', pattern: Lexer.NA });
/** What separates the items, and what people write instead. */
export const Separator = createToken({ name: 'Separator', pattern: Lexer.NA });
export const Negation = createToken({ name: 'Negation', pattern: Lexer.NA });

const value = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Value });
const relation = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Relation });

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n\u00A0\u3000\uFEFF]+/,
  group: Lexer.SKIPPED,
});

const PART = String.raw`[^\s&|=()"'!<>,.]`;
export const Word = value(
  'Word',
  new RegExp(String.raw`${PART}+(?:\.${PART}+)*(?: ${PART}+(?:\.${PART}+)*)*`),
);
export const Quoted = value('Quoted', /"[^"]*"/);
export const UnterminatedString = value('UnterminatedString', /"[^"]*/);

export const Interval = createToken({ name: 'Interval', pattern: /\.\./ });
const Comma = createToken({ name: 'Comma', pattern: /,/, categories: Separator });
export const ForeignOr = createToken({
  name: 'ForeignOr',
  pattern: /\|\|?/,
  categories: Separator,
});

/** `<>` of Business Central and `!=` of X++. */
export const ForeignNot = createToken({
  name: 'ForeignNot',
  pattern: /<>|!=/,
  categories: Negation,
});
const Not = createToken({ name: 'Not', pattern: /!/, categories: Negation });

const LessOrEqual = relation('LessOrEqual', /<=/);
const GreaterOrEqual = relation('GreaterOrEqual', />=/);
const Less = relation('Less', /</);
const Greater = relation('Greater', />/);

export const LeftParenthesis = createToken({ name: 'LeftParenthesis', pattern: /\(/ });
export const RightParenthesis = createToken({ name: 'RightParenthesis', pattern: /\)/ });
/** Signs of expressions, which have no place in a range. */
export const Stray = createToken({ name: 'Stray', pattern: /==?|&&?|[.']/ });

export const vocabulary: TokenType[] = [
  WhiteSpace,
  Value,
  Relation,
  Separator,
  Negation,
  Interval,
  Word,
  Quoted,
  UnterminatedString,
  Comma,
  ForeignOr,
  ForeignNot,
  Not,
  LessOrEqual,
  GreaterOrEqual,
  Less,
  Greater,
  LeftParenthesis,
  RightParenthesis,
  Stray,
];
