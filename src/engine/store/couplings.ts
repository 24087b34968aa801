import type { Coupling, SynchResult } from '../model/coupling.ts';
import type { SideName } from '../model/side.ts';
import type { Cell, SqlStore } from './database.ts';
import type { RowTable } from './rowTables.ts';

/** The tables of a mapping's two sides. */
export interface CoupledTables {
  readonly table: RowTable;
  readonly integrationTable: RowTable;
}

const columns =
  'b.id, d.id, c.bc_synched, c.dv_synched, c.from_result, c.from_job, c.to_result, c.to_job, c.skipped, b.alive, d.alive';

/** The couplings of a mapping, or the one of a record; in the order of the records. */
export function couplingsOf(
  store: SqlStore,
  tables: CoupledTables,
  record?: { readonly side: SideName; readonly id: string },
): readonly Coupling[] {
  const { table, integrationTable } = tables;
  const alias = record?.side === 'Dataverse' ? 'd' : 'b';
  const parameters: readonly Cell[] = record === undefined ? [] : [record.id];
  return store
    .rows(
      `SELECT ${columns} FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid
       WHERE c.tbl = ${table.no}${record === undefined ? '' : ` AND ${alias}.id = ?`} ORDER BY c.bc_rid`,
      parameters,
    )
    .map((cells) => couplingFrom(cells, tables));
}

function couplingFrom(
  [
    bcId,
    dvId,
    bcSynched,
    dvSynched,
    fromResult,
    fromJob,
    toResult,
    toJob,
    skipped,
    bc,
    dv,
  ]: readonly Cell[],
  { table, integrationTable }: CoupledTables,
): Coupling {
  return {
    table: table.definition.name,
    integrationTable: integrationTable.definition.name,
    integrationId: String(bcId),
    crmId: String(dvId),
    lastSynchModifiedOn: numberOf(bcSynched),
    lastSynchCrmModifiedOn: numberOf(dvSynched),
    lastSynchResult: resultOf(fromResult),
    lastSynchJob: numberOf(fromJob),
    lastSynchCrmResult: resultOf(toResult),
    lastSynchCrmJob: numberOf(toJob),
    skipped: skipped === 1,
    recordExists: bc === 1,
    coupledRecordExists: dv === 1,
  };
}

const numberOf = (cell: Cell | undefined): number | undefined =>
  typeof cell === 'number' ? cell : undefined;

const resultOf = (cell: Cell | undefined): SynchResult => {
  if (cell === 1) return 'Success';
  return cell === 2 ? 'Failure' : undefined;
};

/** The id of the partner of a row; undefined if it has none. */
export function partnerOf(
  store: SqlStore,
  { table, integrationTable }: CoupledTables,
  side: SideName,
  id: string,
): string | undefined {
  const [own, other] = side === 'BusinessCentral' ? ['b', 'd'] : ['d', 'b'];
  const found = store.value(
    `SELECT ${other}.id FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid WHERE ${own}.id = ? AND c.tbl = ${table.no}`,
    [id],
  );
  return typeof found === 'string' ? found : undefined;
}

/** Adds a coupling that was never synchronised. */
export function addCoupling(store: SqlStore, table: RowTable, bcRid: number, dvRid: number): void {
  store.run('INSERT INTO coupling(bc_rid, dv_rid, tbl) VALUES(?, ?, ?)', [bcRid, dvRid, table.no]);
}

/** Removes the couplings of some Business Central rows; answers how many there were. */
export const removeCoupling = (store: SqlStore, bcRid: number): number =>
  store.run('DELETE FROM coupling WHERE bc_rid = ?', [bcRid]);
