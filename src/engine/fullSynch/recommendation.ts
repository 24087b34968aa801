import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { FullSynchLine, SynchRecommendation } from '../model/fullSynch.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal } from '../model/message.ts';
import { sqlOfView } from '../run/view.ts';
import type { SqlStore } from '../store/database.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';

/** What the review recommends: rows on both sides ask to be coupled first (`bc-sync.md` 2.14, `bc-oracle.md` M19). */
export function recommendation(
  engine: Engine,
  mapping: IntegrationTableMapping,
): SynchRecommendation {
  if (mapping.name === 'SALESPEOPLE') return 'Full Synchronization';
  const { store } = engine;
  const { table, integrationTable } = tablesOf(engine, mapping);
  const has = ({ rows }: RowTable, more = 0): boolean =>
    store.value(`SELECT 1 FROM ${rows} WHERE alive LIMIT 1 OFFSET ${more}`) === 1;
  // Dataverse comes with its base currency, and with a unit schedule of its own.
  if (mapping.name === 'CURRENCY' && hasBaseCurrencyAlone(store, integrationTable)) {
    return 'Full Synchronization';
  }
  const here = has(table);
  const there = has(integrationTable, isCalled(integrationTable, 'uomschedule') ? 1 : 0);
  if (!here && !there) return 'No Records Found';
  if (!here || !there || isDecided(store, mapping.name)) return 'Full Synchronization';
  return 'Couple Records';
}

const isCalled = ({ definition }: RowTable, name: string): boolean =>
  definition.name.toLowerCase() === name;

function hasBaseCurrencyAlone(store: SqlStore, table: RowTable): boolean {
  const rate = columnOf(table, 'exchangerate');
  if (rate === undefined) return false;
  return (
    store.value(`SELECT count(*) = 1 AND max(${rate}) = 1 FROM ${table.rows} WHERE alive`) === 1
  );
}

/** Recommend Full Synchronization is for what nobody has started, and what is to be coupled first. */
export const canRecommend = ({ status, recommendation: now }: FullSynchLine): boolean =>
  status === '' && now === 'Couple Records';

/** Both sides have records without a partner: those that belong together would be created a second time. */
export function mayDouble(engine: Engine, name: string): boolean {
  const mapping = knownMapping(engine, name);
  const { table, integrationTable } = tablesOf(engine, mapping);
  const hasFree = (rows: RowTable, column: string, view: string | undefined): boolean => {
    const passes = sqlOfView(view, rows, (field) => columnOf(rows, field));
    return (
      engine.store.value(
        `SELECT 1 FROM ${rows.rows} WHERE rid NOT IN (SELECT ${column} FROM coupling) AND alive AND ${passes} LIMIT 1`,
      ) === 1
    );
  };
  try {
    return (
      hasFree(table, 'bc_rid', mapping.tableFilter) &&
      hasFree(integrationTable, 'dv_rid', mapping.integrationTableFilter)
    );
  } catch (error) {
    // Every run says that a filter can't be read.
    if (error instanceof EngineRefusal) return false;
    throw error;
  }
}

const PREFIX = 'full synchronization of ';

/** Recommend Full Synchronization: somebody knows that its records need no coupling first (`bc-sync.md` 3.2). */
export function recommendFull({ store }: Engine, mapping: string): void {
  store.transaction(() =>
    store.run('INSERT OR REPLACE INTO meta VALUES(?, 1)', [PREFIX + mapping]),
  );
}

const isDecided = (store: SqlStore, mapping: string): boolean =>
  store.value('SELECT value FROM meta WHERE key = ?', [PREFIX + mapping]) === 1;

/** What somebody decided counts until the review begins again. */
export const withdrawRecommendations = (store: SqlStore): number =>
  store.run('DELETE FROM meta WHERE substr(key, 1, length(?1)) = ?1', [PREFIX]);
