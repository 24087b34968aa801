import type { CancellationToken } from 'vscode-languageserver';
import type { DocumentLeg } from '../src/service/trackedDataSources.ts';
import type { Lines } from '../src/text/lines.ts';
import { yieldNow } from './cancel.ts';
import { closedMap, isOpen, MOST_FILES } from './maps.ts';
import type { OpenDocument, Session } from './session.ts';

/** The legs of a document, and its lines to show them at. */
export interface DocumentLegs {
  readonly uri: string;
  readonly legs: readonly DocumentLeg[];
  readonly lines: Lines;
}

interface Known extends DocumentLegs {
  readonly changes: number;
}

/** What was read of closed maps, per session: files that hold no map are remembered as well, without their text. */
const known = new WeakMap<Session, Map<string, Known>>();

/**
 * The legs of all maps of the workspace, open ones as they are edited. A closed file is read again when the editor
 * tells of its change. Throws where nobody waits for the rest.
 */
export async function allLegs(
  session: Session,
  token: CancellationToken,
): Promise<readonly DocumentLegs[]> {
  const files = known.get(session) ?? new Map<string, Known>();
  known.set(session, files);
  const found: DocumentLegs[] = [];
  const uris = new Set((await session.index.mapFiles()).slice(0, MOST_FILES));
  for (const uri of uris) {
    await yieldNow(token);
    const legs = isOpen(session, uri)
      ? await legsOf(session, uri)
      : await closedLegs(session, uri, files);
    if (legs !== undefined && legs.legs.length > 0) found.push(legs);
  }
  for (const uri of files.keys()) if (!uris.has(uri)) files.delete(uri);
  return found;
}

/** The legs of an open document; undefined where it is no map. */
export async function legsOf(session: Session, uri: string): Promise<DocumentLegs | undefined> {
  const document = await session.open(uri);
  return document === undefined ? undefined : legsIn(document);
}

async function closedLegs(
  session: Session,
  uri: string,
  files: Map<string, Known>,
): Promise<DocumentLegs | undefined> {
  const changes = session.index.changesOf(uri);
  const before = files.get(uri);
  // Legs are read off the text alone: other metadata change nothing of them.
  if (before?.changes === changes) return before;
  const text = await session.index.read(uri);
  const document = text === undefined ? undefined : await closedMap(session, uri, text);
  const legs = document === undefined ? noLegs(uri) : legsIn(document);
  files.set(uri, { ...legs, changes });
  return legs;
}

const noLegs = (uri: string): DocumentLegs => ({ uri, legs: [], lines: NO_LINES });

const START = { line: 0, character: 0 };

const NO_LINES: Lines = {
  placeOf: () => START,
  rangeOf: () => ({ start: START, end: START }),
  offsetOf: () => 0,
};

const legsIn = ({ analysed, lines }: OpenDocument): DocumentLegs => {
  const { uri } = analysed.document;
  return {
    uri,
    lines,
    legs: analysed.map.maps.flatMap(({ name, legs }) =>
      legs.map((leg) => ({ map: name === '' ? uri : name, leg, uri })),
    ),
  };
};
