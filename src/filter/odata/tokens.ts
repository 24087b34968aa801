import { createToken, Lexer, type TokenType } from 'chevrotain';
import { LETTER } from '../characters.ts';
import { MISTYPED_SIGN } from '../mistypedSigns.ts';

/**
 * Tokens of an OData `$filter` (OData 4.01 ABNF, sections 4 to 7). Order matters: a longer token stands before
 * its own prefix. Some tokens are wrong on purpose: they stand for what people type or paste instead,
 * so that one mistake gives one exact problem and not a cascade.
 */

const WORD = `[${LETTER}][${LETTER}0-9]*`;

/** Joins two operands, and what people write instead. */
export const Operator = createToken({ name: 'Operator', pattern: Lexer.NA });

/** Stands before an operand. */
export const Prefix = createToken({ name: 'Prefix', pattern: Lexer.NA });

/** Every literal; which one it is, its token type says. */
export const Literal = createToken({ name: 'Literal', pattern: Lexer.NA });

/** Everything a path can have between its slashes. */
export const Step = createToken({ name: 'Step', pattern: Lexer.NA });

/** What has its place between certain brackets and nowhere else. */
export const Stray = createToken({ name: 'Stray', pattern: Lexer.NA });

const operator = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, categories: Operator });
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

/** A name with its namespace, if it has one: `statecode`, `Microsoft.Dynamics.CRM.Between`. */
export const Name = createToken({
  name: 'Name',
  pattern: new RegExp(String.raw`${WORD}(?:\.${WORD})*`),
  categories: Step,
});

const keyword = (name: string, pattern: RegExp, categories: TokenType): TokenType =>
  createToken({ name, pattern, categories, longer_alt: Name });

export const LogicalWord = keyword('LogicalWord', /and|or/i, Operator);
/** Documentation whose translators translated the operators, too (`dualwrite.md` 3.1 and S8). */
export const TranslatedWord = keyword('TranslatedWord', /und|oder|および|または/i, Operator);
export const RelationWord = keyword('RelationWord', /eq|ne|gt|ge|lt|le/i, Operator);
export const In = keyword('In', /in/i, Operator);
export const Has = keyword('Has', /has/i, Operator);
export const ArithmeticWord = keyword('ArithmeticWord', /add|sub|mul|divby|div|mod/i, Operator);
export const Not = keyword('Not', /not/i, Prefix);
export const TranslatedNot = keyword('TranslatedNot', /nicht/i, Prefix);

/** Operators of X++, SQL and most programming languages (`dualwrite.md` S6). */
const LogicalSign = operator('LogicalSign', /&&|\|\||&|\|/);
export const RelationSign = operator(
  'RelationSign',
  new RegExp(`${MISTYPED_SIGN.source}|==|!=|<>|<=|>=|<|>`),
);
const ArithmeticSign = operator('ArithmeticSign', /[+*%]/);
/** Also the `=` of a named argument. */
export const Assign = operator('Assign', /=/);
/** Also the step of a path, where no blank stands before it. */
export const Slash = operator('Slash', /\//);
export const Minus = operator('Minus', /-/);
export const Bang = createToken({ name: 'Bang', pattern: /!/, categories: Prefix });

/** `$it`, `$this`, `$root`, `$count`, `$filter`. */
export const SystemName = createToken({
  name: 'SystemName',
  pattern: /\$[A-Za-z][A-Za-z0-9]*/,
  categories: Step,
});
/** `@p1`, `@Namespace.Term#qualifier`. */
export const AtName = createToken({
  name: 'AtName',
  pattern: new RegExp(String.raw`@${WORD}(?:\.${WORD})*(?:#${WORD})?`),
  categories: Step,
});
export const SearchOption = literal('SearchOption', /\$search=(?:"[^"]*"|\([^()"]*\)|[^;()"])*/);

export const Null = keyword('Null', /null/i, Literal);
export const BooleanLiteral = keyword('BooleanLiteral', /true|false/i, Literal);
export const SpecialNumber = keyword('SpecialNumber', /-?INF|NaN/, Literal);
export const GuidLiteral = literal(
  'GuidLiteral',
  /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])/,
);
/** As X++ writes it. */
export const BracedGuid = literal(
  'BracedGuid',
  /\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}/,
);
/** A date, with or without time and offset; whether there is such a day, its reader says. */
export const DateLiteral = literal(
  'DateLiteral',
  /-?\d{4,}-\d{1,2}-\d{1,2}(?:[Tt][\d:.]*(?:[Zz]|[+-][\d:]*)?)?(?![\w-])/,
);
/** A date in the notation of X++ or of another language. */
export const ForeignDate = literal('ForeignDate', /\d{1,2}([/.\\])\d{1,2}\1\d{4}(?![\w])/);
export const TimeLiteral = literal('TimeLiteral', /\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?![\w:])/);
export const NumberLiteral = literal(
  'NumberLiteral',
  /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/,
);
/** Begins like a number and ends like none: `1.5M`, `12abc`, half a GUID. */
export const MalformedNumber = literal('MalformedNumber', /[+-]?\d[\w.]*(?:-\w+)*/);

