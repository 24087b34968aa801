import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../problem/problem.ts';
import { type EmbeddedText, toDocument } from './embedded.ts';

/**
 * Reads what can be read of JSON with mistakes, and tells the first of them.
 *
 * @param text the value of `source`, perhaps without what stands before JSON; of the same length.
 */
export function readBrokenJson(
  source: EmbeddedText,
  text: string,
): { readonly root: Node | undefined; readonly problems: readonly Problem[] } {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: false });
    return { root, problems: errors.slice(0, 1).map((error) => syntax(source, error)) };
  } catch (error) {
    // jsonc-parser recurses per level; a document of 10,000 brackets is no map.
    if (!(error instanceof RangeError)) throw error;
    const span = toDocument(source, { start: 0, end: Math.min(1, source.value.length) });
    return { root: undefined, problems: [{ code: 'json-syntax', variant: 'deep', span }] };
  }
}

function syntax(source: EmbeddedText, error: ParseError): Problem {
  const end = Math.max(error.offset + error.length, error.offset + 1);
  const span = toDocument(source, { start: error.offset, end: Math.min(end, source.value.length) });
  const reason = printParseErrorCode(error.error);
  if (reason === 'InvalidEscapeCharacter' || reason === 'InvalidUnicode') {
    return { code: 'json-syntax', variant: 'escape', span };
  }
  return error.offset >= source.value.trimEnd().length
    ? { code: 'json-syntax', variant: 'end', span }
    : { code: 'json-syntax', span };
}
