import type { Engine } from '../engine.ts';
import { queueEntries } from '../store/queue.ts';

/** The cue counts the entries in Error since it was reset (`bc-oracle.md` O05). */
export function failedJobs({ store }: Engine): number {
  const since = Number(store.value("SELECT value FROM meta WHERE key = 'cue'") ?? 0);
  return queueEntries(store).filter(({ status, readyAt }) => status === 'Error' && readyAt > since)
    .length;
}

/** Resets the cue: to the last moment a failed entry was Ready, or to now if none failed. */
export function resetCue({ store, clock }: Engine): number {
  const failed = queueEntries(store).filter(({ status }) => status === 'Error');
  const reset =
    failed.length === 0
      ? clock.BusinessCentral()
      : Math.max(...failed.map(({ readyAt }) => readyAt));
  store.transaction(() => store.run("INSERT OR REPLACE INTO meta VALUES('cue', ?)", [reset]));
  return reset;
}
