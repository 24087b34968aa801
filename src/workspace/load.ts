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
export async function metadataText(files: Files, uri: string): Promise<string | undefined> {
  if (!isDelimited(uri)) return decodeText(await files.read(uri));
  if (files.head !== undefined) return decodeText(await files.head(uri, HEAD_BYTES));
  const size = await files.size?.(uri);
  return size === undefined || size > HEAD_BYTES ? undefined : decodeText(await files.read(uri));
}

export async function textOf(files: Files, uri: string): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}
