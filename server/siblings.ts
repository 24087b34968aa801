import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import type { Problem } from '../src/problem/problem.ts';
import type { MapDocument } from '../src/map/model.ts';
import { type LegFilter, legFilters } from '../src/service/checks/legFilters.ts';
import { areAlone, checkSiblings, sharedName } from '../src/service/checks/siblings.ts';
import type { Document, Workspace } from '../src/service/workspace.ts';
import { Cancelled } from './cancel.ts';
import { allMaps } from './maps.ts';
import type { OpenDocument, Session } from './session.ts';

/** What the maps of the workspace say of each other. Nothing waits for them to be read: who shows something is told. */
export interface Siblings {
  /** What the maps read so far have to say of a document. */
  readonly problemsFor: (document: OpenDocument) => readonly Problem[];
  /** Grows whenever that may be something else. */
  readonly revision: () => number;
  /** The text of a map that has something to say of another. */
  readonly textOf: (uri: string) => string | undefined;
  /** Files came, changed or went. */
  readonly filesChanged: () => void;
}

/**
 * @param changed told when documents other than the one asked about may have something else to say: because files were
 * read, or because this one was edited.
 */
export function siblingsOf(session: Session, changed: (reason: 'read' | 'edit') => void): Siblings {
  const known = new Map<string, Known>();
  /** The documents that have maps of an entity or table. */
  const holders = new Map<string, Set<string>>();
  let revision = 0;
  /** Grows with whatever is learnt of any document. */
  let learnt = 0;
  let scan: { readonly workspace: Workspace; readonly stop: CancellationTokenSource } | undefined;

  const note = (
    uri: string,
    document: Document | undefined,
    legs: readonly LegFilter[],
  ): boolean => {
    const before = known.get(uri)?.legs() ?? [];
    if (before === legs) return false;
    learnt += 1;
    if (legs.length === 0) known.delete(uri);
    else {
      const isPointedAt = legs.some((leg) => leg.text !== '');
      known.set(uri, { legs: () => legs, document: isPointedAt ? document : undefined });
    }
    if (before.length === legs.length && before.every((leg, at) => isSame(leg, legs[at]))) {
      return false;
    }
    for (const leg of before) holders.get(sharedName(leg))?.delete(uri);
    for (const leg of legs) {
      const those = holders.get(sharedName(leg)) ?? new Set();
      holders.set(sharedName(leg), those.add(uri));
    }
    const matters = isShared(uri, [...before, ...legs]);
    if (matters) revision += 1;
    return matters;
  };

  /** Whether another document has maps of the same entities or tables. */
  const isShared = (uri: string, legs: readonly LegFilter[]): boolean =>
    legs.some((leg) => [...(holders.get(sharedName(leg)) ?? [])].some((other) => other !== uri));

  const readAll = async (token: CancellationToken): Promise<void> => {
    const before = learnt;
    const found = new Set<string>();
    for await (const { analysed, workspace } of allMaps(session, token)) {
      const { document } = analysed;
      found.add(document.uri);
      note(document.uri, document, legFilters(analysed, workspace));
    }
    for (const uri of known.keys()) if (!found.has(uri)) note(uri, undefined, []);
    if (learnt === before) return;
    // Tables that two maps follow are told, though the maps have nothing else in common.
    revision += 1;
    changed('read');
  };

  const startScan = (workspace: Workspace): void => {
    scan?.stop.cancel();
    const stop = new CancellationTokenSource();
    scan = { workspace, stop };
    readAll(stop.token).catch((error: unknown) => {
      if (!(error instanceof Cancelled)) session.connection.console.error(String(error));
    });
  };

  return {
    problemsFor({ analysed, workspace }) {
      const { document } = analysed;
      const { uri } = document;
      if (analysed.filterCount === 0 && !known.has(uri)) return [];
      const before = known.get(uri);
      const own = (): readonly LegFilter[] => legFilters(analysed, workspace);
      const isRead = scan?.workspace === workspace;
      const now = (): Surroundings => ({ map: analysed.asRead, workspace, learnt });
      if (isRead && before?.alone !== undefined && isEqual(before.alone, now())) {
        known.set(uri, { ...before, legs: own, document });
        return [];
      }
      if (note(uri, document, own()) && before !== undefined) changed('edit');
      // What has no legs has no siblings: nothing needs to be read for it.
      if (own().length === 0) return [];
      if (!isRead) startScan(workspace);
      const elsewhere = [...known].flatMap(([other, { legs }]) => (other === uri ? [] : legs()));
      const problems = checkSiblings(own(), elsewhere);
      const noted = known.get(uri);
      if (noted !== undefined && problems.length === 0 && !isShared(uri, own())) {
        if (areAlone(own(), elsewhere)) known.set(uri, { ...noted, alone: now() });
      }
      return problems;
    },
    revision: () => revision,
    textOf: (uri) => known.get(uri)?.document?.text,
    filesChanged() {
      scan?.stop.cancel();
      scan = undefined;
      // Whoever asks next has them read again.
      revision += 1;
    },
  };
}

interface Known {
  readonly legs: () => readonly LegFilter[];
  /** Undefined where no other document can point at one of its filters. */
  readonly document: Document | undefined;
  /** For what it is alone in the workspace, if it is: what is typed in a filter costs nothing here then. */
  readonly alone?: Surroundings;
}

interface Surroundings {
  readonly map: MapDocument;
  readonly workspace: Workspace;
  readonly learnt: number;
}

const isEqual = (before: Surroundings, now: Surroundings): boolean =>
  before.map === now.map && before.workspace === now.workspace && before.learnt === now.learnt;

/** Whether a filter is to others what it was before. */
const isSame = (before: LegFilter, now: LegFilter | undefined): boolean =>
  before.text === now?.text &&
  before.span.start === now.span.start &&
  before.side === now.side &&
  before.entity === now.entity &&
  before.table === now.table &&
  before.name === now.name &&
  before.version === now.version;
