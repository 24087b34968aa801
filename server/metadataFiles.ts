import { holdsSchema } from '../src/metadata/holdsSchema.ts';
import { readMetadataFile } from '../src/metadata/readFile.ts';
import type { MetadataFile } from '../src/metadata/metadataFile.ts';
import type { Files } from '../src/workspace/files.ts';
import type { Searchable } from '../src/text/longText.ts';
import { isMetadataFile } from '../src/workspace/kinds.ts';
import { metadataText } from '../src/workspace/load.ts';

export interface IndexedFile {
  readonly text: string;
  readonly metadata: MetadataFile;
}

/** Files of metadata, each read and parsed once, until it changes. What an editor shows goes before what is on disk. */
export interface MetadataFiles {
  readonly isRead: (uri: string) => boolean;
  /** Undefined for a file that tells nothing, or can't be read. */
  readonly load: (uri: string) => Promise<IndexedFile | undefined>;
  /** Those of some files that are read, and all that are edited. */
  readonly loaded: (uris: readonly string[]) => Promise<ReadonlyMap<string, IndexedFile>>;
  readonly changed: (uri: string) => void;
  /** An editor shows a text, or undefined for none; answers whether that tells or told something. */
  readonly edited: (uri: string, text: Searchable | undefined) => boolean;
}

/** @param failure told of files that nothing can be made of: they harm no others. */
export function metadataFiles(
  files: Files,
  failure: (uri: string, error: unknown) => void,
): MetadataFiles {
  const overlay = new Map<string, IndexedFile>();
  const onDisk = new Map<string, Promise<IndexedFile | undefined>>();
  const outdated = new Map<string, Promise<IndexedFile | undefined>>();

  /** Undefined for a file that tells nothing: most JSON and XML only may. */
  const parse = (uri: string, source: Searchable | undefined): IndexedFile | undefined => {
    try {
      if (source === undefined || !(isMetadataFile(uri) || holdsSchema(uri, source))) {
        return undefined;
      }
      const text = source.toString();
      return { text, metadata: readMetadataFile(uri, text) };
    } catch (error) {
      failure(uri, error);
      return undefined;
    }
  };
  const read = async (uri: string): Promise<IndexedFile | undefined> => {
    // Taken before anything is waited for: a change meanwhile puts this very reading there, which would wait for itself.
    const earlier = outdated.get(uri);
    outdated.delete(uri);
    try {
      const text = await metadataText(files, uri);
      // A checkout, a build or a save may write a file anew as it was.
      const before = await earlier;
      return before !== undefined && before.text === text ? before : parse(uri, text);
    } catch (error) {
      failure(uri, error);
      return undefined;
    }
  };
  const changed = (uri: string): void => {
    const before = onDisk.get(uri);
    if (before !== undefined) outdated.set(uri, before);
    onDisk.delete(uri);
  };

  return {
    isRead: (uri) => onDisk.has(uri),
    load(uri) {
      const before = onDisk.get(uri);
      if (before !== undefined) return before;
      const loading = read(uri);
      onDisk.set(uri, loading);
      return loading;
    },
    async loaded(uris) {
      const all = new Map<string, IndexedFile>();
      for (const uri of uris) {
        // One that changed since is read again for the next question; until then it counts as it was.
        const file = await (onDisk.get(uri) ?? outdated.get(uri));
        if (file !== undefined) all.set(uri, file);
      }
      for (const [uri, file] of overlay) all.set(uri, file);
      return all;
    },
    changed,
    edited(uri, text) {
      const file = parse(uri, text);
      const had = overlay.has(uri);
      if (file === undefined && !had) return false;
      // It may have been saved while it was open, and nobody has told of that yet.
      changed(uri);
      if (file === undefined) overlay.delete(uri);
      else overlay.set(uri, file);
      return true;
    },
  };
}
