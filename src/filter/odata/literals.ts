import type { IToken } from 'chevrotain';
import type { Analysed } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataLiteral } from './ast.ts';
import { wronglyCased } from './operators.ts';
import { readDate, readForeignDate, readTime } from './dates.ts';
import { foreignLiteral } from './notation.ts';
import { readPrefixed } from './prefixed.ts';
import { readString } from './stringLiterals.ts';
import * as tokens from './tokens.ts';

/**
 * Reads the value of a literal token. What is wrong with it becomes a problem, the value its best reading.
 *
 * @param inJson whether it is a value of a JSON array or object, where a text has double quotes.
 */
export function readLiteral(
  token: IToken,
  source: string,
  inJson: boolean,
): Analysed<ODataLiteral> {
  const { image } = token;
  const base = { text: image, span: spanOfToken(token) };
  switch (token.tokenType) {
    case tokens.Null:
      return {
        value: { ...base, kind: 'null' },
        problems: image === 'null' ? [] : [wronglyCased(token, source)],
      };
    case tokens.BooleanLiteral:
      return {
        value: { ...base, kind: 'boolean', value: image.toLowerCase() === 'true' },
        problems: [],
      };
    case tokens.NumberLiteral:
      return {
        value: {
          ...base,
          kind: /^[+-]?\d+$/u.test(image) ? 'integer' : 'decimal',
          value: Number(image),
        },
        problems: [],
      };
    case tokens.SpecialNumber:
      return {
        value: { ...base, kind: 'decimal', value: Number(image.replace('INF', 'Infinity')) },
        problems: [],
      };
    case tokens.MalformedNumber:
      return readMalformedNumber(token);
    case tokens.GuidLiteral:
      return { value: { ...base, kind: 'guid', value: image }, problems: [] };
    case tokens.BracedGuid:
      return {
        value: { ...base, kind: 'guid', value: image.slice(1, -1) },
        problems: [foreignLiteral(token, image.slice(1, -1))],
      };
    case tokens.DateLiteral:
      return readDate(token);
    case tokens.ForeignDate:
      return readForeignDate(token);
    case tokens.TimeLiteral:
      return readTime(token);
    case tokens.PrefixedLiteral:
      return readPrefixed(token);
    case tokens.SearchOption:
      return {
        value: { ...base, kind: 'search', value: image.slice(image.indexOf('=') + 1) },
        problems: [],
      };
    case tokens.Placeholder:
      return { value: { ...base, kind: 'placeholder' }, problems: [] };
    default:
      return readString(token, inJson);
  }
}

/** OData 2 and 3 told the type of a number by a letter: `1.5M`, `5L`. */
function readMalformedNumber(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const base = { text: image, span: spanOfToken(token) };
  const bare = /^([+-]?\d+(?:\.\d+)?)[mdfl]$/iu.exec(image)?.[1];
  return {
    value: { ...base, kind: 'decimal', value: Number(bare ?? Number.parseFloat(image)) },
    problems:
      bare === undefined
        ? [
            {
              code: 'invalid-literal',
              span: base.span,
              variant: 'number',
              args: { text: image },
            },
          ]
        : [foreignLiteral(token, bare)],
  };
}
