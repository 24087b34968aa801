import { createToken, Lexer, type TokenType } from 'chevrotain';
import { LETTER } from '../characters.ts';
import { MISTYPED_SIGN } from '../mistypedSigns.ts';

/**
 * Tokens of the X++ range expression. Order matters: a longer token stands before its own prefix
 * (`dualwrite.md` 2.5, "lexing traps"). Some tokens are wrong on purpose: they stand for what people
 * type or paste instead, so that one mistake gives one exact problem and not a cascade.
 */

export const Identifier = createToken({
  name: 'Identifier',
  pattern: new RegExp(`[${LETTER}][${LETTER}0-9]*`),
});

/** Everything that relates two operands. */
export const Relation = createToken({ name: 'Relation', pattern: Lexer.NA });

/** `&&`, `||`, and what people write instead. */
export const Connector = createToken({ name: 'Connector', pattern: Lexer.NA });

/** What may stand inside an operand and nowhere else. */
export const Stray = createToken({ name: 'Stray', pattern: Lexer.NA });

/** Every literal; which one it is, its token type says. */
export const Literal = createToken({ name: 'Literal', pattern: Lexer.NA });

const relation = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Relation });
const connector = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Connector });
const literal = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Literal });

const stray = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Stray });

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  // No-break and ideographic spaces come with text pasted from web pages.
  pattern: /[ \t\r\n\u00A0\u3000\uFEFF]+/,
  group: Lexer.SKIPPED,
});

/**
 * Operators of OData, and of documentation whose translators translated them (`dualwrite.md` 3.1, S6 and S8).
 * `OU` or `et` could be fields, so only words that no field is called are here.
 */
const foreignWord = (name: string, pattern: RegExp, categories: TokenType[]): TokenType =>
  createToken({ name, pattern, categories, longer_alt: Identifier });
export const ForeignAnd = foreignWord('ForeignAnd', /and|und|および/i, [Connector]);
export const ForeignOr = foreignWord('ForeignOr', /or|oder|または/i, [Connector]);
export const ForeignNot = foreignWord('ForeignNot', /not|nicht/i, []);
export const ForeignRelation = foreignWord('ForeignRelation', /eq|ne|gt|ge|lt|le/i, [Relation]);

const Like = createToken({
  name: 'Like',
  pattern: /like/i,
  longer_alt: Identifier,
  categories: Relation,
});

export const DateTimeLiteral = literal('DateTimeLiteral', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);
export const DateLiteral = literal('DateLiteral', /\d{1,2}\\\d{1,2}\\\d{4}/);
/** A date in the notation of another language; X++ knows day\month\year alone. */
export const ForeignDate = literal('ForeignDate', /\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}/);
export const RealLiteral = literal('RealLiteral', /-?\d+\.\d+(?:[eE]-?\d+)?/);
export const IntegerLiteral = literal('IntegerLiteral', /-?\d+/);
export const GuidLiteral = literal(
  'GuidLiteral',
  /\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}/,
);
export const Placeholder = literal('Placeholder', /%\d+/);

// Runs stand unrolled (`[^x]*(?:y[^x]*)*`): an alternation per character overflows V8's stack at 10 MB.
const StringLiteral = literal(
  'StringLiteral',
  /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'/,
);
export const CurlyString = literal(
  'CurlyString',
  /[\u201C-\u201F\u00AB\u00BB][^"\u201C-\u201F\u00AB\u00BB]*["\u201C-\u201F\u00AB\u00BB]|[\u2018-\u201B][^'\u2018-\u201B]*['\u2018-\u201B]/,
);
export const UnterminatedString = literal(
  'UnterminatedString',
  /"[^"\\]*(?:\\[^][^"\\]*)*\\?|'[^'\\]*(?:\\[^][^'\\]*)*\\?/,
);

export const And = connector('And', /&&/);
export const Or = connector('Or', /\|\|/);
export const SingleAnd = connector('SingleAnd', /&/);
const SingleOr = connector('SingleOr', /\|/);

/** `===`, `=<`, `! =`. */
export const MistypedSign = relation('MistypedSign', MISTYPED_SIGN);
const Equal = relation('Equal', /==/);
const LessOrEqual = relation('LessOrEqual', /<=/);
/** `<>` of SQL and of Business Central. */
export const SqlNotEqual = relation('SqlNotEqual', /<>/);
const GreaterOrEqual = relation('GreaterOrEqual', />=/);
const NotEqual = relation('NotEqual', /!=/);
const Less = relation('Less', /</);
const Greater = relation('Greater', />/);
const Assign = relation('Assign', /=/);

export const Not = createToken({ name: 'Not', pattern: /!/ });
export const LeftParenthesis = createToken({ name: 'LeftParenthesis', pattern: /\(/ });
export const RightParenthesis = createToken({ name: 'RightParenthesis', pattern: /\)/ });
export const LeftBracket = stray('LeftBracket', /\[/);
export const RightBracket = stray('RightBracket', /\]/);
export const Scope = stray('Scope', /::/);
export const Dot = stray('Dot', /\./);
export const Comma = stray('Comma', /,/);

export const vocabulary: TokenType[] = [
  WhiteSpace,
  Relation,
  Connector,
  Literal,
  Stray,
  DateTimeLiteral,
  DateLiteral,
  ForeignDate,
  RealLiteral,
  IntegerLiteral,
  GuidLiteral,
  Placeholder,
  StringLiteral,
  CurlyString,
  UnterminatedString,
  ForeignAnd,
  ForeignOr,
  ForeignNot,
  ForeignRelation,
  Like,
  Identifier,
  And,
  Or,
  SingleAnd,
  SingleOr,
  MistypedSign,
  Equal,
  LessOrEqual,
  SqlNotEqual,
  GreaterOrEqual,
  NotEqual,
  Less,
  Greater,
  Assign,
  Not,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  Scope,
  Dot,
  Comma,
];
