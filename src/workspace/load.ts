import { HEAD_BYTES, isDelimited } from '../metadata/delimited.ts';
import { holdsSchema } from '../metadata/holdsSchema.ts';
import { readMetadataFile } from '../metadata/readFile.ts';
import type { MetadataFile } from '../metadata/metadataFile.ts';
import { decodeText, type Files } from './files.ts';
import { inParallel } from './inParallel.ts';
import { isMetadataFile, mayTellMetadata } from './kinds.ts';

/** Reads the metadata files among `uris`; one that can't be read or is no text is left out. */
export async function loadMetadata(
  files: Files,
  uris: readonly string[],
): Promise<readonly { readonly file: MetadataFile; readonly text: string }[]> {
  const loaded = await inParallel(uris.filter(mayTellMetadata), (uri) => metadataAt(files, uri));
  return loaded.filter((each) => each !== undefined);
}

/** Undefined where a file that may describe tables or types does not, or is no text. */
async function metadataAt(
  files: Files,
  uri: string,
): Promise<{ readonly file: MetadataFile; readonly text: string } | undefined> {
  const text = await metadataText(files, uri).catch(() => undefined);
  if (text === undefined || (!isMetadataFile(uri) && !holdsSchema(uri, text))) return undefined;
  return { file: readMetadataFile(uri, text), text };
}

/** As much of a file as tells metadata: of one with rows the head. Throws where it can't be read. */
export const metadataText = async (files: Files, uri: string): Promise<string | undefined> =>
  isDelimited(uri) ? headText(files, uri) : decodeText(await files.read(uri));

/** The first lines of a file. Undefined for what is no text, and where only a large whole can be had. */
export async function headText(files: Files, uri: string): Promise<string | undefined> {
  const head = await headBytes(files, uri, HEAD_BYTES, HEAD_BYTES);
  return head === undefined ? undefined : decodeText(head);
}

/** The first bytes of a file, or all of it where they can't be had alone and it has no more than `most`. */
export async function headBytes(
  files: Files,
  uri: string,
  bytes: number,
  most: number,
): Promise<Uint8Array | undefined> {
  return files.head === undefined ? smallFile(files, uri, most) : files.head(uri, bytes);
}

/** A file as a whole; undefined for one that has more bytes than `most`, and where nobody tells how many. */
export async function smallFile(
  files: Files,
  uri: string,
  most: number,
): Promise<Uint8Array | undefined> {
  const size = await files.size?.(uri);
  return size === undefined || size > most ? undefined : files.read(uri);
}

export async function textOf(files: Files, uri: string): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}
