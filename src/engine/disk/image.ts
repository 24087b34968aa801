import { createHash } from 'node:crypto';

/** What a file of the store begins with: what it is, and of which layout. */
const MAGIC = 'Dual-write Workbench store 1\n';
const HEADER_BYTES = MAGIC.length + 64 + 1;

/** The file of an image, in parts: its checksum stands before it, so that half a file is known as such. */
export const imageFile = (image: Uint8Array): readonly Uint8Array[] => [
  new TextEncoder().encode(`${MAGIC}${checksumOf(image)}\n`),
  image,
];

/** Undefined where the file is not whole. */
export function imageIn(file: Uint8Array): Uint8Array | undefined {
  const header = new TextDecoder().decode(file.subarray(0, HEADER_BYTES));
  const image = file.subarray(HEADER_BYTES);
  return header === `${MAGIC}${checksumOf(image)}\n` ? image : undefined;
}

const checksumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
