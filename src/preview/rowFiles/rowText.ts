import { decodeText } from '../../workspace/files.ts';

/** Text of a row file: UTF-8, or UTF-16 even where it does not say so. Undefined for what is no text. */
export const rowTextOf = (bytes: Uint8Array): string | undefined =>
  decodeText(bytes) ?? unmarkedUtf16(bytes);

/** Bytes that tell what the others are. */
const SAMPLE = 4096;

/**
 * UTF-16 that does not say so: digits, commas and most letters have a NUL beside them, always on the same side, and are
 * three of four. Undefined for what is no such text.
 */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  const emptyOf = (side: 0 | 1): number =>
    sample.reduce((sum, byte, index) => sum + (byte === 0 && index % 2 === side ? 1 : 0), 0);
  const [first, second] = [emptyOf(0), emptyOf(1)];
  if (first > 0 === second > 0 || first + second < (3 / 8) * sample.length) return undefined;
  try {
    const encoding = second > 0 ? 'utf-16le' : 'utf-16be';
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
