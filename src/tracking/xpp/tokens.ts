import type { Span } from '../../text/span.ts';

/** A word of X++. Comments are none; the text of a string is of no interest here. */
export interface XppToken {
  readonly kind: 'name' | 'string' | 'other';
  /** In lower case: X++ has no regard to it. Empty for a string. */
  readonly key: string;
  readonly text: string;
  readonly span: Span;
}

/**
 * `@` makes a string verbatim and lets it run over lines. A string that is not closed ends with its line, so that the
 * rest of the source is still read.
 */
const TOKEN =
  /\/\/[^\n]*|\/\*.*?(?:\*\/|$)|@"[^"]*(?:"|$)|@'[^']*(?:'|$)|"(?:\\.|[^"\\\r\n])*"?|'(?:\\.|[^'\\\r\n])*'?|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|::|[^\s]/gsu;

/** The words of X++ source code, comments left out. Reads anything; linear in the text. */
export function xppTokens(source: string): readonly XppToken[] {
  const tokens: XppToken[] = [];
  for (const match of source.matchAll(TOKEN)) {
    const [text] = match;
    if (text.startsWith('//') || text.startsWith('/*')) continue;
    const span = { start: match.index, end: match.index + text.length };
    if (/^@?["']/u.test(text)) tokens.push({ kind: 'string', key: '', text, span });
    else {
      const kind = /^[\p{L}_]/u.test(text) ? 'name' : 'other';
      tokens.push({ kind, key: text.toLowerCase(), text, span });
    }
  }
  return tokens;
}

/** Whether the tokens from `index` on read as `words`; `name` stands for any name. */
export const readsAs = (
  tokens: readonly XppToken[],
  index: number,
  words: readonly string[],
): boolean =>
  words.every((word, offset) => {
    const token = tokens[index + offset];
    return word === 'name' ? token?.kind === 'name' : token?.key === word;
  });
