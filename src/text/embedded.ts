import type { Span } from './span.ts';

/**
 * Text that stands inside other text behind one or more layers of escapes: a filter in a JSON string
 * in an XML element. Each UTF-16 unit of `value` knows where its source begins, so a place in the
 * decoded text always maps to whole escape sequences of the document, never into the middle of one.
 * Held by test/unit/text/embedded.test.ts.
 */
export interface EmbeddedText {
  /** The decoded text. */
  readonly value: string;
  /**
   * Document offset at which each unit of `value` begins, with one more entry for the end.
   * Never decreasing; its length is `value.length + 1`.
   */
  readonly starts: Uint32Array;
  /** Escapes new decoded text the way this place of the document needs it. */
  readonly encode: (decoded: string) => string;
}

/** A document that is its own text: no layer at all. */
export function plainText(text: string): EmbeddedText {
  return {
    value: text,
    starts: Uint32Array.from({ length: text.length + 1 }, (_, index) => index),
    encode: (decoded) => decoded,
  };
}

/** Puts `inner`, whose offsets count in `outer.value`, into the document that `outer` stands in. */
export function nested(outer: EmbeddedText, inner: EmbeddedText): EmbeddedText {
  return {
    value: inner.value,
    starts: inner.starts.map((offset) => startAt(outer, offset)),
    encode: (decoded) => outer.encode(inner.encode(decoded)),
  };
}

/** Document range of a decoded range; an empty range stays empty. */
export const toDocument = (text: EmbeddedText, span: Span): Span => ({
  start: startAt(text, span.start),
  end: startAt(text, span.end),
});

/** Document range of everything between the delimiters. */
export const contentSpan = (text: EmbeddedText): Span =>
  toDocument(text, { start: 0, end: text.value.length });

/** Decoded offset of a document offset: inside an escape sequence it is the unit that the sequence makes. */
export function toDecoded(text: EmbeddedText, documentOffset: number): number {
  let low = 0;
  let high = text.value.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startAt(text, middle) <= documentOffset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function startAt(text: EmbeddedText, decodedOffset: number): number {
  const last = text.value.length;
  return text.starts[Math.min(Math.max(decodedOffset, 0), last)] ?? 0;
}
