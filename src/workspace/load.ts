import { holdsSchema, type MetadataFile, readMetadataFile } from '../metadata/readFile.ts';
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
  const text = await textOf(files, uri);
  if (text === undefined || (!isMetadataFile(uri) && !holdsSchema(text))) return undefined;
  return { file: readMetadataFile(uri, text), text };
}

export async function textOf(files: Files, uri: string): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}
