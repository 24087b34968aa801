import type { Engine } from '../engine.ts';
import { recoverInterrupted } from '../jobQueue/run.ts';
import { fullLines, saveLine } from '../store/fullLines.ts';
import { allMappings, deleteMapping } from '../store/mappings.ts';
import { queueEntries, saveEntry } from '../store/queue.ts';
import { endInterrupted, type RecordedAction } from './record.ts';

/** What was found of a process that ended in the middle of its work. */
export interface Recovered {
  /** Jobs that say now that they were interrupted. */
  readonly jobs: number;
  /** To be asked for again: what of it was done already is found done. */
  readonly action: RecordedAction | undefined;
}

/**
 * Puts in order what an end in the middle left behind, at the start of the next process: no job runs, no line of the
 * full synchronisation is in process, no temporary mapping is left, and entries of the queue start again.
 */
export function recover(engine: Engine): Recovered {
  const { store } = engine;
  return store.transaction(() => {
    for (const { name, parentName } of allMappings(store)) {
      if (parentName !== undefined) deleteMapping(store, name);
    }
    for (const line of fullLines(store)) {
      if (line.status !== 'In Process') continue;
      const former = new Map((line.held ?? []).map(({ id, status }) => [id, status]));
      for (const entry of queueEntries(store)) {
        const status = former.get(entry.id);
        if (status !== undefined) saveEntry(store, { ...entry, status });
      }
      saveLine(store, { ...line, status: '', session: undefined, held: undefined });
      store.run('UPDATE mapping SET full_session = NULL, full_started_at = NULL WHERE name = ?', [
        line.name,
      ]);
    }
    return { jobs: recoverInterrupted(engine), action: endInterrupted(engine) };
  });
}
