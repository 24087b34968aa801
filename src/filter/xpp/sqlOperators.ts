import { type IToken, tokenMatcher } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { type Span, spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import * as tokens from './tokens.ts';

/** What SQL says in several words and X++ does not, each read as the one relation that is meant. */
export interface SqlOperatorsRead {
  readonly tokens: readonly IToken[];
  readonly problems: readonly Problem[];
}

/**
 * `A in (1, 2)`, `A not in (…)`, `A not like "x*"`, `A is not null`: one mistake each, with the comparison that was meant.
 *
 * @param meant the tokens of `==`, `!=` and `""`, as which the replaced words are read.
 */
export function withSqlOperators(
  read: readonly IToken[],
  source: string,
  [equal, notEqual, empty]: readonly [IToken, IToken, IToken],
): SqlOperatorsRead {
  if (!read.some((token) => isNamed(token, 'in', 'is') || tokenMatcher(token, tokens.ForeignNot))) {
    return { tokens: read, problems: [] };
  }
  const result: IToken[] = [];
  const problems: Problem[] = [];
  const as = (token: IToken, isEqual: boolean): IToken => like(token, isEqual ? equal : notEqual);
  for (let index = 0; index < read.length; index++) {
    const [token, field] = [read[index], read[index - 1]];
    if (token === undefined) break;
    const isAfterField = field !== undefined && tokenMatcher(field, tokens.Identifier);
    const isNot = tokenMatcher(token, tokens.ForeignNot);
    const operator = isNot ? read[index + 1] : token;
    const at = isNot ? index + 1 : index;
    const list = isAfterField && isNamed(operator, 'in') ? listAfter(read, at) : undefined;
    if (isAfterField && list !== undefined) {
      problems.push(
        listProblem(field, spanning(spanOfToken(token), list.span), list, !isNot, source),
      );
      result.push(as(token, !isNot), ...list.first);
      index = list.end;
    } else if (isAfterField && isNot && isNamed(operator, 'like')) {
      problems.push(likeProblem(field, token, operator, read[at + 1], source));
    } else if (isAfterField && isNamed(token, 'is')) {
      const isPlain = isNamed(read[index + 1], 'null');
      const end = isPlain || isNamed(read[index + 1], 'not') ? index + (isPlain ? 1 : 2) : index;
      const nothing = read[end];
      if (!isNamed(nothing, 'null')) {
        result.push(token);
        continue;
      }
      problems.push(nullProblem(field, token, nothing, isPlain, source));
      result.push(as(token, isPlain), like(nothing, empty));
      index = end;
    } else result.push(token);
  }
  return { tokens: result, problems };
}

const isNamed = (token: IToken | undefined, ...names: readonly string[]): token is IToken =>
  token !== undefined && names.includes(token.image.toLowerCase());

/** A token at the place of one, read as another. */
const like = (token: IToken, { image, tokenType, tokenTypeIdx }: IToken): IToken => ({
  ...token,
  image,
  tokenType,
  tokenTypeIdx,
});

/** What SQL has NULL for is the empty text, 0 or 1 January 1900 (`dualwrite.md` 4.2): only a person knows which. */
function nullProblem(
  field: IToken,
  is: IToken,
  nothing: IToken,
  isEqual: boolean,
  source: string,
): Problem {
  const whole = spanning(spanOfToken(field), spanOfToken(nothing));
  const begin = `${textOf(source, spanOfToken(field))} ${isEqual ? '==' : '!='}`;
  return {
    code: 'foreign-operator',
    variant: 'isNull',
    span: spanning(spanOfToken(is), spanOfToken(nothing)),
    args: { written: isEqual ? 'is null' : 'is not null' },
    fixes: ['""', '0'].map((value) => ({
      title: 'replace-operator',
      args: { text: `${begin} ${value}` },
      edits: [{ span: whole, text: `${begin} ${value}` }],
    })),
  };
}

interface List {
  readonly values: readonly string[];
  /** The tokens of the first value. */
  readonly first: readonly IToken[];
  readonly span: Span;
  /** The index of its closing parenthesis. */
  readonly end: number;
}

/** A list of literals or elements in parentheses behind a token; undefined for anything else. */
function listAfter(read: readonly IToken[], at: number): List | undefined {
  const open = read[at + 1];
  if (open === undefined || !tokenMatcher(open, tokens.LeftParenthesis)) return undefined;
  const values: IToken[][] = [[]];
  for (let index = at + 2; index < read.length; index++) {
    const token = read[index];
    if (token === undefined) return undefined;
    if (tokenMatcher(token, tokens.RightParenthesis)) {
      const [first] = values;
      if (first === undefined || values.some(({ length }) => length === 0)) return undefined;
      const texts = values.map((value) => value.map(({ image }) => image).join(''));
      const span = spanning(spanOfToken(open), spanOfToken(token));
      return { values: texts, first, span, end: index };
    }
    if (tokenMatcher(token, tokens.Comma)) values.push([]);
    else if (isPartOfValue(token)) values.at(-1)?.push(token);
    else return undefined;
  }
  return undefined;
}

const isPartOfValue = (token: IToken): boolean =>
  [tokens.Literal, tokens.Identifier, tokens.Scope].some((type) => tokenMatcher(token, type));

function listProblem(
  field: IToken,
  span: Span,
  { values }: List,
  isEqual: boolean,
  source: string,
): Problem {
  const name = textOf(source, spanOfToken(field));
  const terms = values.map((value) => `(${name} ${isEqual ? '==' : '!='} ${value})`);
  return {
    code: 'foreign-operator',
    variant: 'in',
    span,
    args: { written: isEqual ? 'in' : 'not in' },
    fixes: [
      {
        title: 'expand-list',
        edits: [
          {
            span: spanning(spanOfToken(field), span),
            text:
              terms.length === 1 ? terms.join('') : `(${terms.join(isEqual ? ' || ' : ' && ')})`,
          },
        ],
        preferred: true,
      },
    ],
  };
}

function likeProblem(
  field: IToken,
  not: IToken,
  operator: IToken,
  pattern: IToken | undefined,
  source: string,
): Problem {
  const span = spanning(spanOfToken(not), spanOfToken(operator));
  const problem = { code: 'foreign-operator', variant: 'notLike', span } as const;
  if (pattern === undefined || !tokenMatcher(pattern, tokens.Literal)) return problem;
  const [name, text] = [field, pattern].map((token) => textOf(source, spanOfToken(token)));
  const meant = `(!(${name} like ${text}))`;
  return {
    ...problem,
    fixes: [
      {
        title: 'replace-operator',
        args: { text: meant },
        edits: [{ span: spanning(spanOfToken(field), spanOfToken(pattern)), text: meant }],
        preferred: true,
      },
    ],
  };
}
