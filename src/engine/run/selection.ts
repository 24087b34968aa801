import type { Engine } from '../engine.ts';
import type { RowTable } from '../store/rowTables.ts';

/** Puts the rows with these ids into the table `selection`, whatever their number (`bc-oracle.md` I23). */
export function selectRows({ store }: Engine, table: RowTable, ids: readonly string[]): void {
  store.run('DELETE FROM selection');
  for (const id of ids) {
    store.run(`INSERT OR IGNORE INTO selection SELECT rid FROM ${table.rows} WHERE id = ?`, [id]);
  }
}
