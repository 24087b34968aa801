import type { EmbeddedText } from './embedded.ts';

/**
 * Collects decoded units together with the place each one came from. Places are written down from the first escape
 * on: a text without any needs none, however long it is.
 */
export interface Decoding {
  readonly append: (decoded: string, start: number) => void;
  readonly copy: (source: string, start: number, end: number) => void;
  readonly finish: (end: number, encode: (decoded: string) => string) => EmbeddedText;
}

export function startDecoding(): Decoding {
  const parts: string[] = [];
  /** Where the only part so far began, while that tells every place. */
  let verbatim: number | undefined;
  let starts: number[] | undefined;
  const startsSoFar = (): number[] => {
    if (starts !== undefined) return starts;
    starts = [];
    const length = parts[0]?.length ?? 0;
    for (let unit = 0; unit < length; unit++) starts.push((verbatim ?? 0) + unit);
    return starts;
  };
  return {
    append(decoded, start) {
      const places = startsSoFar();
      parts.push(decoded);
      for (let unit = 0; unit < decoded.length; unit++) places.push(start);
    },
    copy(source, start, end) {
      if (start === end) return;
      if (parts.length === 0) {
        verbatim = start;
      } else {
        const places = startsSoFar();
        for (let offset = start; offset < end; offset++) places.push(offset);
      }
      parts.push(source.slice(start, end));
    },
    finish(end, encode) {
      const value = parts.join('');
      if (starts === undefined && (verbatim === undefined || verbatim + value.length === end)) {
        return { value, starts: undefined, base: verbatim ?? end, encode };
      }
      const places = startsSoFar();
      places.push(end);
      return { value, starts: new Uint32Array(places), base: 0, encode };
    },
  };
}
