import type { Problem } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { Neighbours } from './row.ts';
import { readString } from './stringLiterals.ts';
import { quoted } from './strings.ts';
import * as tokens from './tokens.ts';

/** `name like 'A*'` of X++: OData has a function for each place of the wildcard (`dualwrite.md` S6). */
export function likeProblem({ before, token, next }: Neighbours): Problem | undefined {
  const isText = next.tokenType === tokens.StringLiteral || next.tokenType === tokens.DoubleQuoted;
  if (token.image.toLowerCase() !== 'like' || before.tokenType !== tokens.Name || !isText) {
    return undefined;
  }
  const literal = readString(next, false).value;
  const call = literal.kind === 'string' ? callFor(before.image, literal.value) : undefined;
  const span = { start: before.startOffset, end: spanOfToken(next).end };
  return {
    code: 'foreign-operator',
    span: spanOfToken(token),
    variant: 'like',
    args: { written: token.image },
    ...(call === undefined
      ? {}
      : {
          fixes: [
            {
              title: 'replace-operator',
              args: { text: call },
              edits: [{ span, text: call }],
              // Double quotes have a fix of their own, which would overlap.
              preferred: next.tokenType === tokens.StringLiteral,
            },
          ],
        }),
  };
}

function callFor(column: string, pattern: string): string | undefined {
  const [, before, text, after] = /^(\*?)([^*?]+)(\*?)$/u.exec(pattern) ?? [];
  if (text === undefined) return undefined;
  if (before === '' && after === '') return `${column} eq ${quoted(text)}`;
  const name = before === '' ? 'startswith' : after === '' ? 'endswith' : 'contains';
  return `${name}(${column},${quoted(text)})`;
}
