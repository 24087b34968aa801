/** Reading files, however the place does it: a disk, an editor's virtual file system, a test's table. */
export interface Files {
  /**
   * URIs of all files below a folder, or of the folder itself where it is a file; empty where it can't be read.
   * `found` is called for each of them meanwhile, where the place can tell.
   */
  readonly list: (folder: string, found?: () => void) => Promise<readonly string[]>;
  /** Bytes of a file before it is read, where the place can tell; undefined or thrown where it can't. */
  readonly size?: (uri: string) => Promise<number | undefined>;
  /** The first bytes of a file, where the place can read a part. Throws as `read` does. */
  readonly head?: (uri: string, bytes: number) => Promise<Uint8Array>;
  /** Throws where the file can't be read. */
  readonly read: (uri: string) => Promise<Uint8Array>;
}

/**
 * Text of a file in UTF-8 or, with a byte order mark, UTF-16. Undefined for what is no text at all.
 * The byte order mark of UTF-8 stays, so that offsets count as an editor counts them.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return text.includes('\0') ? undefined : text;
}

/** A text in the encoding of the file that it replaces; UTF-8 for a new one. */
export function encodeText(text: string, before: Uint8Array | undefined): Uint8Array {
  const [first, second] = before ?? [];
  const isLittle = first === 0xff && second === 0xfe;
  if (!isLittle && !(first === 0xfe && second === 0xff)) return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let unit = 0; unit < text.length; unit++) {
    view.setUint16(unit * 2, text.charCodeAt(unit), isLittle);
  }
  return bytes;
}
