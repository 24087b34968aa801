import { LOG_RETENTION_MS } from '../constants.ts';
import type { Engine } from '../engine.ts';

/**
 * Delete Entries Older Than 7 Days, or all of them: finished jobs without failures go, with their error lines and what
 * became of their rows. A job that a Skipped coupling still refers to stays (`bc-sync.md` 2.16). Answers how many went.
 */
export function deleteEntries(
  { store, clock }: Engine,
  which: 'older than 7 days' | 'all',
): number {
  const now = clock.BusinessCentral();
  const cutoff = which === 'all' ? now : now - LOG_RETENTION_MS;
  const gone = `SELECT no FROM synch_job WHERE finished_at <= ?1 AND failed = 0
    AND no NOT IN (SELECT to_job FROM coupling WHERE skipped AND to_job IS NOT NULL UNION SELECT from_job FROM coupling WHERE skipped AND from_job IS NOT NULL)`;
  return store.transaction(() => {
    store.run(`DELETE FROM synch_error WHERE job IN (${gone})`, [cutoff]);
    store.run(`DELETE FROM outcome WHERE job IN (${gone})`, [cutoff]);
    return store.run(`DELETE FROM synch_job WHERE no IN (${gone})`, [cutoff]);
  });
}
