import type { IToken } from 'chevrotain';
import type { Problem } from '../problem/problem.ts';
import { spanOfToken } from './tokenSpan.ts';

/**
 * An operator of another language, and what is meant by it here.
 *
 * @param text what is written in its place, where that takes more than the operator.
 */
export function foreignOperator(token: IToken, meant: string, text = meant): Problem {
  const span = spanOfToken(token);
  return {
    code: 'foreign-operator',
    span,
    args: { written: token.image, meant },
    fixes: [
      {
        title: 'replace-operator',
        args: { text: meant },
        edits: [{ span, text }],
        preferred: true,
      },
    ],
  };
}
