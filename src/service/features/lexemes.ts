import { type ODataToken, odataTokensOf } from '../../filter/odata/byGrammar.ts';
import type { WrittenToken } from '../../filter/writtenToken.ts';
import { type XppToken, xppTokensOf } from '../../filter/xpp/byGrammar.ts';
import type { Span } from '../../text/span.ts';

export type FilterLanguage = 'xpp' | 'odata';

/**
 * A token as editor features see it, whatever the language. They read tokens and not the tree: while somebody
 * types, the tree is about the text as it was meant to end, and the caret stands where it does not end yet.
 */
export interface Lexeme {
  readonly kind: LexemeKind;
  readonly text: string;
  readonly span: Span;
}

export type LexemeKind =
  | 'name'
  | 'literal'
  /** A text whose closing quote is missing. */
  | 'openText'
  | 'relation'
  | 'connector'
  | 'not'
  | 'open'
  | 'close'
  | 'comma'
  /** `::` of X++. */
  | 'scope'
  /** `.` or `/`: what follows belongs to another data source or table. */
  | 'member'
  /** `add`, `mul`, `-`: what follows is still the same side of a comparison. */
  | 'arithmetic'
  | 'other';

export const lexemesOf = (text: string, language: FilterLanguage): readonly Lexeme[] =>
  language === 'xpp'
    ? xppTokensOf(text).map((token) => ({ ...placed(token), kind: kindOf(token, XPP_KINDS) }))
    : odataTokensOf(text).map((token) => ({ ...placed(token), kind: odataKind(token) }));

const placed = ({ text, span }: Omit<Lexeme, 'kind'>): Omit<Lexeme, 'kind'> => ({ text, span });

/** What a token is: its type says it, else its category. */
const kindOf = <Name extends string>(
  { type, category }: WrittenToken<Name>,
  kinds: Readonly<Partial<Record<Name, LexemeKind>>>,
): LexemeKind =>
  (type === undefined ? undefined : kinds[type]) ??
  (category === undefined ? undefined : kinds[category]) ??
  'other';

const XPP_KINDS: Readonly<Partial<Record<Exclude<XppToken['type'], undefined>, LexemeKind>>> = {
  Identifier: 'name',
  UnterminatedString: 'openText',
  Not: 'not',
  ForeignNot: 'not',
  LeftParenthesis: 'open',
  RightParenthesis: 'close',
  Comma: 'comma',
  Scope: 'scope',
  Dot: 'member',
  Literal: 'literal',
  Relation: 'relation',
  Connector: 'connector',
};

const ODATA_KINDS: Readonly<Partial<Record<Exclude<ODataToken['type'], undefined>, LexemeKind>>> = {
  Name: 'name',
  SystemName: 'name',
  AtName: 'name',
  UnterminatedString: 'openText',
  Not: 'not',
  TranslatedNot: 'not',
  Bang: 'not',
  LeftParenthesis: 'open',
  LeftBracket: 'open',
  RightParenthesis: 'close',
  RightBracket: 'close',
  Comma: 'comma',
  Semicolon: 'comma',
  Slash: 'member',
  LogicalWord: 'connector',
  TranslatedWord: 'connector',
  Minus: 'arithmetic',
  ArithmeticWord: 'arithmetic',
  RelationWord: 'relation',
  RelationSign: 'relation',
  Assign: 'relation',
  In: 'relation',
  Has: 'relation',
  Literal: 'literal',
};

const odataKind = (token: ODataToken): LexemeKind =>
  /^(?:&&?|\|\|?)$/u.test(token.text) ? 'connector' : kindOf(token, ODATA_KINDS);
