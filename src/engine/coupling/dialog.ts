import type { Engine } from '../engine.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { columnOf } from '../store/rowTables.ts';
import { partnerOf } from '../store/couplings.ts';
import { knownMapping, tablesOf } from './couple.ts';

export type CouplingSyncAction =
  'Do Not Synchronize' | 'To Integration Table' | 'From Integration Table';

/** Set Up Coupling while it is open (Coupling Record Buffer, `bc-sync.md` 1.6). */
export interface CouplingDialog {
  readonly mapping: string;
  readonly integrationId: string;
  /** The name of the row of Dataverse; blank and locked while Create New is ticked. */
  readonly name: string;
  readonly createNew: boolean;
  readonly action: CouplingSyncAction;
  /** The action that unticking Create New goes back to. */
  readonly earlierAction: CouplingSyncAction;
}

/** A record without a partner is sent by default; one that has one is left alone (`bc-oracle.md` J10). */
export function openCouplingDialog(
  engine: Engine,
  mappingName: string,
  integrationId: string,
): CouplingDialog {
  const mapping = knownMapping(engine, mappingName);
  const tables = tablesOf(engine, mapping);
  const partner = partnerOf(engine.store, tables, 'BusinessCentral', integrationId);
  const action: CouplingSyncAction =
    partner === undefined ? 'To Integration Table' : 'Do Not Synchronize';
  return {
    mapping: mappingName,
    integrationId,
    name: partner === undefined ? '' : nameOf(engine, mappingName, partner),
    createNew: false,
    action,
    earlierAction: action,
  };
}

/** Create New forces the direction to Dataverse. */
export const withCreateNew = (dialog: CouplingDialog, createNew: boolean): CouplingDialog =>
  createNew
    ? {
        ...dialog,
        createNew,
        name: '',
        action: 'To Integration Table',
        earlierAction: dialog.action,
      }
    : { ...dialog, createNew, action: dialog.earlierAction };

/**
 * A typed name: the row that is called so, else the first whose name begins so, in the order of names
 * (`bc-oracle.md` J12). Throws an EngineRefusal where there is none.
 */
export function withName(engine: Engine, dialog: CouplingDialog, typed: string): CouplingDialog {
  const { integrationTable } = tablesOf(engine, knownMapping(engine, dialog.mapping));
  const column = nameColumn(engine, dialog.mapping);
  const found = engine.store.value(
    `SELECT ${column} FROM ${integrationTable.rows} WHERE alive AND substr(${column}, 1, length(?1)) = ?1 COLLATE NOCASE ORDER BY ${column} <> ?1 COLLATE NOCASE, length(${column}), ${column} LIMIT 1`,
    [typed],
  );
  if (typeof found !== 'string') {
    throw new EngineRefusal(
      message('nameNotFound', { name: typed, table: integrationTable.definition.name }),
    );
  }
  return { ...dialog, name: found };
}

function nameOf(engine: Engine, mapping: string, id: string): string {
  const { integrationTable } = tablesOf(engine, knownMapping(engine, mapping));
  const column = nameColumn(engine, mapping);
  return String(
    engine.store.value(`SELECT ${column} FROM ${integrationTable.rows} WHERE id = ?`, [id]) ?? '',
  );
}

/** What rows of Dataverse are called by: a column `name`, or else the first one. */
function nameColumn(engine: Engine, mapping: string): string {
  const { integrationTable } = tablesOf(engine, knownMapping(engine, mapping));
  return columnOf(integrationTable, 'name') ?? integrationTable.columns[0]?.column ?? 'id';
}
