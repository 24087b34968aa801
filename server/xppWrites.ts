import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { mayBeMap } from '../src/map/read.ts';
import { checkXppWrites, wantedWrites } from '../src/service/checks/xppWrites.ts';
import { metadataDiagnostics } from '../src/service/diagnostics.ts';
import { entitiesOf, knownEntities } from '../src/service/trackedDataSources.ts';
import { type Lines, linesOf } from '../src/text/lines.ts';
import { followedTables } from '../src/tracking/trackedTables.ts';
import type { XppWrite } from '../src/tracking/xpp/writes.ts';
import { isMetadataFile, isXppFile } from '../src/workspace/kinds.ts';
import { Cancelled, yieldNow } from './cancel.ts';
import { lspDiagnostic } from './convert.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { fingerprintOf } from './fingerprint.ts';
import { allLegs } from './mapLegs.ts';
import { isOpen } from './maps.ts';
import type { Session } from './session.ts';
import { whenQuiet } from './whenQuiet.ts';

/** Past so many files of X++ the rest is not looked at: a whole PackagesLocalDirectory holds no own code any more. */
const MOST_SOURCES = 20_000;

/**
 * Tells of X++ that writes tracked tables past business events. It hangs on all maps and all metadata and is no part of
 * a map, so it is told to the editor when it changes and never asked for. Where there is no X++, no map is read.
 */
export const xppWrites: Feature = {
  capabilities: {},
  register: (host) => {
    const told = writesTold(host);
    started.set(host.session, told);
    return { dispose: told.stop };
  },
  workspaceReported: ({ session }) => started.get(session)?.begin(),
  surroundingsChanged: ({ session }) => started.get(session)?.refresh(),
  filesChanged: ({ session }) => started.get(session)?.refresh(),
  documentChanged: ({ session }, uri) => started.get(session)?.changed(uri),
};

interface WritesTold {
  /** Somebody works with maps: before that, no file is looked into. */
  readonly begin: () => void;
  readonly refresh: () => void;
  readonly changed: (uri: string) => void;
  readonly stop: () => void;
}

const started = new WeakMap<Session, WritesTold>();

/** What stands in a file, without its text; most files hold nothing. */
interface Scanned {
  /** The version of an open document, else the number of changes on disk. */
  readonly state: string;
  readonly writes: readonly XppWrite[];
  readonly lines: Lines | undefined;
}

function writesTold(host: FeatureHost): WritesTold {
  const { session, connection } = host;
  const { index } = session;
  const scanned = new Map<string, Scanned>();
  const told = new Map<string, string>();
  const open = new Set<string>();
  let running: CancellationTokenSource | undefined;
  /** Whether files of X++ may hold something else than what was read of them. */
  let isStale = true;
  let hasBegun = false;

  const sources = async (): Promise<ReadonlySet<string>> => {
    const closed = (await index.reportsClosedFiles()) ? await index.xppFiles() : [];
    const uris = [...open, ...closed.slice(0, MOST_SOURCES)];
    // Who asks for diagnostics of metadata gets them as one report, which this would replace elsewhere.
    const isApart = host.editor().textDocument?.diagnostic !== undefined;
    return new Set(isApart ? uris : uris.filter((uri) => !isMetadataFile(uri)));
  };

  const scan = async (uri: string): Promise<Scanned> => {
    const version = session.versionOf(uri);
    const state = version === null ? `disk ${index.changesOf(uri)}` : `open ${version}`;
    const before = scanned.get(uri);
    if (before?.state === state) return before;
    // What is metadata as well, the index has read.
    const text = session.textOf(uri) ?? (version === null ? await index.read(uri) : undefined);
    const writes = text === undefined ? [] : wantedWrites(text);
    const lines = text === undefined || writes.length === 0 ? undefined : linesOf(text);
    const now = { state, writes, lines };
    scanned.set(uri, now);
    return now;
  };

  const tell = (uri: string, diagnostics: Parameters<typeof lspDiagnostic>[0][]): void => {
    const lines = scanned.get(uri)?.lines;
    const items =
      lines === undefined
        ? []
        : diagnostics.map((diagnostic) => lspDiagnostic(diagnostic, lines, session.textOf));
    const fingerprint = items.length === 0 ? undefined : fingerprintOf(JSON.stringify(items));
    if (told.get(uri) === fingerprint) return;
    if (fingerprint === undefined) told.delete(uri);
    else told.set(uri, fingerprint);
    void connection.sendDiagnostics({ uri, diagnostics: items });
  };

  const scanAll = async (token: CancellationToken): Promise<void> => {
    // What changes from now on is looked at once more.
    isStale = false;
    try {
      const uris = await sources();
      for (const uri of uris) {
        await yieldNow(token);
        await scan(uri);
      }
      for (const uri of scanned.keys()) if (!uris.has(uri)) scanned.delete(uri);
    } catch (error) {
      isStale = true;
      throw error;
    }
  };

  const run = async (token: CancellationToken): Promise<void> => {
    // Until all metadata are read, most tables are unknown; their end is told as a change.
    if ((await index.current()).isIndexing === true) return;
    if (isStale) await scanAll(token);
    const writing = writingIn(scanned);
    for (const uri of told.keys()) if (!writing.includes(uri)) tell(uri, []);
    if (writing.length === 0) return;
    const legs = (await allLegs(session, token)).flatMap((document) => document.legs);
    const { metadata, entityNames, diagnostics } = await index.current();
    const entities = knownEntities(entitiesOf(legs, metadata, entityNames));
    const followed = followedTables(entities, metadata);
    for (const uri of writing) {
      await yieldNow(token);
      const problems = checkXppWrites(scanned.get(uri)?.writes ?? [], followed);
      tell(uri, [...metadataDiagnostics(problems, diagnostics, session.translate())]);
    }
  };

  const compare = whenQuiet(() => {
    running?.cancel();
    const source = new CancellationTokenSource();
    running = source;
    run(source.token).catch((error: unknown) => {
      if (!(error instanceof Cancelled)) connection.console.error(`X++: ${String(error)}`);
    });
  });

  const refresh = (): void => {
    isStale = true;
    if (hasBegun) compare();
  };

  const begin = (): void => {
    if (hasBegun) return;
    hasBegun = true;
    compare();
  };

  const isMap = (uri: string): boolean =>
    isOpen(session, uri) && mayBeMap(session.textOf(uri) ?? '');

  return {
    begin,
    refresh,
    changed(uri) {
      if (isXppFile(uri)) {
        if (isOpen(session, uri)) open.add(uri);
        else open.delete(uri);
        hasBegun = true;
        refresh();
      } else if (!hasBegun && isMap(uri)) begin();
      else if (writingIn(scanned).length > 0) compare();
    },
    stop: () => running?.cancel(),
  };
}

const writingIn = (scanned: ReadonlyMap<string, Scanned>): readonly string[] =>
  [...scanned].flatMap(([uri, { writes }]) => (writes.length > 0 ? [uri] : []));
