import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { JobDirection } from '../model/side.ts';
import type { SqlStore } from './database.ts';

/** How far a mapping got in one direction. */
export interface Watermark {
  /** Latest time of the source's clock that was examined; undefined reads everything. */
  readonly modifiedOn: number | undefined;
  /** Latest version that was examined; the improved mode goes by this one, which no clock moves back. */
  readonly seq: number;
}

/**
 * Where the watermark of a direction is kept: Synch. Int. Tbl. Mod. On Fltr. is that of the runs to Dataverse,
 * Synch. Modified On Filter that of the runs from it (`bc-sync.md` 1.2).
 */
const prefixOf = (direction: JobDirection): 'to' | 'from' =>
  direction === 'ToIntegrationTable' ? 'to' : 'from';

export function addMapping(store: SqlStore, mapping: IntegrationTableMapping): void {
  store.run(
    'INSERT INTO mapping(name, position, definition) VALUES(?, (SELECT count(*) FROM mapping), ?)',
    [mapping.name, JSON.stringify(mapping)],
  );
}

export function changeMapping(store: SqlStore, mapping: IntegrationTableMapping): void {
  store.run('UPDATE mapping SET definition = ? WHERE name = ?', [
    JSON.stringify(mapping),
    mapping.name,
  ]);
}

export function deleteMapping(store: SqlStore, name: string): void {
  store.run('DELETE FROM mapping WHERE name = ?', [name]);
  store.run('DELETE FROM pending WHERE mapping = ?', [name]);
}

export function mappingNamed(store: SqlStore, name: string): IntegrationTableMapping | undefined {
  const definition = store.value('SELECT definition FROM mapping WHERE name = ?', [name]);
  return definition === null
    ? undefined
    : (JSON.parse(String(definition)) as IntegrationTableMapping);
}

/** Those of the page Integration Table Mappings; temporary ones are not listed there (`bc-oracle.md` A15). */
export const listedMappings = (store: SqlStore): readonly IntegrationTableMapping[] =>
  allMappings(store).filter(({ parentName }) => parentName === undefined);

export const allMappings = (store: SqlStore): readonly IntegrationTableMapping[] =>
  store
    .rows('SELECT definition FROM mapping ORDER BY position, name')
    .map(([definition]) => JSON.parse(String(definition)) as IntegrationTableMapping);

export function watermarkOf(store: SqlStore, mapping: string, direction: JobDirection): Watermark {
  const prefix = prefixOf(direction);
  const [row] = store.rows(
    `SELECT ${prefix}_watermark, ${prefix}_seq FROM mapping WHERE name = ?`,
    [mapping],
  );
  const [modifiedOn = null, seq = 0] = row ?? [];
  return { modifiedOn: modifiedOn === null ? undefined : Number(modifiedOn), seq: Number(seq) };
}

export function setWatermark(
  store: SqlStore,
  mapping: string,
  direction: JobDirection,
  { modifiedOn, seq }: Watermark,
): void {
  const prefix = prefixOf(direction);
  store.run(`UPDATE mapping SET ${prefix}_watermark = ?, ${prefix}_seq = ? WHERE name = ?`, [
    modifiedOn ?? null,
    seq,
    mapping,
  ]);
}
