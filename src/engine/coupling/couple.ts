import type { Engine } from '../engine.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { readRow, tableOf } from '../sides/localSide.ts';
import { addCoupling, type CoupledTables, removeCoupling } from '../store/couplings.ts';
import type { Cell } from '../store/database.ts';
import { mappingNamed } from '../store/mappings.ts';
import type { RowTable } from '../store/rowTables.ts';

/** The mapping with a name; an EngineRefusal if there is none. */
export function knownMapping(engine: Engine, name: string): IntegrationTableMapping {
  const mapping = mappingNamed(engine.store, name);
  if (mapping === undefined) throw new EngineRefusal(message('noMapping', { mapping: name }));
  return mapping;
}

export function tablesOf(
  engine: Engine,
  { table, integrationTable }: IntegrationTableMapping,
): CoupledTables {
  const tables = engine.tables();
  return {
    table: tableOf(tables, 'BusinessCentral', table),
    integrationTable: tableOf(tables, 'Dataverse', integrationTable),
  };
}

/**
 * Couples two rows: one record has one partner per table, but a partner whose own record is gone may be taken over
 * (`bc-sync.md` 2.11). Throws an EngineRefusal that names who is coupled already.
 */
export function couple(engine: Engine, mapping: string, bcId: string, dvId: string): void {
  const { store } = engine;
  const { table, integrationTable } = tablesOf(engine, knownMapping(engine, mapping));
  const record = readRow(store, table, bcId);
  const partner = readRow(store, integrationTable, dvId);
  if (record === undefined || partner === undefined) {
    throw new EngineRefusal(message('recordNotFound', { record: table.definition.name }));
  }
  const other = otherOf(engine, table, 'dv_rid', partner.rid, 'bc_rid');
  const otherPartner = otherOf(engine, integrationTable, 'bc_rid', record.rid, 'dv_rid');
  if (other?.rid === record.rid) return;
  if (otherPartner?.alive === true) {
    throw alreadyCoupled(integrationTable, record.id, table, otherPartner.id);
  }
  if (other?.alive === true) throw alreadyCoupled(table, partner.id, integrationTable, other.id);
  store.transaction(() => {
    removeCoupling(store, record.rid);
    if (other !== undefined) removeCoupling(store, other.rid);
    addCoupling(store, table, record.rid, partner.rid);
  });
}

/** 'Cannot couple %1 to this %3 record, because the %3 record is already coupled to %2.' */
const alreadyCoupled = (
  table: RowTable,
  record: string,
  otherTable: RowTable,
  coupledTo: string,
): EngineRefusal =>
  new EngineRefusal(
    message('alreadyCoupled', {
      record,
      coupledTo,
      table: table.definition.name,
      otherTable: otherTable.definition.name,
    }),
  );

function otherOf(
  { store }: Engine,
  { rows }: RowTable,
  by: 'bc_rid' | 'dv_rid',
  rid: number,
  other: 'bc_rid' | 'dv_rid',
): { readonly rid: number; readonly id: string; readonly alive: boolean } | undefined {
  const [found] = store.rows(
    `SELECT t.rid, t.id, t.alive FROM coupling c JOIN ${rows} t ON t.rid = c.${other} WHERE c.${by} = ?`,
    [rid],
  );
  if (found === undefined) return undefined;
  const [otherRid, id, alive]: readonly Cell[] = found;
  return { rid: Number(otherRid), id: String(id), alive: alive === 1 };
}
