import type { IToken } from 'chevrotain';
import type { Analysed, Fix, Problem } from '../../problem/problem.ts';
import type { ProblemCode } from '../../problem/catalogue.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataLiteral } from './ast.ts';
import { quoted } from './strings.ts';
import * as tokens from './tokens.ts';

/** Reads a text, in whichever quotes it stands. */
export function readString(token: IToken, inJson: boolean): Analysed<ODataLiteral> {
  const { image } = token;
  const span = spanOfToken(token);
  const content = image.slice(1, -1);
  const read = (value: string, ...problems: readonly Problem[]): Analysed<ODataLiteral> => ({
    value: { kind: 'string', text: image, span, value },
    problems,
  });
  const rewritten = (code: ProblemCode, title: string, value: string): Analysed<ODataLiteral> =>
    read(value, { code, span, fixes: [rewriting(title, span, value)] });
  switch (token.tokenType) {
    case tokens.DoubleQuoted: {
      const value = unescaped(content);
      return inJson ? read(value) : rewritten('double-quotes', 'single-quotes', value);
    }
    case tokens.CurlyString:
      return rewritten('curly-quotes', 'straighten-quotes', content);
    case tokens.ApostropheString:
      // What is doubled already stays as meant: `'O''Brien's'`.
      return rewritten('unescaped-quote', 'double-apostrophe', content.replaceAll("''", "'"));
    case tokens.UnterminatedString:
      return read(image.slice(1).replaceAll("''", "'"), unterminated(token));
    default:
      return read(content.replaceAll("''", "'"));
  }
}

const rewriting = (title: string, span: Problem['span'], value: string): Fix => ({
  title,
  edits: [{ span, text: quoted(value) }],
  preferred: true,
});

function unterminated(token: IToken): Problem {
  const quote = token.image.slice(0, 1);
  const span = spanOfToken(token);
  return {
    code: 'unterminated-string',
    span,
    args: { quote },
    fixes: [
      {
        title: 'close-string',
        args: { quote },
        edits: [{ span: { start: span.end, end: span.end }, text: quote }],
      },
    ],
  };
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** In JSON a backslash may spell a control character; in X++ it takes the next one as it is. */
const unescaped = (content: string): string =>
  content.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|([^]))/gu,
    (_, hex: string | undefined, one: string) =>
      hex === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
