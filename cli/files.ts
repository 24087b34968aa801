import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { type Metadata, metadataOf } from '../src/metadata/metadata.ts';
import type { Document } from '../src/service/workspace.ts';
import { decodeText, type Files } from '../src/workspace/files.ts';
import { filterFileSide, mayHoldMap } from '../src/workspace/kinds.ts';
import { loadMetadata } from '../src/workspace/load.ts';
import type { Surroundings } from './surroundings.ts';

/** A file that may hold filters. */
export interface ListedFile {
  readonly uri: string;
  /** As the user would name it. */
  readonly name: string;
  /** Its place below the folder that was named; empty where the file itself was. */
  readonly below: string;
}

export interface ListedPath {
  readonly path: string;
  readonly isMissing: boolean;
  readonly files: readonly ListedFile[];
}

/** What stands at some paths, and the metadata beside them or in folders of their own. */
export async function listPaths(
  paths: readonly string[],
  metadata: readonly string[],
  { files, folder }: Surroundings,
): Promise<{ readonly listed: readonly ListedPath[]; readonly metadata: Metadata }> {
  const uriOf = (path: string): string => URI.file(resolve(folder, path)).toString();
  const found = await Promise.all(
    paths.map(async (path) => ({ path, uri: uriOf(path), uris: await files.list(uriOf(path)) })),
  );
  const metadataUris = await Promise.all(metadata.map((path) => files.list(uriOf(path))));
  const loaded = await loadMetadata(files, [
    ...new Set([...metadataUris.flat(), ...found.flatMap(({ uris }) => uris)]),
  ]);
  return {
    listed: found.map(({ path, uri, uris }) => ({
      path,
      isMissing: uris.length === 0,
      files: uris.includes(uri)
        ? uris.map((file) => ({ uri: file, name: path, below: '' }))
        : uris
            .filter((file) => mayHoldMap(file) || filterFileSide(file) !== undefined)
            .map((file) => {
              const below = decodeURIComponent(file.slice(uri.length));
              return { uri: file, name: `${path.replace(/\/$/u, '')}${below}`, below };
            }),
    })),
    metadata: metadataOf(loaded.map(({ file }) => file)),
  };
}

export async function readDocument(
  uri: string,
  files: Files,
): Promise<Document | 'denied' | 'binary'> {
  try {
    const text = decodeText(await files.read(uri));
    if (text === undefined) return 'binary';
    const side = filterFileSide(uri);
    return { uri, text, ...(side === undefined ? {} : { side }) };
  } catch {
    return 'denied';
  }
}
