import type { Leg } from '../src/map/model.ts';
import { publicEntityOf, resolveEntity, sampledEntityOf } from '../src/metadata/resolve.ts';
import {
  type EntityState,
  metadataChangedNotification,
  type MetadataStateParams,
  metadataStateRequest,
  type MetadataStateResult,
} from '../src/service/protocol/maps.ts';
import type { Workspace } from '../src/service/workspace.ts';
import type { Feature } from './feature.ts';
import { legsOf } from './mapLegs.ts';
import type { Session } from './session.ts';

/** Tells how much is known of the entities of an open map. */
export const metadataState: Feature = {
  capabilities: {},
  register: ({ connection, session, handle }) =>
    connection.onRequest<MetadataStateResult | null, never>(
      metadataStateRequest,
      handle<MetadataStateParams, MetadataStateResult | null>(
        'state of metadata',
        null,
        ({ uri }) => stateOf(session, uri),
      ),
    ),
  surroundingsChanged: ({ connection }) =>
    void connection.sendNotification(metadataChangedNotification),
};

async function stateOf(session: Session, uri: string): Promise<MetadataStateResult | null> {
  const document = await legsOf(session, uri);
  if (document === undefined || document.legs.length === 0) return null;
  const workspace = await session.index.current();
  const entities = new Map<string, EntityState>();
  for (const { leg } of document.legs) {
    const label = leg.sourceSchema.trim();
    const key = label.toLowerCase();
    if (label !== '' && !entities.has(key)) entities.set(key, entityState(leg, label, workspace));
  }
  return { isIndexing: workspace.isIndexing === true, entities: [...entities.values()] };
}

function entityState(leg: Leg, label: string, { metadata, entityNames }: Workspace): EntityState {
  const resolution = resolveEntity(leg, metadata, entityNames);
  if (resolution.kind === 'found') return { label, name: resolution.entity.name, source: 'aot' };
  const source =
    publicEntityOf(leg, metadata, entityNames) !== undefined
      ? 'shown'
      : resolution.kind === 'ambiguous'
        ? 'ambiguous'
        : sampledEntityOf(leg, metadata, entityNames) === undefined
          ? 'unknown'
          : 'sampled';
  return { label, name: label, source };
}
