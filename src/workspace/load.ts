import { type MetadataFile, readMetadataFile } from '../metadata/readFile.ts';
import { decodeText, type Files } from './files.ts';
import { isMetadataFile } from './kinds.ts';

/** Reads the metadata files among `uris`; one that can't be read or is no text is left out. */
export async function loadMetadata(
  files: Files,
  uris: readonly string[],
): Promise<readonly { readonly file: MetadataFile; readonly text: string }[]> {
  const loaded = [];
  for (const uri of uris.filter(isMetadataFile)) {
    const text = await textOf(files, uri);
    if (text !== undefined) loaded.push({ file: readMetadataFile(uri, text), text });
  }
  return loaded;
}

export async function textOf(files: Files, uri: string): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}
