import { startDecoding } from './decoding.ts';
import type { EmbeddedText } from './embedded.ts';
import type { Span } from './span.ts';

/** A backslash in a JSON string that starts no escape JSON knows, such as the one of `23\06\2021`. */
export interface InvalidEscape {
  readonly span: Span;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Decodes the JSON string whose content (without quotes) is `content` in `source`.
 * An escape that JSON does not know is kept as written, backslash included: that is what its author meant
 * (`dualwrite.md` 2.5, "a single backslash there is an illegal JSON escape").
 */
export function decodeJsonString(
  source: string,
  content: Span,
): { readonly value: EmbeddedText; readonly problems: readonly InvalidEscape[] } {
  const text = source.slice(content.start, content.end);
  // Most are plain. A search in the source would go on to the next backslash, wherever that is.
  if (!text.includes('\\')) {
    const value = { value: text, starts: undefined, base: content.start, encode: encodeJsonString };
    return { value, problems: [] };
  }
  const decoding = startDecoding();
  const problems: InvalidEscape[] = [];
  let offset = content.start;
  while (offset < content.end) {
    const backslash = source.indexOf('\\', offset);
    const plainEnd = backslash < 0 || backslash > content.end ? content.end : backslash;
    decoding.copy(source, offset, plainEnd);
    offset = plainEnd;
    if (offset >= content.end) break;
    const escape = readEscape(source, offset, content.end);
    if (escape === undefined) {
      problems.push({ span: { start: offset, end: Math.min(offset + 2, content.end) } });
      decoding.copy(source, offset, offset + 1);
      offset += 1;
    } else {
      decoding.append(escape.unit, offset);
      offset += escape.length;
    }
  }
  return { value: decoding.finish(content.end, encodeJsonString), problems };
}

/** The content of a JSON string (no quotes around it) that decodes to `decoded`. */
export const encodeJsonString = (decoded: string): string => JSON.stringify(decoded).slice(1, -1);

function readEscape(
  source: string,
  backslash: number,
  end: number,
): { readonly unit: string; readonly length: number } | undefined {
  const letter = source[backslash + 1];
  if (letter === undefined || backslash + 1 >= end) return undefined;
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { unit: simple, length: 2 };
  const digits = source.slice(backslash + 2, Math.min(backslash + 6, end));
  if (letter !== 'u' || !/^[0-9a-f]{4}$/iu.test(digits)) return undefined;
  return { unit: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
}
