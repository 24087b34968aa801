import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { CouplingName } from './coupledErrors.ts';

/**
 * Retry: the rows take part in the next synchronisation again; nothing else changes (`bc-sync.md` 2.7). Rows whose
 * record in Business Central is gone are left out.
 */
export function retry(engine: Engine, rows: readonly CouplingName[]): EngineMessage {
  const { store } = engine;
  const restored = store.transaction(() =>
    rows.reduce((count, { mapping, integrationId }) => {
      const { table } = tablesOf(engine, knownMapping(engine, mapping));
      return (
        count +
        store.run(
          `UPDATE coupling SET skipped = 0 WHERE skipped = 1 AND bc_rid = (SELECT rid FROM ${table.rows} WHERE id = ? AND alive)`,
          [integrationId],
        )
      );
    }, 0),
  );
  return restoredText(restored);
}

export function retryAll({ store }: Engine): EngineMessage {
  return restoredText(
    store.transaction(() => store.run('UPDATE coupling SET skipped = 0 WHERE skipped = 1')),
  );
}

const restoredText = (count: number): EngineMessage => message('restoredForSynch', { count });
