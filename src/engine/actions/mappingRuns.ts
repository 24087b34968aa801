import { knownMapping } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { type RunResult, runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { setWatermark } from '../store/mappings.ts';
import { tablesOf } from '../coupling/couple.ts';

/** Run Full Synchronization: both watermarks are cleared, so that every record is read (`bc-sync.md` 2.10).
 * The product forces all of them; the improved mode merges what both sides changed. */
export function* runFullSynchronization(
  engine: Engine,
  mapping: string,
): Generator<RunProgress, RunResult> {
  clearWatermarks(engine, mapping);
  const forced = engine.settings().mode === 'faithful';
  return yield* runMapping(engine, { mapping, full: true, forced });
}

/**
 * Run Unconditional Full Synchronization: every coupling counts as never synchronised as well. One-way mappings only:
 * in the others it would raise a conflict for every record.
 */
export function* runUnconditionalFullSynchronization(
  engine: Engine,
  name: string,
): Generator<RunProgress, RunResult> {
  const mapping = knownMapping(engine, name);
  if (mapping.direction === 'Bidirectional') {
    throw new EngineRefusal(message('oneWayOnly', { mapping: name }));
  }
  const { table } = tablesOf(engine, mapping);
  engine.store.transaction(() =>
    engine.store.run(
      'UPDATE coupling SET bc_synched = NULL, dv_synched = NULL, bc_seq = NULL, dv_seq = NULL WHERE tbl = ?',
      [table.no],
    ),
  );
  return yield* runFullSynchronization(engine, name);
}

function clearWatermarks({ store }: Engine, mapping: string): void {
  store.transaction(() => {
    for (const direction of ['ToIntegrationTable', 'FromIntegrationTable'] as const) {
      setWatermark(store, mapping, direction, { modifiedOn: undefined, seq: 0 });
    }
  });
}
