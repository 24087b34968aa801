import { isDelimited } from '../src/metadata/delimited.ts';
import { metadataOf } from '../src/metadata/metadataOf.ts';
import { defaultContext } from '../src/preview/statementContext.ts';
import type { Problem } from '../src/problem/problem.ts';
import type { Workspace } from '../src/service/workspace.ts';
import type { Files } from '../src/workspace/files.ts';
import { inParallel } from '../src/workspace/inParallel.ts';
import type { Searchable } from '../src/text/longText.ts';
import {
  filterFileSide,
  isMetadataFile,
  isRowFile,
  isXppFile,
  mayHoldMap,
  mayTellMetadata,
} from '../src/workspace/kinds.ts';
import { textOf } from '../src/workspace/load.ts';
import { namesInMaps } from '../src/workspace/namesInMaps.ts';
import { readNamed } from '../src/workspace/readNamed.ts';
import { askedColumns } from './askedColumns.ts';
import { type IndexedFile, metadataFiles } from './metadataFiles.ts';
import type { Settings } from './settings.ts';

export type FileChange = 'created' | 'changed' | 'deleted';

/** Told of an index that takes its time. */
export interface IndexWatcher {
  /** So many files are going to be read. */
  readonly begin: (files: number) => IndexProgress;
  /** What `current` answers is another workspace from now on. */
  readonly changed: () => void;
}

export interface IndexProgress {
  readonly read: (files: number) => void;
  readonly isCancelled: () => boolean;
  readonly end: () => void;
}

/** Files that are read while an answer waits; with more of them the answer comes first. */
const MOST_AWAITED = 200;
/** A folder with so many files of any kind is not waited for either. */
const MOST_LISTED = 2000;
/** Of fewer files nobody needs to be told: they are read before anyone has read the message. */
const FEWEST_TOLD = 1000;

/**
 * What the files of the workspace tell, kept until one of them changes. Nothing is read before somebody asks.
 * An open document counts as the editor shows it, not as it stands on disk.
 */
export interface WorkspaceIndex {
  /**
   * The workspace with all its metadata. Where those are many and not read yet, it is what is known so far
   * (`isIndexing`), and the watcher is told when more is.
   */
  readonly current: () => Promise<Workspace>;
  /** Folders that are read besides those of the workspace. */
  readonly metadataFolders: () => Promise<readonly string[]>;
  readonly rowFiles: () => Promise<readonly string[]>;
  /** Files that may hold X++ code. */
  readonly xppFiles: () => Promise<readonly string[]>;
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
  readonly documentChanged: (uri: string, text: Searchable | undefined) => boolean;
  /** Folders or settings changed: everything is looked up again. */
  readonly reset: () => void;
}

