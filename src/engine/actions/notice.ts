import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { CouplingName } from './coupledErrors.ts';

/**
 * What the card of a record tells when it is opened: that it is Skipped, or why its last job failed. The last job
 * counts, whatever its direction (`bc-oracle.md` E22, E23).
 */
export function noticeOf(
  engine: Engine,
  { mapping, integrationId }: CouplingName,
): EngineMessage | undefined {
  const { table } = tablesOf(engine, knownMapping(engine, mapping));
  const [row] = engine.store.rows(
    `SELECT c.skipped, CASE WHEN ifnull(c.to_job, 0) > ifnull(c.from_job, 0) THEN c.to_result ELSE c.from_result END,
     (SELECT message FROM synch_error e WHERE e.job = max(ifnull(c.to_job, 0), ifnull(c.from_job, 0)) AND c.bc_rid IN (e.source_rid, e.destination_rid) ORDER BY e.no DESC LIMIT 1)
     FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid WHERE b.id = ?`,
    [integrationId],
  );
  const [skipped, result, text] = row ?? [];
  if (skipped === 1) return message('willBeSkipped');
  return result === 2 && typeof text === 'string' ? (JSON.parse(text) as EngineMessage) : undefined;
}