/** `duration'…'`, `binary'…'`, `geography'…'`, `Namespace.Enum'…'`, and what older versions wrote so. */
export const PrefixedLiteral = literal(
  'PrefixedLiteral',
  new RegExp(
    `(?!(?:and|or|not|eq|ne|gt|ge|lt|le|in|has|add|sub|mul|divby|div|mod)')` +
      String.raw`${WORD}(?:\.${WORD})*'(?:[^']|'')*'(?!')`,
  ),
);
/** `'O'Bryan'`: a letter behind a quote, and a quote that does end a value (`dualwrite.md` 3.2). */
export const ApostropheString = literal(
  'ApostropheString',
  new RegExp(`'[^']*'[${LETTER}][^'()=]*'(?=\\s|[),]|$)`),
);
export const StringLiteral = literal('StringLiteral', /'(?:[^']|'')*'(?!')/);
/** A text in JSON; of X++ elsewhere. */
export const DoubleQuoted = literal('DoubleQuoted', /"(?:\\[^]|[^"\\])*"/);
export const CurlyString = literal(
  'CurlyString',
  /[\u201C-\u201F\u00AB\u00BB][^"\u201C-\u201F\u00AB\u00BB]*["\u201C-\u201F\u00AB\u00BB]|[\u2018-\u201B][^'\u2018-\u201B]*['\u2018-\u201B]/,
);
export const UnterminatedString = literal('UnterminatedString', /'[^]*|"[^]*/);
export const Placeholder = literal('Placeholder', /<[A-Za-z][\w-]*>/);

export const LeftParenthesis = createToken({ name: 'LeftParenthesis', pattern: /\(/ });
export const RightParenthesis = createToken({ name: 'RightParenthesis', pattern: /\)/ });
export const LeftBracket = createToken({ name: 'LeftBracket', pattern: /\[/ });
export const RightBracket = stray('RightBracket', /\]/);
export const LeftBrace = createToken({ name: 'LeftBrace', pattern: /\{/ });
export const RightBrace = stray('RightBrace', /\}/);
export const Comma = stray('Comma', /,/);
export const Colon = stray('Colon', /:/);
export const Semicolon = stray('Semicolon', /;/);
const Dot = stray('Dot', /\./);
/** ASCII alone: what lies beyond takes several of them. */
export const PercentEncoded = stray('PercentEncoded', /%[2-7][0-9A-Fa-f]/);

export const vocabulary: TokenType[] = [
  WhiteSpace,
  Operator,
  Prefix,
  Literal,
  Step,
  Stray,
  GuidLiteral,
  BracedGuid,
  DateLiteral,
  ForeignDate,
  TimeLiteral,
  NumberLiteral,
  MalformedNumber,
  PrefixedLiteral,
  ApostropheString,
  StringLiteral,
  DoubleQuoted,
  CurlyString,
  UnterminatedString,
  Placeholder,
  SpecialNumber,
  LogicalWord,
  TranslatedWord,
  RelationWord,
  In,
  Has,
  ArithmeticWord,
  Not,
  TranslatedNot,
  Null,
  BooleanLiteral,
  Name,
  SearchOption,
  SystemName,
  AtName,
  LogicalSign,
  RelationSign,
  Bang,
  Assign,
  PercentEncoded,
  ArithmeticSign,
  Slash,
  Minus,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  Semicolon,
  Dot,
];
