/** Half-open range of UTF-16 offsets. Every place in the product is one of these until the edge turns it into lines. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanning = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

export const contains = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

export const textOf = (text: string, span: Span): string => text.slice(span.start, span.end);