export function workspaceIndex(
  files: Files,
  folders: () => readonly string[],
  readSettings: () => Promise<Settings>,
  log: (message: string) => void,
  watcher: IndexWatcher = { begin: () => silent, changed: () => undefined },
): WorkspaceIndex {
  const changes = new Map<string, number>();
  const failed = new Set<string>();
  /** Entities that open maps name: their files are read before all others. */
  const wanted = new Set<string>();
  let known: ReadonlyMap<string, IndexedFile> = new Map();
  /** The last workspace that is not of some entities alone, and what it was made with. */
  let last: { readonly workspace: Workspace; readonly settings: Settings } | undefined;
  let [builds, lastBuild] = [0, 0];
  let crowd = signal();
  let isGivenUp = false;
  /** Somebody was answered with less than everything. */
  let isAwaited = false;
  const settings = kept(readSettings);

  /** A file that nothing can be made of harms no other; it is told of once, until it changes. */
  const failure = (uri: string, error: unknown): void => {
    if (!failed.has(uri)) log(`${uri}: ${error instanceof Error ? error.message : String(error)}`);
    failed.add(uri);
  };
  const metadata = metadataFiles(files, failure);

  const listFolder = async (folder: string, found: () => void): Promise<readonly string[]> => {
    try {
      return await files.list(folder, found);
    } catch (error) {
      failure(folder, error);
      return [];
    }
  };

  const listing = kept(async (): Promise<ReadonlySet<string>> => {
    let count = 0;
    const found = (): void => {
      count += 1;
      if (count > MOST_LISTED) crowd.give();
    };
    const list = (folder: string): Promise<readonly string[]> => listFolder(folder, found);
    // The disk is read while the editor answers.
    const own = folders().map(list);
    const { metadataFolders } = await settings.value();
    return new Set((await Promise.all([...own, ...metadataFolders.map(list)])).flat());
  });
  const listed = async (isWanted: (uri: string) => boolean): Promise<readonly string[]> =>
    [...(await listing.value())].filter(isWanted);

  const rowFiles = kept(() => listed(isRowFile));
  const columns = askedColumns(files, rowFiles.value, failure, () => watcher.changed());
  const listAgain = (): void => {
    listing.forget();
    rowFiles.forget();
  };

  /** Reads what was not read before; answers whether all of it is read now. */
  const readAll = async (uris: readonly string[]): Promise<boolean> => {
    const left = uris.filter((uri) => !metadata.isRead(uri));
    if (left.length > MOST_AWAITED) crowd.give();
    const progress = left.length < FEWEST_TOLD ? silent : watcher.begin(left.length);
    let done = 0;
    try {
      await inParallel(left, async (uri) => {
        isGivenUp ||= progress.isCancelled();
        if (isGivenUp) return;
        await metadata.load(uri);
        done += 1;
        progress.read(done);
      });
    } finally {
      progress.end();
    }
    return !isGivenUp;
  };

  const whole = kept(async (): Promise<Workspace> => {
    builds += 1;
    const build = builds;
    crowd = signal();
    const made = await settings.value();
    const uris = await listed(mayTellMetadata);
    const isWhole = await readAll(uris);
    const next = await metadata.loaded(uris);
    const isSame =
      last?.settings === made &&
      (last.workspace.isIndexing !== true) === isWhole &&
      areSame(known, next);
    const workspace =
      isSame && last !== undefined
        ? last.workspace
        : columns.addedTo(workspaceWith(next, made, !isWhole));
    // One that was begun before a change may end after the one that followed.
    if (build < lastBuild) return workspace;
    [known, last, lastBuild] = [next, { workspace, settings: made }, build];
    if (build === builds) crowd = signal();
    if (isAwaited) watcher.changed();
    isAwaited = false;
    return workspace;
  });

  /** The entities that maps and settings name, as far as a file has that name, with what they name in turn. */
  const named = kept(async (): Promise<Workspace> => {
    const made = await settings.value();
    const names = [...wanted, ...Object.values(made.entityNames)];
    const load = async (uri: string) => (await metadata.load(uri))?.metadata;
    const uris = names.length === 0 ? [] : await listed(isMetadataFile);
    return workspaceWith(await metadata.loaded(await readNamed(names, uris, load)), made, true);
  });
  let some: { readonly made: Promise<Workspace>; readonly workspace: Workspace } | undefined;

  /** What is known where not everything is: an earlier whole, else some entities, else nothing. */
  const soFar = async (): Promise<Workspace> => {
    isAwaited = true;
    if (last !== undefined) return last.workspace;
    const made = named.value();
    if (some?.made === made) return some.workspace;
    void made.then(
      (workspace) => {
        if (last !== undefined || !workspace.metadata.hasEntities) return;
        some = { made, workspace };
        watcher.changed();
      },
      () => undefined,
    );
    return workspaceWith(await metadata.loaded([]), await settings.value(), true);
  };

  return {
    current() {
      const all = whole.value();
      return Promise.race([all, crowd.given.then(soFar)]);
    },
    metadataFolders: async () => (await settings.value()).metadataFolders,
    rowFiles: () => rowFiles.value(),
    xppFiles: () => listed(isXppFile),
    mapFiles: () => listed((uri) => mayHoldMap(uri) || filterFileSide(uri) !== undefined),
    reportsClosedFiles: async () => (await settings.value()).reportsClosedFiles,
    read: (uri) => textOf(files, uri),
    textOf: (uri) => known.get(uri)?.text ?? columns.textOf(uri),
    problemsOf: (uri) => known.get(uri)?.metadata.problems ?? [],
    changesOf: (uri) => changes.get(uri) ?? 0,
    fileChanged(uri, change) {
      changes.set(uri, (changes.get(uri) ?? 0) + 1);
      failed.delete(uri);
      // Tens of thousands of files are listed again only for one that came or went.
      if (change !== 'changed') listAgain();
      const isAsked = columns.fileChanged(uri, change === 'deleted');
      if (change === 'deleted' && mayBeFolder(uri)) {
        // With it went files that nobody names.
        for (const inner of known.keys()) if (inner.startsWith(`${uri}/`)) metadata.changed(inner);
        columns.reset();
        whole.forget();
        return true;
      }
      if (!mayTellMetadata(uri)) return isRowFile(uri);
      metadata.changed(uri);
      // What a new file tells, nobody knows before it is read; one that told nothing goes on so.
      const matters = isMetadataFile(uri) || known.has(uri) || change === 'created';
      if (matters) whole.forget();
      return matters || isAsked || isDelimited(uri);
    },
    documentChanged(uri, text) {
      if (last === undefined && text !== undefined && mayHoldMap(uri)) {
        // What is asked of the document needs it: it goes on while the text is read.
        void listing.value();
        const before = wanted.size;
        for (const name of namesInMaps(text.toString())) wanted.add(name);
        if (wanted.size > before) named.forget();
      }
      if (!mayTellMetadata(uri)) return false;
      const tells = metadata.edited(uri, text);
      if (!tells && !known.has(uri)) return false;
      metadata.changed(uri);
      whole.forget();
      return true;
    },
    reset() {
      isGivenUp = false;
      settings.forget();
      listAgain();
      columns.reset();
      named.forget();
      whole.forget();
    },
  };
}

/** A folder that is gone can't be asked; files that we read have an ending. */
const mayBeFolder = (uri: string): boolean => !uri.slice(uri.lastIndexOf('/')).includes('.');

const silent: IndexProgress = {
  read: () => undefined,
  isCancelled: () => false,
  end: () => undefined,
};

const workspaceWith = (
  files: ReadonlyMap<string, IndexedFile>,
  { entityNames, company, partition, diagnostics, model }: Settings,
  isIndexing: boolean,
): Workspace => ({
  metadata: metadataOf([...files.values()].map(({ metadata }) => metadata)),
  entityNames,
  statement: {
    company: company === '' ? defaultContext.company : company,
    partition: partition === '' ? defaultContext.partition : partition,
  },
  textOf: (uri) => files.get(uri)?.text,
  diagnostics,
  ...(model === '' ? {} : { model }),
  ...(isIndexing ? { isIndexing } : {}),
});

const areSame = (
  before: ReadonlyMap<string, IndexedFile>,
  now: ReadonlyMap<string, IndexedFile>,
): boolean => before.size === now.size && [...now].every(([uri, file]) => before.get(uri) === file);

interface Signal {
  readonly given: Promise<void>;
  readonly give: () => void;
}

function signal(): Signal {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
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
