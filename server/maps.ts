import type { CancellationToken } from 'vscode-languageserver';
import { mayBeMap } from '../src/map/read.ts';
import { analyse } from '../src/service/analysis.ts';
import type { Workspace } from '../src/service/workspace.ts';
import { linesOf } from '../src/text/lines.ts';
import { filterFileSide, isProjectFile } from '../src/workspace/kinds.ts';
import { yieldNow } from './cancel.ts';
import type { OpenDocument, Session } from './session.ts';

/** Past so many files nobody waits for an answer about all of them. */
export const MOST_FILES = 5000;
const MOST_KEPT = 200;

/** What was read of closed maps, per session; a map counts again when its text or what surrounds it changed. */
const read = new WeakMap<Session, Map<string, OpenDocument>>();

/**
 * Every map and filter file of the workspace, one after the other: open documents as they are edited, the others
 * as they stand on disk. Throws where nobody waits for the rest.
 *
 * @param first documents that count though they may lie outside the folders of the workspace.
 */
export async function* allMaps(
  session: Session,
  token: CancellationToken,
  first: readonly string[] = [],
): AsyncGenerator<OpenDocument> {
  const uris = [...first, ...(await session.index.mapFiles())];
  for (const uri of [...new Set(uris)].slice(0, MOST_FILES)) {
    await yieldNow(token);
    const document = await mapAt(session, uri);
    const kind = document?.analysed.map.kind ?? 'none';
    if (document !== undefined && kind !== 'none' && kind !== 'project') yield document;
  }
}

/** A map or filter file as it is edited, else as it stands on disk; undefined where it is none. */
export const mapAt = (session: Session, uri: string): Promise<OpenDocument | undefined> =>
  isOpen(session, uri) ? session.open(uri) : closed(session, uri);

export const isOpen = (session: Session, uri: string): boolean => session.versionOf(uri) !== null;

async function closed(session: Session, uri: string): Promise<OpenDocument | undefined> {
  const text = await session.index.read(uri);
  return text === undefined ? undefined : closedMap(session, uri, text);
}

/** A file that is not open, analysed; undefined where it is neither a map nor a sync project. */
export async function closedMap(
  session: Session,
  uri: string,
  text: string,
): Promise<OpenDocument | undefined> {
  if (filterFileSide(uri) === undefined && !isProjectFile(uri) && !mayBeMap(text)) {
    return undefined;
  }
  const workspace = await session.index.current();
  const kept = read.get(session) ?? new Map<string, OpenDocument>();
  read.set(session, kept);
  const before = kept.get(uri);
  if (before?.analysed.document.text === text && before.workspace === workspace) return before;
  const document = analysedFile(session, uri, text, workspace);
  if (document === undefined) return undefined;
  kept.delete(uri);
  kept.set(uri, document);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return document;
}

/** A mistake of ours in one file must not hide all the others. */
function analysedFile(
  session: Session,
  uri: string,
  text: string,
  workspace: Workspace,
): OpenDocument | undefined {
  const side = filterFileSide(uri);
  try {
    const analysed = analyse({ uri, text, ...(side === undefined ? {} : { side }) }, workspace);
    return { analysed, workspace, lines: linesOf(text), text };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    session.connection.console.error(`${uri}: ${reason}`);
    return undefined;
  }
}
