import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Metadata } from '../src/metadata/metadata.ts';
import { metadataOf } from '../src/metadata/metadataOf.ts';
import type { Problem } from '../src/problem/problem.ts';
import type { Document } from '../src/service/workspace.ts';
import { decodeText, type Files } from '../src/workspace/files.ts';
import { filterFileSide, isPlainXpp, isXppFile, mayHoldMap } from '../src/workspace/kinds.ts';
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
  readonly isFolder: boolean;
  readonly files: readonly ListedFile[];
}

/** A file of metadata that is not as it should be. */
export interface BrokenFile extends ListedFile {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** What stands at some paths, and the metadata beside them or in folders of their own. */
export async function listPaths(
  paths: readonly string[],
  metadata: readonly string[],
  { files, folder }: Surroundings,
): Promise<{
  readonly listed: readonly ListedPath[];
  readonly metadata: Metadata;
  readonly broken: readonly BrokenFile[];
  /** Files that may hold X++. */
  readonly sources: readonly ListedFile[];
}> {
  const find = (path: string): Promise<Found> => filesAt(path, folder, files);
  const found = await Promise.all(paths.map(find));
  const beside = await Promise.all(metadata.map(find));
  // What is named as a path is called as it was there, even if --metadata names its folder, too.
  const byUri = new Map(
    [...beside, ...found].flatMap((each) => each.files.map((file) => [file.uri, file])),
  );
  const loaded = await loadMetadata(files, [...byUri.keys()]);
  return {
    listed: found.map(({ path, isFolder, files: all }) => ({
      path,
      isMissing: all.length === 0,
      isFolder,
      files: isFolder
        ? all.filter(({ uri }) => mayHoldMap(uri) || filterFileSide(uri) !== undefined)
        : all.filter(({ uri }) => !isPlainXpp(uri)),
    })),
    sources: [...byUri.values()].filter(({ uri }) => isXppFile(uri)),
    metadata: metadataOf(loaded.map(({ file }) => file)),
    broken: loaded.flatMap(({ file: { uri, problems }, text }) => {
      const listed = byUri.get(uri);
      return listed === undefined || problems.length === 0 ? [] : [{ ...listed, text, problems }];
    }),
  };
}

/** All files at a path; `isFolder` is false where nothing stands there. */
interface Found {
  readonly path: string;
  readonly isFolder: boolean;
  readonly files: readonly ListedFile[];
}

async function filesAt(path: string, folder: string, files: Files): Promise<Found> {
  const uri = URI.file(resolve(folder, path)).toString();
  const uris = await files.list(uri);
  const isFolder = uris.length > 0 && !uris.includes(uri);
  return {
    path,
    isFolder,
    files: uris.map((file) => {
      const below = isFolder ? decodeURIComponent(file.slice(uri.length)) : '';
      return { uri: file, name: `${path.replace(/\/$/u, '')}${below}`, below };
    }),
  };
}

/** Why a file is not read: a variant of the problem `file-unreadable`. */
type Unread = 'denied' | 'binary';

export async function readDocument(uri: string, files: Files): Promise<Document | Unread> {
  try {
    const text = decodeText(await files.read(uri));
    if (text === undefined) return 'binary';
    const side = filterFileSide(uri);
    return { uri, text, ...(side === undefined ? {} : { side }) };
  } catch {
    return 'denied';
  }
}
