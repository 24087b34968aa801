import { createScanner } from 'jsonc-parser';
import type { Span } from './span.ts';

export interface Comment {
  /** With its delimiters. */
  readonly span: Span;
  /** Between them. */
  readonly content: Span;
}

/** The comments of a JSON text; what looks like one inside a string is none. */
export function jsonComments(text: string): readonly Comment[] {
  const scanner = createScanner(text, false);
  const comments: Comment[] = [];
  for (let kind: number = scanner.scan(); kind !== END_OF_FILE; kind = scanner.scan()) {
    if (kind !== LINE_COMMENT && kind !== BLOCK_COMMENT) continue;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const isClosed = kind === BLOCK_COMMENT && text.endsWith('*/', end) && end - start >= 4;
    comments.push({
      span: { start, end },
      content: { start: start + 2, end: isClosed ? end - 2 : end },
    });
  }
  return comments;
}

// SyntaxKind of jsonc-parser is an ambient constant enum, which `verbatimModuleSyntax` lets nobody import.
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const END_OF_FILE = 17;

/** The comments of an XML text; what looks like one in a CDATA section is none. */
export function xmlComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  for (const match of text.matchAll(/<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--([^]*?)-->/gu)) {
    const [whole, content] = match;
    if (content === undefined) continue;
    const span = { start: match.index, end: match.index + whole.length };
    comments.push({
      span,
      content: { start: span.start + '<!--'.length, end: span.end - '-->'.length },
    });
  }
  return comments;
}
