import type { Engine } from '../engine.ts';
import { allMappings } from '../store/mappings.ts';
import { queueEntries, saveEntry } from '../store/queue.ts';

/** When a job that an edit wakes starts, and how far off its planned start must be for that. */
const SOON_MS = 30_000;
const NEAR_MS = 60_000;

/**
 * A record of Business Central was inserted or changed: the jobs of its table start soon (`bc-sync.md` 2.15). Entries
 * without a scheduled task sleep on, and so do those of mappings that switched this off.
 */
export function reactivateJobs(engine: Engine, table: string): void {
  const { store, clock } = engine;
  const names = new Set(
    allMappings(store)
      .filter((mapping) => mapping.table === table && mapping.disableEventJobRescheduling !== true)
      .map(({ name }) => name),
  );
  if (names.size === 0) return;
  const now = clock.BusinessCentral();
  for (const entry of queueEntries(store)) {
    const sleeps = entry.status === 'Ready' || entry.status === 'On Hold with Inactivity Timeout';
    const isFar = entry.startsAt > now + NEAR_MS;
    if (!names.has(entry.mapping) || !entry.recurring || !entry.scheduled || !sleeps || !isFar) {
      continue;
    }
    saveEntry(store, { ...entry, status: 'Ready', startsAt: now + SOON_MS, readyAt: now });
  }
}
