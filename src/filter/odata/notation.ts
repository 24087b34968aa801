import type { IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';

/** A value in a notation that OData 4 does not know, and how it is written there. */
export function foreignLiteral(token: IToken, meant: string): Problem {
  const span = spanOfToken(token);
  return {
    code: 'foreign-literal',
    span,
    args: { written: token.image, meant },
    fixes: [
      {
        title: 'write-literal',
        args: { text: meant },
        edits: [{ span, text: meant }],
        preferred: true,
      },
    ],
  };
}
