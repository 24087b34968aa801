import { metadataOf } from '../src/metadata/metadata.ts';
import { type MetadataFile, readMetadataFile } from '../src/metadata/readFile.ts';
import { defaultContext } from '../src/preview/statement.ts';
import type { Workspace } from '../src/service/workspace.ts';
import type { Files } from '../src/workspace/files.ts';
import { filterFileSide, isMetadataFile, isRowFile, mayHoldMap } from '../src/workspace/kinds.ts';
import { textOf } from '../src/workspace/load.ts';
import type { Settings } from './settings.ts';

interface IndexedFile {
  readonly text: string;
  readonly metadata: MetadataFile;
}

/**
 * What the files of the workspace tell, kept until one of them changes. Nothing is read before somebody asks.
 * An open document counts as the editor shows it, not as it stands on disk.
 */
export interface WorkspaceIndex {
  readonly current: () => Promise<Workspace>;
  readonly rowFiles: () => Promise<readonly string[]>;
  /** Files that may hold maps or are one filter. */
  readonly mapFiles: () => Promise<readonly string[]>;
  /** Text of any file as it stands on disk. */
  readonly read: (uri: string) => Promise<string | undefined>;
  /** Text of a file the index knows; undefined for others. */
  readonly textOf: (uri: string) => string | undefined;
  /** A file was changed, created or deleted on disk. Answers whether that matters here. */
  readonly fileChanged: (uri: string) => boolean;
  /** An editor shows `text` in a document; undefined where it closed it. Answers whether that matters here. */
  readonly documentChanged: (uri: string, text: string | undefined) => boolean;
  /** Folders or settings changed: everything is looked up again. */
  readonly reset: () => void;
}

export function workspaceIndex(
  files: Files,
  folders: () => readonly string[],
  settings: () => Promise<Settings>,
): WorkspaceIndex {
  const overlay = new Map<string, IndexedFile>();
  const onDisk = new Map<string, Promise<IndexedFile | undefined>>();
  let known = new Map<string, IndexedFile>();
  let listing: Promise<readonly string[]> | undefined;
  let workspace: Promise<Workspace> | undefined;

  const list = (): Promise<readonly string[]> =>
    (listing ??= (async () => {
      const { metadataFolders } = await settings();
      const lists = await Promise.all([...folders(), ...metadataFolders].map(files.list));
      return [...new Set(lists.flat())];
    })());

  const load = (uri: string): Promise<IndexedFile | undefined> => {
    const before = onDisk.get(uri);
    if (before !== undefined) return before;
    const loading = textOf(files, uri).then((text) =>
      text === undefined ? undefined : { text, metadata: readMetadataFile(uri, text) },
    );
    onDisk.set(uri, loading);
    return loading;
  };

  const build = async (): Promise<Workspace> => {
    const next = new Map<string, IndexedFile>();
    for (const uri of (await list()).filter(isMetadataFile)) {
      const file = await load(uri);
      if (file !== undefined) next.set(uri, file);
    }
    for (const [uri, file] of overlay) next.set(uri, file);
    known = next;
    const { entityNames, company, partition, diagnostics } = await settings();
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
  };

  return {
    current: () => (workspace ??= build()),
    rowFiles: async () => (await list()).filter(isRowFile),
    mapFiles: async () =>
      (await list()).filter((uri) => mayHoldMap(uri) || filterFileSide(uri) !== undefined),
    read: (uri) => textOf(files, uri),
    textOf: (uri) => known.get(uri)?.text,
    fileChanged(uri) {
      listing = undefined;
      if (!isMetadataFile(uri)) return isRowFile(uri);
      onDisk.delete(uri);
      workspace = undefined;
      return true;
    },
    documentChanged(uri, text) {
      if (!isMetadataFile(uri)) return false;
      if (text === undefined) overlay.delete(uri);
      else overlay.set(uri, { text, metadata: readMetadataFile(uri, text) });
      workspace = undefined;
      return true;
    },
    reset() {
      listing = undefined;
      workspace = undefined;
    },
  };
}
