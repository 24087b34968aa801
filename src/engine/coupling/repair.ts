import type { Engine } from '../engine.ts';
import { couplingTables } from '../actions/coupledErrors.ts';

export interface Repaired {
  readonly repaired: number;
  readonly deleted: number;
}

/**
 * Rebuild Coupling Table: couplings without a Table ID, as old imports left them, get that of their record. The full
 * repair goes by the row of Dataverse where the record is unknown, and deletes what neither side knows; the fast one
 * looks at records alone (`bc-sync.md` 1.4).
 */
export function repairCouplings(engine: Engine, kind: 'fast' | 'full'): Repaired {
  const { store } = engine;
  return store.transaction(() => {
    let repaired = 0;
    for (const { table, integrationTable } of couplingTables(engine)) {
      const known = (column: string, rows: string): number =>
        store.run(
          `UPDATE coupling SET tbl = ${table.no} WHERE tbl = 0 AND ${column} IN (SELECT rid FROM ${rows})`,
        );
      repaired += known('bc_rid', table.rows);
      if (kind === 'full') repaired += known('dv_rid', integrationTable.rows);
    }
    const deleted = kind === 'full' ? store.run('DELETE FROM coupling WHERE tbl = 0') : 0;
    return { repaired, deleted };
  });
}
