import type { CancellationToken } from 'vscode-languageserver';
import type { NamedLeg } from '../../src/live/legs.ts';
import { liveTexts } from '../../src/live/texts.ts';
import { mayBeMap, readMapDocument } from '../../src/map/read.ts';
import { legsIn, type Rehearsed, rehearseText } from '../../src/service/rehearsal/rehearsal.ts';
import type { Voices } from '../../src/service/rehearsal/report.ts';
import type { Files } from '../../src/workspace/files.ts';
import { isRehearsal } from '../../src/workspace/kinds.ts';
import { yieldNow } from '../cancel.ts';
import type { FeatureHost } from '../feature.ts';
import { MOST_FILES } from '../maps.ts';
import type { Session } from '../session.ts';

/** A rehearsal with the maps and metadata of the workspace, and with what is edited and not saved yet. */
export async function rehearsed(
  { session, files }: Pick<FeatureHost, 'session' | 'files'>,
  uri: string,
  text: string,
  token: CancellationToken | undefined,
): Promise<Rehearsed> {
  const { metadata, entityNames } = await session.index.current();
  const edited: Files = {
    list: (folder) => files.list(folder),
    async read(each) {
      const own = session.versionOf(each) === null ? undefined : session.textOf(each);
      return own === undefined ? files.read(each) : new TextEncoder().encode(own);
    },
  };
  return rehearseText(uri, text, {
    files: edited,
    maps: () => legsOfWorkspace(session, token),
    metadata: async () => metadata,
    entityNames,
  });
}

/** What is edited, else what is saved. */
export const textAt = async (session: Session, uri: string): Promise<string | undefined> =>
  session.versionOf(uri) === null ? session.index.read(uri) : session.textOf(uri);

/** What tells of rehearsals, in the language of the editor. */
export const voicesOf = (session: Session): Voices => ({
  say: liveTexts(session.locale()),
  translate: session.translate(),
});

/** Legs of maps, read once for each state of a file. */
const readLegs = new WeakMap<Session, Map<string, ReadLegs>>();

interface ReadLegs {
  readonly text: string;
  readonly legs: readonly NamedLeg[];
}

async function legsOfWorkspace(
  session: Session,
  token: CancellationToken | undefined,
): Promise<readonly NamedLeg[]> {
  const kept = readLegs.get(session) ?? new Map<string, ReadLegs>();
  readLegs.set(session, kept);
  const found: NamedLeg[] = [];
  for (const uri of (await session.index.mapFiles()).slice(0, MOST_FILES)) {
    if (token !== undefined) await yieldNow(token);
    if (isRehearsal(uri)) continue;
    const text = await textAt(session, uri);
    if (text === undefined || !mayBeMap(text)) continue;
    const before = kept.get(uri);
    const read =
      before?.text === text ? before : { text, legs: legsIn(readMapDocument(text).value, uri) };
    kept.set(uri, read);
    found.push(...read.legs);
  }
  return found;
}
