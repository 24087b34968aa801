import { type EmbeddedText, toDocument } from '../../text/embedded.ts';
import type { Span } from '../../text/span.ts';

/**
 * The document ranges in which a stretch of a filter is written, none of which holds a line break or anything
 * but that text: an editor's token must not reach over lines, nor over a comment between two pieces of XML.
 */
export function piecesOf(text: EmbeddedText, span: Span, document: string): readonly Span[] {
  const pieces: Span[] = [];
  let open: { start: number; end: number } | undefined;
  for (let offset = span.start; offset < span.end; offset++) {
    const unit = unitSpan(text, offset, document);
    if (isLineBreak(document, unit.start)) {
      open = undefined;
      continue;
    }
    if (open?.end === unit.start) open.end = unit.end;
    else pieces.push((open = { ...unit }));
  }
  return pieces.filter(({ start, end }) => end > start);
}

function unitSpan(text: EmbeddedText, offset: number, document: string): Span {
  const { start, end } = toDocument(text, { start: offset, end: offset + 1 });
  return end - start < 2
    ? { start, end }
    : { start, end: start + writtenLength(document, start, end) };
}

/** What lies between two units is the first one's escape, and then perhaps markup; no escape holds `<` or `]]>`. */
function writtenLength(document: string, start: number, end: number): number {
  const between = document.slice(start, end);
  const gap = between.slice(1).search(/<|\]\]>/u);
  return gap < 0 ? between.length : gap + 1;
}

function isLineBreak(document: string, offset: number): boolean {
  const unit = document[offset];
  return unit === '\n' || unit === '\r';
}
