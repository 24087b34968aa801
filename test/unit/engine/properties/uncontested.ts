import { ok } from 'node:assert/strict';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { columnOf } from '../../../../src/engine/store/rowTables.ts';
import { cellsOf, snapshot } from './invariants.ts';
import { tables } from './project.ts';

/**
 * Improved: what one side alone changed is never overwritten (`bc-sync.md` 2.5); strategies decide only where both did.
 */
export interface Uncontested {
  readonly noteEdit: (
    engine: Engine,
    side: SideName,
    id: string,
    field: string,
    value: string,
  ) => void;
  /** @param chosen whether a person chose the side that wins. */
  readonly check: (engine: Engine, chosen: boolean) => void;
}

export function uncontestedEdits(): Uncontested {
  /** What a person wrote and the partner does not have yet, by row id and column: `5 c0`. */
  const pending = new Map<string, string>();
  return {
    noteEdit({ store, tables: all }, side, id, field, value) {
      const table = tableOf(all(), side, tables[side]);
      const rid = store.value(`SELECT rid FROM ${table.rows} WHERE id = ?`, [id]);
      pending.set(`${rid} ${columnOf(table, field)}`, value);
    },
    check(engine, chosen) {
      const after = snapshot(engine);
      for (const [record, partner] of engine.store.rows('SELECT bc_rid, dv_rid FROM coupling')) {
        for (const [index, column] of ['c0', 'c1', 'c2'].entries()) {
          const [here, there] = [`${record} ${column}`, `${partner} ${column}`];
          const cell = (row: string): unknown => cellsOf(after.get(row))[index] ?? '';
          const [mine, theirs] = [cell(`r1 ${record}`), cell(`r2 ${partner}`)];
          const isLost = (key: string, other: string, value: unknown): boolean =>
            pending.has(key) && !pending.has(other) && pending.get(key) !== value;
          ok(
            chosen || !(isLost(here, there, mine) || isLost(there, here, theirs)),
            `${column} of ${record} and ${partner}: one side alone changed it, and it is overwritten`,
          );
          if (chosen || mine === theirs) {
            pending.delete(here);
            pending.delete(there);
          }
        }
      }
    },
  };
}
