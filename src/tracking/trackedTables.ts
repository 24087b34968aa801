import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import type { MappedLeg, TrackedTable } from './model.ts';
import { trackingOf } from './tracking.ts';

/** An entity with the legs of all maps on it. */
export interface MappedEntity {
  readonly entity: Entity;
  readonly legs: readonly MappedLeg[];
}

/** A table whose changes some maps follow. */
export interface FollowedTable {
  readonly name: string;
  readonly followers: readonly {
    readonly entity: Entity;
    readonly row: TrackedTable;
    readonly maps: readonly string[];
  }[];
}

/** The tables whose changes are known to start a synchronization, by their name in lower case. */
export function followedTables(
  entities: readonly MappedEntity[],
  metadata: Metadata,
): ReadonlyMap<string, FollowedTable> {
  const tables = new Map<
    string,
    { readonly name: string; readonly followers: FollowedTable['followers'][number][] }
  >();
  for (const { entity, legs } of entities) {
    const maps = [...new Set(legs.map(({ map }) => map))];
    for (const row of trackingOf(entity, legs, metadata).rows) {
      const name = row.refTableName;
      const table = tables.get(key(name)) ?? { name, followers: [] };
      tables.set(key(name), table);
      table.followers.push({ entity, row, maps });
    }
  }
  return tables;
}
