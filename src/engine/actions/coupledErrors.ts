import { ERROR_PAGE_ROWS } from '../constants.ts';
import { tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { EngineMessage } from '../model/message.ts';
import type { Cell } from '../store/database.ts';
import { listedMappings } from '../store/mappings.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';

/** A coupling as the actions of a page name it. */
export interface CouplingName {
  readonly mapping: string;
  readonly integrationId: string;
  readonly crmId: string;
}

/** A row of Coupled Data Synchronization Errors (`bc-sync.md` 3.1). */
export interface CoupledError extends CouplingName {
  readonly tableNumber: number | undefined;
  readonly table: string;
  /** The values of the primary key, joined by commas. */
  readonly description: string;
  readonly recordExists: boolean;
  readonly coupledRecordExists: boolean;
  readonly coupledTo: string;
  /** Blank where the job is gone, or where "Find for Deleted" put the row here. */
  readonly error: EngineMessage | undefined;
  readonly failedOn: number | undefined;
}

export interface CoupledErrors {
  readonly rows: readonly CoupledError[];
  /** Whether "Load More Errors" has more to load. */
  readonly hasMore: boolean;
}

/**
 * Opens the page: the Skipped couplings. Those whose records are both gone are deleted first (`bc-oracle.md` D09).
 *
 * @param loaded how many rows the page shows already.
 */
export function openCoupledErrors(engine: Engine, loaded = 0): CoupledErrors {
  deleteLostCouplings(engine);
  const rows = couplingTables(engine).flatMap((tables) => skippedOf(engine, tables));
  const end = loaded + ERROR_PAGE_ROWS;
  return { rows: rows.slice(0, end), hasMore: rows.length > end };
}

/** Rows of a page that was opened before which are still right: Skipped, and coupled to the same row. */
export function refreshCoupledErrors(
  engine: Engine,
  rows: readonly CoupledError[],
): readonly CoupledError[] {
  const now = new Set(
    couplingTables(engine).flatMap((tables) => skippedOf(engine, tables).map(keyOf)),
  );
  return rows.filter((row) => now.has(keyOf(row)));
}

const keyOf = ({ integrationId, crmId }: CouplingName): string => `${integrationId} ${crmId}`;

interface CouplingTables {
  readonly mapping: IntegrationTableMapping;
  readonly table: RowTable;
  readonly integrationTable: RowTable;
}

/** Each pair of tables once: two mappings may share one. */
export function couplingTables(engine: Engine): readonly CouplingTables[] {
  const all = listedMappings(engine.store).map((mapping) => ({
    mapping,
    ...tablesOf(engine, mapping),
  }));
  return [
    ...new Map(all.map((each) => [`${each.table.no} ${each.integrationTable.no}`, each])).values(),
  ];
}

function deleteLostCouplings(engine: Engine): void {
  engine.store.transaction(() => {
    for (const { table, integrationTable } of couplingTables(engine)) {
      engine.store.run(
        `DELETE FROM coupling WHERE tbl = ${table.no}
         AND bc_rid IN (SELECT c.bc_rid FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid WHERE NOT b.alive AND NOT d.alive AND c.skipped)`,
      );
    }
  });
}

/** The error of the direction that failed; that of the direction to Dataverse if both did (`bc-oracle.md` E21). */
const jobSql =
  'CASE WHEN c.to_result IS 2 THEN c.to_job WHEN c.from_result IS 2 THEN c.from_job END';

function skippedOf(
  { store }: Engine,
  { mapping, table, integrationTable }: CouplingTables,
): readonly CoupledError[] {
  const key = (table.definition.primaryKey ?? []).flatMap((name) => columnOf(table, name) ?? []);
  const error = (column: string): string =>
    `(SELECT ${column} FROM synch_error e WHERE e.job = ${jobSql} AND (e.source_rid IN (c.bc_rid, c.dv_rid) OR e.destination_rid IN (c.bc_rid, c.dv_rid)) ORDER BY e.no DESC LIMIT 1)`;
  return store
    .rows(
      `SELECT b.id, d.id, b.alive, d.alive, ${error('message')}, ${error('at')}${key.map((column) => `, b.${column}`).join('')}
       FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid
       WHERE c.tbl = ${table.no} AND c.skipped = 1 ORDER BY c.bc_rid`,
    )
    .map(([integrationId, crmId, bc, dv, text, at, ...values]: readonly Cell[]) => ({
      mapping: mapping.name,
      table: table.definition.name,
      tableNumber: table.definition.number,
      integrationId: String(integrationId),
      crmId: String(crmId),
      description: values.join(','),
      recordExists: bc === 1,
      coupledRecordExists: dv === 1,
      coupledTo: String(crmId),
      error: typeof text === 'string' ? (JSON.parse(text) as EngineMessage) : undefined,
      failedOn: typeof at === 'number' ? at : undefined,
    }));
}
