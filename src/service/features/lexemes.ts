import { type IToken, Lexer, tokenMatcher, type TokenType } from 'chevrotain';
import * as odata from '../../filter/odata/tokens.ts';
import { once } from '../../filter/once.ts';
import { spanOfToken } from '../../filter/tokenSpan.ts';
import * as xpp from '../../filter/xpp/tokens.ts';
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

const lexerOf = (vocabulary: TokenType[]): Lexer =>
  new Lexer(vocabulary, {
    positionTracking: 'onlyOffset',
    skipValidations: true,
    ensureOptimizations: false,
  });

const lexers = {
  xpp: once(() => lexerOf(xpp.vocabulary)),
  odata: once(() => lexerOf(odata.vocabulary)),
};

export const lexemesOf = (text: string, language: FilterLanguage): readonly Lexeme[] =>
  lexers[language]()
    .tokenize(text)
    .tokens.map((token) => ({
      kind: language === 'xpp' ? xppKind(token) : odataKind(token),
      text: token.image,
      span: spanOfToken(token),
    }));

function xppKind(token: IToken): LexemeKind {
  switch (token.tokenType) {
    case xpp.Identifier:
      return 'name';
    case xpp.UnterminatedString:
      return 'openText';
    case xpp.Not:
    case xpp.ForeignNot:
      return 'not';
    case xpp.LeftParenthesis:
      return 'open';
    case xpp.RightParenthesis:
      return 'close';
    case xpp.Comma:
      return 'comma';
    case xpp.Scope:
      return 'scope';
    case xpp.Dot:
      return 'member';
    default:
      if (tokenMatcher(token, xpp.Literal)) return 'literal';
      if (tokenMatcher(token, xpp.Relation)) return 'relation';
      return tokenMatcher(token, xpp.Connector) ? 'connector' : 'other';
  }
}

function odataKind(token: IToken): LexemeKind {
  switch (token.tokenType) {
    case odata.Name:
    case odata.SystemName:
    case odata.AtName:
      return 'name';
    case odata.UnterminatedString:
      return 'openText';
    case odata.Not:
    case odata.TranslatedNot:
    case odata.Bang:
      return 'not';
    case odata.LeftParenthesis:
    case odata.LeftBracket:
      return 'open';
    case odata.RightParenthesis:
    case odata.RightBracket:
      return 'close';
    case odata.Comma:
    case odata.Semicolon:
      return 'comma';
    case odata.Slash:
      return 'member';
    case odata.LogicalWord:
    case odata.TranslatedWord:
      return 'connector';
    case odata.Minus:
    case odata.ArithmeticWord:
      return 'arithmetic';
    case odata.RelationWord:
    case odata.RelationSign:
    case odata.Assign:
    case odata.In:
    case odata.Has:
      return 'relation';
    default:
      if (tokenMatcher(token, odata.Literal)) return 'literal';
      return /^(?:&&?|\|\|?)$/u.test(token.image) ? 'connector' : 'other';
  }
}
