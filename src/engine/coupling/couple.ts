import type { Engine } from '../engine.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { SideName } from '../model/side.ts';
import { captionOf } from '../run/failures.ts';
import { readRow, tableOf } from '../sides/localSide.ts';
import { addCoupling, type CoupledTables, removeCoupling } from '../store/couplings.ts';
import { mappingNamed } from '../store/mappings.ts';
import type { RowTable } from '../store/rowTables.ts';
import { nameOfRow } from './names.ts';

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
  const earlier = partnerAt(engine, 'Dataverse', partner.rid);
  const earlierPartner = partnerAt(engine, 'BusinessCentral', record.rid);
  if (earlier?.rid === record.rid) return;
  if (earlierPartner?.alive === true) {
    const name = nameOfRow(store, integrationTable, { id: dvId }) ?? dvId;
    throw new EngineRefusal(alreadyCoupled(name, table, earlierPartner));
  }
  if (earlier?.alive === true) {
    const name = nameOfRow(store, table, { id: bcId }) ?? bcId;
    throw new EngineRefusal(alreadyCoupled(name, integrationTable, earlier));
  }
  store.transaction(() => {
    removeCoupling(store, record.rid);
    if (earlier !== undefined) removeCoupling(store, earlier.rid);
    addCoupling(store, table, record.rid, partner.rid);
  });
}

/** The row that another one is coupled to. */
export interface CoupledRow {
  readonly rid: number;
  readonly alive: boolean;
  /** What people call it. */
  readonly name: string;
}

/**
 * 'Cannot couple %1 to this %3 record, because the %3 record is already coupled to %2.'
 *
 * @param other the table whose row is coupled already, and to whom.
 */
export const alreadyCoupled = (
  record: string,
  other: RowTable,
  { name }: CoupledRow,
): EngineMessage =>
  message('alreadyCoupled', { record, coupledTo: name, otherTable: captionOf(other) });

/** Whom a row of a side is coupled to, through whichever mapping: a row has one partner in all. */
export function partnerAt(engine: Engine, side: SideName, rid: number): CoupledRow | undefined {
  const { store } = engine;
  const [own, other] = side === 'Dataverse' ? ['dv_rid', 'bc_rid'] : ['bc_rid', 'dv_rid'];
  const found = store.value(`SELECT ${other} FROM coupling WHERE ${own} = ?`, [rid]);
  if (typeof found !== 'number') return undefined;
  for (const table of engine.tables()) {
    if (table.side === side) continue;
    const alive = store.value(`SELECT alive FROM ${table.rows} WHERE rid = ?`, [found]);
    if (alive !== null) {
      const name = nameOfRow(store, table, { rid: found }) ?? '';
      return { rid: found, alive: alive === 1, name };
    }
  }
  return { rid: found, alive: false, name: '' };
}
