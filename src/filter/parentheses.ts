import type { IToken, TokenType } from 'chevrotain';
import { createTokenInstance } from 'chevrotain';
import type { Analysed, Problem } from '../problem/problem.ts';
import { spanOfToken } from './tokenSpan.ts';

/**
 * How deep parentheses may nest. Parsers of this kind recurse per level; past a few hundred levels the
 * stack of an editor's process is at risk, and no person wrote the filter (`performance.md` 6).
 */
export const DEEPEST_NESTING = 500;

interface Nesting {
  readonly open: TokenType;
  readonly close: TokenType;
  /** Operators that nest without parentheses, such as `!`. */
  readonly prefixes: readonly TokenType[];
}

/**
 * Gives the parser balanced parentheses: a closing one without partner is left out, a missing one is put at
 * the end. Recovering inside the parser instead costs quadratic time on unclosed parentheses and
 * overflows the stack at about 300 (`performance.md` 6).
 *
 * The value is undefined where they nest deeper than DEEPEST_NESTING.
 */
export function balanced(
  tokens: readonly IToken[],
  { open, close, prefixes }: Nesting,
): Analysed<readonly IToken[] | undefined> {
  const problems: Problem[] = [];
  const result: IToken[] = [];
  const pending: IToken[] = [];
  let prefixCount = 0;
  for (const token of tokens) {
    prefixCount = prefixes.includes(token.tokenType) ? prefixCount + 1 : 0;
    if (pending.length + prefixCount >= DEEPEST_NESTING) {
      const span = spanOfToken(token);
      return {
        value: undefined,
        problems: [{ code: 'too-deep', span, args: { limit: DEEPEST_NESTING } }],
      };
    }
    if (token.tokenType === open) {
      pending.push(token);
    } else if (token.tokenType === close && pending.pop() === undefined) {
      const span = spanOfToken(token);
      problems.push({
        code: 'unopened-parenthesis',
        span,
        fixes: [{ title: 'remove-parenthesis', edits: [{ span, text: '' }], preferred: true }],
      });
      continue;
    }
    result.push(token);
  }
  const last = result.at(-1);
  const end = last === undefined ? 0 : spanOfToken(last).end;
  for (const unclosed of pending.toReversed()) {
    problems.push({
      code: 'unclosed-parenthesis',
      span: spanOfToken(unclosed),
      fixes: [
        {
          title: 'add-parenthesis',
          edits: [{ span: { start: end, end }, text: ')' }],
          preferred: true,
        },
      ],
    });
    // Placed behind the last real token, so that every node ends where its text ends.
    result.push(createTokenInstance(close, '', end, end - 1, 0, 0, 0, 0));
  }
  return { value: result, problems };
}
