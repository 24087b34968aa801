import { ok } from 'node:assert/strict';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { columnOf } from '../../../../src/engine/store/rowTables.ts';
import { cellsOf, type Snapshot, snapshot } from './invariants.ts';
import { tables } from './project.ts';

/**
 * Improved: what one side alone changed is never overwritten (`bc-sync.md` 2.5); strategies decide only where both did.
 */
export interface Uncontested {
  readonly noteEdit: (engine: Engine, side: SideName, id: string, field: string) => void;
  /** @param chosen whether a person chose the side that wins. */
  readonly check: (engine: Engine, before: Snapshot, chosen?: boolean) => void;
}

export function uncontestedEdits(): Uncontested {
  /** Fields that a person wrote and the partner does not have yet: `5 c0`, by row id. */
  const pending = new Set<string>();
  return {
    noteEdit({ store, tables: all }, side, id, field) {
      const table = tableOf(all(), side, tables[side]);
      const rid = store.value(`SELECT rid FROM ${table.rows} WHERE id = ?`, [id]);
      pending.add(`${rid} ${columnOf(table, field)}`);
    },
    check(engine, before, chosen = false) {
      const after = snapshot(engine);
      const cell = (from: Snapshot, table: string, rid: unknown, index: number): unknown =>
        cellsOf(from.get(`${table} ${String(rid)}`))[index] ?? '';
      const couplings = engine.store.rows('SELECT bc_rid, dv_rid FROM coupling');
      for (const [record, partner] of couplings) {
        for (const [index, column] of ['c0', 'c1', 'c2'].entries()) {
          const [here, there] = [`${record} ${column}`, `${partner} ${column}`];
          const isOverwritten = (table: string, rid: unknown): boolean =>
            before.has(`${table} ${String(rid)}`) &&
            cell(before, table, rid, index) !== cell(after, table, rid, index);
          const isLost =
            (isOverwritten('r1', record) && pending.has(here) && !pending.has(there)) ||
            (isOverwritten('r2', partner) && pending.has(there) && !pending.has(here));
          ok(
            chosen || !isLost,
            `${column} of ${record} and ${partner}: one side alone changed it, and it is overwritten`,
          );
          if (cell(after, 'r1', record, index) === cell(after, 'r2', partner, index)) {
            pending.delete(here);
            pending.delete(there);
          }
        }
      }
    },
  };
}
