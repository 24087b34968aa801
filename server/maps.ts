import type { CancellationToken } from 'vscode-languageserver';
import { analyse } from '../src/service/analysis.ts';
import { linesOf } from '../src/text/lines.ts';
import { filterFileSide } from '../src/workspace/kinds.ts';
import type { OpenDocument, Session } from './session.ts';

/** Past so many files nobody waits for an answer about all of them. */
const MOST_FILES = 5000;
const MOST_KEPT = 200;

/** What was read of closed maps, per session; a map counts again when its text or what surrounds it changed. */
const read = new WeakMap<Session, Map<string, OpenDocument>>();

/**
 * Every map and filter file of the workspace, one after the other: open documents as they are edited, the others
 * as they stand on disk. Ends early where nobody waits for the rest.
 *
 * @param first a document that counts though it may lie outside the folders of the workspace.
 */
export async function* allMaps(
  session: Session,
  token: CancellationToken,
  first?: string,
): AsyncGenerator<OpenDocument> {
  const uris = [...(first === undefined ? [] : [first]), ...(await session.index.mapFiles())];
  for (const uri of [...new Set(uris)].slice(0, MOST_FILES)) {
    if (token.isCancellationRequested) return;
    const document = (await session.open(uri)) ?? (await closed(session, uri));
    if (document !== undefined && document.analysed.map.kind !== 'none') yield document;
  }
}

async function closed(session: Session, uri: string): Promise<OpenDocument | undefined> {
  const text = await session.index.read(uri);
  const side = filterFileSide(uri);
  if (text === undefined || (side === undefined && !mayBeMap(text))) return undefined;
  const workspace = await session.index.current();
  const kept = read.get(session) ?? new Map<string, OpenDocument>();
  read.set(session, kept);
  const before = kept.get(uri);
  if (before?.analysed.document.text === text && before.workspace === workspace) return before;
  const analysed = analyse({ uri, text, ...(side === undefined ? {} : { side }) }, workspace);
  const document = { analysed, workspace, lines: linesOf(text) };
  kept.delete(uri);
  kept.set(uri, document);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return document;
}

/** Every form of a map has one of these words, however it is encoded: most JSON and XML is none. */
const mayBeMap = (text: string): boolean => text.includes('legs') || text.includes('msdyn_mapping');
