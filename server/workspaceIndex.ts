import { metadataOf } from '../src/metadata/metadata.ts';
import { holdsSchema, type MetadataFile, readMetadataFile } from '../src/metadata/readFile.ts';
import { defaultContext } from '../src/preview/statement.ts';
import type { Problem } from '../src/problem/problem.ts';
import type { Workspace } from '../src/service/workspace.ts';
import { decodeText, type Files } from '../src/workspace/files.ts';
import { inParallel } from '../src/workspace/inParallel.ts';
import {
  filterFileSide,
  isMetadataFile,
  isRowFile,
  mayHoldMap,
  mayTellMetadata,
} from '../src/workspace/kinds.ts';
import { textOf } from '../src/workspace/load.ts';
import type { Settings } from './settings.ts';

interface IndexedFile {
  readonly text: string;
  readonly metadata: MetadataFile;
}

export type FileChange = 'created' | 'changed' | 'deleted';

/**
 * What the files of the workspace tell, kept until one of them changes. Nothing is read before somebody asks.
 * An open document counts as the editor shows it, not as it stands on disk.
 */
export interface WorkspaceIndex {
  readonly current: () => Promise<Workspace>;
  readonly rowFiles: () => Promise<readonly string[]>;
  /** Files that may hold maps or are one filter. */
  readonly mapFiles: () => Promise<readonly string[]>;
  /** Whether diagnostics of files that are not open are wanted. */
  readonly reportsClosedFiles: () => Promise<boolean>;
  /** Text of any file as it stands on disk. */
  readonly read: (uri: string) => Promise<string | undefined>;
  /** Text of a file the index knows; undefined for others. */
  readonly textOf: (uri: string) => string | undefined;
  /** What is wrong with a metadata file the index knows. */
  readonly problemsOf: (uri: string) => readonly Problem[];
  /** Grows with each change of a file that the editor tells of. */
  readonly changesOf: (uri: string) => number;
  /** A file was changed, created or deleted on disk. Answers whether that matters to what other files say. */
  readonly fileChanged: (uri: string, change: FileChange) => boolean;
  /** An editor shows `text` in a document; undefined where it closed it. Answers whether that matters here. */
  readonly documentChanged: (uri: string, text: string | undefined) => boolean;
  /** Folders or settings changed: everything is looked up again. */
  readonly reset: () => void;
}

export function workspaceIndex(
  files: Files,
  folders: () => readonly string[],
  readSettings: () => Promise<Settings>,
  log: (message: string) => void,
): WorkspaceIndex {
  const overlay = new Map<string, IndexedFile>();
  const onDisk = new Map<string, Promise<IndexedFile | undefined>>();
  const changes = new Map<string, number>();
  const failed = new Set<string>();
  let known: ReadonlyMap<string, IndexedFile> = new Map();
  let [builds, knownFrom] = [0, 0];
  const settings = kept(readSettings);

  /** A file that nothing can be made of harms no other; it is told of once, until it changes. */
  const failure = (uri: string, error: unknown): void => {
    if (!failed.has(uri)) log(`${uri}: ${error instanceof Error ? error.message : String(error)}`);
    failed.add(uri);
  };

  const listFolder = async (folder: string): Promise<readonly string[]> => {
    try {
      return await files.list(folder);
    } catch (error) {
      failure(folder, error);
      return [];
    }
  };

  const listing = kept(async (): Promise<ReadonlySet<string>> => {
    const { metadataFolders } = await settings.value();
    const lists = await Promise.all([...folders(), ...metadataFolders].map(listFolder));
    return new Set(lists.flat());
  });
  const listed = async (isWanted: (uri: string) => boolean): Promise<readonly string[]> =>
    [...(await listing.value())].filter(isWanted);

  /** Undefined for a file that tells nothing: most JSON and XML only may. */
  const indexed = (uri: string, text: string | undefined): IndexedFile | undefined => {
    try {
      return text === undefined || !(isMetadataFile(uri) || holdsSchema(text))
        ? undefined
        : { text, metadata: readMetadataFile(uri, text) };
    } catch (error) {
      failure(uri, error);
      return undefined;
    }
  };
  const read = async (uri: string): Promise<IndexedFile | undefined> => {
    try {
      return indexed(uri, decodeText(await files.read(uri)));
    } catch (error) {
      failure(uri, error);
      return undefined;
    }
  };
  const load = (uri: string): Promise<IndexedFile | undefined> => {
    const before = onDisk.get(uri);
    if (before !== undefined) return before;
    const loading = read(uri);
    onDisk.set(uri, loading);
    return loading;
  };

  const workspace = kept(async (): Promise<Workspace> => {
    builds += 1;
    const build = builds;
    const loaded = await inParallel(await listed(mayTellMetadata), async (uri) => ({
      uri,
      file: await load(uri),
    }));
    const { entityNames, company, partition, diagnostics } = await settings.value();
    const next = new Map<string, IndexedFile>();
    for (const { uri, file } of loaded) if (file !== undefined) next.set(uri, file);
    for (const [uri, file] of overlay) next.set(uri, file);
    // One that was begun before a change may end after the one that followed.
    if (build > knownFrom) [known, knownFrom] = [next, build];
    return {
      metadata: metadataOf([...next.values()].map(({ metadata }) => metadata)),
      entityNames,
      statement: {
        company: company === '' ? defaultContext.company : company,
        partition: partition === '' ? defaultContext.partition : partition,
      },
      textOf: (uri) => next.get(uri)?.text,
      diagnostics,
    };
  });

  return {
    current: workspace.value,
    rowFiles: () => listed(isRowFile),
    mapFiles: () => listed((uri) => mayHoldMap(uri) || filterFileSide(uri) !== undefined),
    reportsClosedFiles: async () => (await settings.value()).reportsClosedFiles,
    read: (uri) => textOf(files, uri),
    textOf: (uri) => known.get(uri)?.text,
    problemsOf: (uri) => known.get(uri)?.metadata.problems ?? [],
    changesOf: (uri) => changes.get(uri) ?? 0,
    fileChanged(uri, change) {
      changes.set(uri, (changes.get(uri) ?? 0) + 1);
      failed.delete(uri);
      // Tens of thousands of files are listed again only for one that came or went.
      if (change !== 'changed') listing.forget();
      if (!mayTellMetadata(uri)) return isRowFile(uri);
      onDisk.delete(uri);
      // What a new file tells, nobody knows before it is read; one that told nothing goes on so.
      const matters = isMetadataFile(uri) || known.has(uri) || change === 'created';
      if (matters) workspace.forget();
      return matters;
    },
    documentChanged(uri, text) {
      if (!mayTellMetadata(uri)) return false;
      const file = indexed(uri, text);
      if (file === undefined && !overlay.has(uri) && !known.has(uri)) return false;
      // It may have been saved while it was open, and nobody has told of that yet.
      onDisk.delete(uri);
      if (file === undefined) overlay.delete(uri);
      else overlay.set(uri, file);
      workspace.forget();
      return true;
    },
    reset() {
      settings.forget();
      listing.forget();
      workspace.forget();
    },
  };
}

interface Kept<T> {
  readonly value: () => Promise<T>;
  readonly forget: () => void;
}

/** Makes a value once for all who ask, until it is to be forgotten. A failure is told and not kept. */
function kept<T>(make: () => Promise<T>): Kept<T> {
  let current: Promise<T> | undefined;
  return {
    value() {
      if (current !== undefined) return current;
      const made = make();
      made.catch(() => {
        if (current === made) current = undefined;
      });
      current = made;
      return made;
    },
    forget() {
      current = undefined;
    },
  };
}
