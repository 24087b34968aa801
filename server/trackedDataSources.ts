import type { CancellationToken } from 'vscode-languageserver';
import {
  trackedChangedNotification,
  type TrackedNode,
  type TrackedParams,
  trackedRequest,
  type TrackedResult,
} from '../src/service/protocol/maps.ts';
import { entitiesOf, trackedItem, type TrackedItem } from '../src/service/trackedDataSources.ts';
import { linesOf } from '../src/text/lines.ts';
import type { Feature } from './feature.ts';
import { allLegs, type DocumentLegs, legsOf } from './mapLegs.ts';
import type { Session } from './session.ts';

const NOTHING: TrackedResult = { uri: null, nodes: [], hasMetadata: false };

/** Tells which data sources of the mapped entities live synchronization follows. */
export const trackedDataSources: Feature = {
  capabilities: {},
  register: ({ connection, session, handle }) =>
    connection.onRequest<TrackedResult, never>(
      trackedRequest,
      handle<TrackedParams, TrackedResult>('tracked data sources', NOTHING, (params, token) =>
        trackedIn(session, params, token),
      ),
    ),
  surroundingsChanged: ({ connection }) =>
    void connection.sendNotification(trackedChangedNotification),
  filesChanged: ({ connection }) => void connection.sendNotification(trackedChangedNotification),
};

async function trackedIn(
  session: Session,
  { uris, entity }: TrackedParams,
  token: CancellationToken,
): Promise<TrackedResult> {
  const own = await firstMap(session, uris);
  const documents = own === undefined ? await allLegs(session, token) : [own];
  const { metadata, entityNames } = await session.index.current();
  const legs = documents.flatMap((document) => document.legs);
  const entities = entitiesOf(legs, metadata, entityNames)
    .filter(({ id }) => entity === undefined || id === entity)
    .map((named) => trackedItem(named, metadata, session.translate()));
  const nodeOf = nodesFor(session, documents);
  return {
    uri: own?.uri ?? null,
    // A map has one entity and shows it whole; many entities are opened one by one.
    nodes: entities.map((item) => nodeOf(item, entities.length > 1)),
    hasMetadata: metadata.hasEntities,
  };
}

async function firstMap(
  session: Session,
  uris: readonly string[],
): Promise<DocumentLegs | undefined> {
  for (const uri of uris) {
    const document = await legsOf(session, uri);
    if (document !== undefined && document.legs.length > 0) return document;
  }
  return undefined;
}

/** Makes items into what is sent; the lines of each document are counted once. */
function nodesFor(
  session: Session,
  documents: readonly DocumentLegs[],
): (item: TrackedItem, isLazy?: boolean) => TrackedNode {
  const lines = new Map(documents.map((document) => [document.uri, document.lines]));
  const targetOf = ({ target }: TrackedItem): TrackedNode['target'] => {
    if (target === undefined) return undefined;
    const text = lines.has(target.uri) ? '' : session.textOf(target.uri);
    const known = lines.get(target.uri) ?? (text === undefined ? undefined : linesOf(text));
    if (known === undefined) return undefined;
    lines.set(target.uri, known);
    return { uri: target.uri, range: known.rangeOf(target.span) };
  };
  const nodeOf = (item: TrackedItem, isLazy = false): TrackedNode => {
    const { id, label, description, tooltip, sign, children } = item;
    const target = targetOf(item);
    return {
      id,
      label,
      description,
      tooltip,
      sign,
      ...(isLazy ? {} : { children: children.map((child) => nodeOf(child)) }),
      ...(target === undefined ? {} : { target }),
    };
  };
  return nodeOf;
}
