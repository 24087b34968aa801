import type { EmbeddedText } from './embedded.ts';

/**
 * Collects decoded units together with the place each one came from.
 * Grows a plain array; a 10 MB string costs one array of numbers and no object per character.
 */
export interface Decoding {
  readonly append: (decoded: string, start: number) => void;
  readonly copy: (source: string, start: number, end: number) => void;
  readonly finish: (end: number, encode: (decoded: string) => string) => EmbeddedText;
}

export function startDecoding(): Decoding {
  const parts: string[] = [];
  const starts: number[] = [];
  return {
    append(decoded, start) {
      parts.push(decoded);
      for (let unit = 0; unit < decoded.length; unit++) starts.push(start);
    },
    copy(source, start, end) {
      parts.push(source.slice(start, end));
      for (let offset = start; offset < end; offset++) starts.push(offset);
    },
    finish(end, encode) {
      starts.push(end);
      return { value: parts.join(''), starts: Uint32Array.from(starts), base: 0, encode };
    },
  };
}
