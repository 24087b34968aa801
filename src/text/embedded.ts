import type { Edit } from './edit.ts';
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
   * Where each unit of `value` begins, counted from `base`, with one more entry for the end.
   * Never decreasing; its length is `value.length + 1`.
   */
  readonly starts: Uint32Array;
  /** Document offset that `starts` counts from: an edit before the text moves this alone. */
  readonly base: number;
  /** Escapes new decoded text the way this place of the document needs it. */
  readonly encode: (decoded: string) => string;
}

/** A document that is its own text: no layer at all. */
export function plainText(text: string): EmbeddedText {
  return {
    value: text,
    starts: Uint32Array.from({ length: text.length + 1 }, (_, index) => index),
    base: 0,
    encode: (decoded) => decoded,
  };
}

/** Puts `inner`, whose offsets count in `outer.value`, into the document that `outer` stands in. */
export function nested(outer: EmbeddedText, inner: EmbeddedText): EmbeddedText {
  return {
    value: inner.value,
    starts: inner.starts.map((offset) => startAt(outer, inner.base + offset)),
    base: 0,
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

/**
 * The text after an edit of the document between its delimiters, or undefined where escapes are concerned: then what
 * the edit means hangs on every layer, and the document has to be read again.
 */
export function editedText(text: EmbeddedText, edit: Edit): EmbeddedText | undefined {
  const from = toDecoded(text, edit.span.start);
  const to = toDecoded(text, edit.span.end);
  const replaced = edit.span.end - edit.span.start;
  const isPlain =
    startAt(text, from) === edit.span.start &&
    startAt(text, to) === edit.span.end &&
    to - from === replaced &&
    SELF_ENCODED.test(edit.text) &&
    SELF_ENCODED.test(text.value.slice(from, to)) &&
    !mayContinueEscape(text, from);
  if (!isPlain) return undefined;
  const by = edit.text.length - replaced;
  const starts = new Uint32Array(text.starts.length + by);
  starts.set(text.starts.subarray(0, from));
  for (let unit = 0; unit < edit.text.length; unit++) {
    starts[from + unit] = edit.span.start - text.base + unit;
  }
  for (let unit = to; unit < text.starts.length; unit++) {
    starts[unit + by] = (text.starts[unit] ?? 0) + by;
  }
  return {
    ...text,
    value: text.value.slice(0, from) + edit.text + text.value.slice(to),
    starts,
  };
}

/** Whether what is typed at `offset` could become part of an escape that was none so far: `\\0`, `&am`. */
function mayContinueEscape(text: EmbeddedText, offset: number): boolean {
  if (text.value[offset - 1] === '\\') return true;
  const isXml = text.encode('&') !== '&';
  const ampersand = text.value.lastIndexOf('&', offset - 1);
  return isXml && ampersand >= 0 && startAt(text, ampersand + 1) === startAt(text, ampersand) + 1;
}

/** Characters that are themselves in JSON strings and in XML alike. */
const SELF_ENCODED = /^[^"\\<>&\p{Cc}\uD800-\uDFFF]*$/u;

function startAt(text: EmbeddedText, decodedOffset: number): number {
  const last = text.value.length;
  return text.base + (text.starts[Math.min(Math.max(decodedOffset, 0), last)] ?? 0);
}
