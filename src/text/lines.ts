import type { Span } from './span.ts';

/** Zero-based line and UTF-16 column, as the Language Server Protocol counts them. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface LineRange {
  readonly start: Place;
  readonly end: Place;
}

/** Where each line of a text begins. LF, CRLF and a lone CR end a line, as in the protocol. */
export interface Lines {
  readonly placeOf: (offset: number) => Place;
  readonly rangeOf: (span: Span) => LineRange;
  /** A place behind the end of its line or of the text is that end. */
  readonly offsetOf: (place: Place) => number;
}

/** Whether two ranges touch; their ends belong to them. */
export function meet(a: LineRange, b: LineRange): boolean {
  const before = (x: Place, y: Place): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === 13 && text.charCodeAt(offset + 1) === 10) continue;
    if (unit === 10 || unit === 13) starts.push(offset + 1);
  }
  const placeOf = (offset: number): Place => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (starts[low] ?? 0) };
  };
  return {
    placeOf,
    rangeOf: (span) => ({ start: placeOf(span.start), end: placeOf(span.end) }),
    offsetOf({ line, character }) {
      const start = starts[line];
      if (start === undefined) return line < 0 ? 0 : text.length;
      const next = starts[line + 1];
      const end = next === undefined ? text.length : endOfLine(text, next);
      return Math.min(start + Math.max(character, 0), end);
    },
  };
}

/** Where the line before the one at `next` ends, its line break left out. */
function endOfLine(text: string, next: number): number {
  const isPair = text.charCodeAt(next - 1) === 10 && text.charCodeAt(next - 2) === 13;
  return next - (isPair ? 2 : 1);
}
