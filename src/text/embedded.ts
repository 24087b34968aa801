import type { Edit } from './edit.ts';
import type { Span } from './span.ts';

/**
 * Text that stands inside other text behind one or more layers of escapes: a filter in a JSON string
 * in an XML element. Each UTF-16 unit of `value` knows where its source begins, so a place in the
 * decoded text always maps to whole escape sequences of the document, never into the middle of one.
 * Held by test/unit/text/.
 */
export interface EmbeddedText {
  /** The decoded text. */
  readonly value: string;
  /**
   * Where each unit of `value` begins, counted from `base`, with one more entry for the end: never decreasing,
   * its length is `value.length + 1`. Undefined where the text stands in the document as it is, as nearly all do.
   */
  readonly starts: Uint32Array | undefined;
  /** Document offset that `starts` counts from: an edit before the text moves this alone. */
  readonly base: number;
  /** Escapes new decoded text the way this place of the document needs it. */
  readonly encode: (decoded: string) => string;
}

/** A document that is its own text: no layer at all. */
export const plainText = (text: string): EmbeddedText => ({
  value: text,
  starts: undefined,
  base: 0,
  encode: asItIs,
});

const asItIs = (decoded: string): string => decoded;

/** Puts `inner`, whose offsets count in `outer.value`, into the document that `outer` stands in. */
export function nested(outer: EmbeddedText, inner: EmbeddedText): EmbeddedText {
  const { value, base } = inner;
  // One function for all strings of a document, where it is no text in a text itself.
  const encode =
    outer.encode === asItIs
      ? inner.encode
      : (decoded: string): string => outer.encode(inner.encode(decoded));
  // The places of the document itself are those of a text that stands in it as it is.
  if (outer.starts === undefined) {
    return { value, starts: inner.starts, base: outer.base + base, encode };
  }
  const start = startAt(outer, base);
  // As many units as characters of source: no escape is shorter than what it stands for.
  if (inner.starts === undefined && startAt(outer, base + value.length) - start === value.length) {
    return { value, starts: undefined, base: start, encode };
  }
  const starts = Uint32Array.from(
    inner.starts ?? { length: value.length + 1 },
    (offset: number | undefined, unit) => startAt(outer, base + (offset ?? unit)),
  );
  return { value, starts, base: 0, encode };
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
 * The text after an edit of the document between its delimiters, or undefined where escapes or tags are concerned: then what
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
    !mayContinueMarkup(text, from);
  const value = text.value.slice(0, from) + edit.text + text.value.slice(to);
  // Three signs that came together end a CDATA section.
  if (!isPlain || value.slice(Math.max(0, from - 2), from + edit.text.length + 2).includes(']]>')) {
    return undefined;
  }
  return {
    ...text,
    value,
    starts: text.starts === undefined ? undefined : editedStarts(text.starts, from, to, edit.text),
  };
}

/** Every unit of what is put in takes one of the document. */
function editedStarts(
  starts: Uint32Array,
  from: number,
  to: number,
  { length }: string,
): Uint32Array {
  const by = length - (to - from);
  const edited = new Uint32Array(starts.length + by);
  edited.set(starts.subarray(0, from));
  for (let unit = 0; unit < length; unit++) edited[from + unit] = (starts[from] ?? 0) + unit;
  for (let unit = to; unit < starts.length; unit++) edited[unit + by] = (starts[unit] ?? 0) + by;
  return edited;
}

/** Whether what is typed at `offset` could become part of an escape or a tag that was none so far: `\\0`, `&am`, `<a`. */
function mayContinueMarkup(text: EmbeddedText, offset: number): boolean {
  const before = text.value[offset - 1];
  if (before === '\\') return true;
  if (text.encode('&') === '&') return false;
  const isBare = (at: number): boolean => startAt(text, at + 1) === startAt(text, at) + 1;
  const ampersand = text.value.lastIndexOf('&', offset - 1);
  return (ampersand >= 0 && isBare(ampersand)) || (before === '<' && isBare(offset - 1));
}

/** Characters that are themselves in JSON strings and in XML alike. */
const SELF_ENCODED = /^[^"\\<>&\p{Cc}\uD800-\uDFFF]*$/u;

function startAt({ value, starts, base }: EmbeddedText, decodedOffset: number): number {
  const unit = Math.min(Math.max(decodedOffset, 0), value.length);
  return base + (starts === undefined ? unit : (starts[unit] ?? 0));
}
