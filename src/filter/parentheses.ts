import { createTokenInstance, type IToken, type TokenType } from 'chevrotain';
import type { Analysed, Fix, Problem } from '../problem/problem.ts';
import { DEEPEST_NESTING, nestsTooDeep } from './nesting.ts';
import { spanOfToken } from './tokenSpan.ts';

interface Nesting {
  readonly open: TokenType;
  readonly close: TokenType;
  /** Operators that nest without parentheses, such as `!`. */
  readonly prefixes: readonly TokenType[];
  /** A text that is never closed: what is added behind it becomes part of it. */
  readonly unterminated?: TokenType;
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
  { open, close, prefixes, unterminated }: Nesting,
): Analysed<IToken[] | undefined> {
  const problems: Problem[] = [];
  const result: IToken[] = [];
  const pending: { readonly token: IToken; readonly levelOutside: number }[] = [];
  let level = 0;
  // Prefixes since the last other token: they end together with what they stand before.
  let prefixCount = 0;
  for (const token of tokens) {
    const isPrefix = prefixes.includes(token.tokenType);
    const isOpen = token.tokenType === open;
    if (isPrefix || isOpen) level += 1;
    if (level > DEEPEST_NESTING) {
      return { value: undefined, problems: [nestsTooDeep(spanOfToken(token))] };
    }
    if (isPrefix) {
      prefixCount += 1;
    } else {
      if (isOpen) {
        pending.push({ token, levelOutside: level - 1 - prefixCount });
      } else if (token.tokenType === close) {
        const opened = pending.pop();
        if (opened === undefined) {
          problems.push(unopened(token));
          continue;
        }
        level = opened.levelOutside;
      } else {
        level -= prefixCount;
      }
      prefixCount = 0;
    }
    result.push(token);
  }
  const last = result.at(-1);
  const end = last === undefined ? 0 : spanOfToken(last).end;
  for (const { token: unclosed } of pending.toReversed()) {
    problems.push({
      code: 'unclosed-parenthesis',
      span: spanOfToken(unclosed),
      ...(unterminated !== undefined && last?.tokenType === unterminated
        ? {}
        : { fixes: [addAt(end)] }),
    });
    // Placed behind the last real token, so that every node ends where its text ends.
    result.push(createTokenInstance(close, '', end, end - 1, 0, 0, 0, 0));
  }
  return { value: result, problems };
}

const addAt = (end: number): Fix => ({
  title: 'add-parenthesis',
  edits: [{ span: { start: end, end }, text: ')' }],
  preferred: true,
});

function unopened(token: IToken): Problem {
  const span = spanOfToken(token);
  return {
    code: 'unopened-parenthesis',
    span,
    fixes: [{ title: 'remove-parenthesis', edits: [{ span, text: '' }], preferred: true }],
  };
}
