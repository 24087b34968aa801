import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { JobType, SynchJob } from '../model/job.ts';
import { jobsOf } from '../store/jobs.ts';
import type { CouplingName } from './coupledErrors.ts';

/** Synchronization Log of a record: the jobs that examined it or its partner, newest first. */
export function jobsOfRecord(
  engine: Engine,
  { mapping, integrationId, crmId }: CouplingName,
): readonly SynchJob[] {
  const known = knownMapping(engine, mapping);
  const { table, integrationTable } = tablesOf(engine, known);
  const rids = `(SELECT rid FROM ${table.rows} WHERE id = ?1 UNION SELECT rid FROM ${integrationTable.rows} WHERE id = ?2)`;
  const numbers = new Set(
    engine.store
      .rows(
        `SELECT DISTINCT job FROM outcome WHERE source_rid IN ${rids} OR destination_rid IN ${rids}`,
        [integrationId, crmId],
      )
      .map(([job]) => job),
  );
  return jobsOf(engine.store, known.parentName ?? known.name).filter(({ no }) => numbers.has(no));
}

/** Integration Uncoupling Jobs, Integration Coupling Jobs, or those that synchronise. */
export const jobsOfType = (engine: Engine, type: JobType, mapping?: string): readonly SynchJob[] =>
  jobsOf(engine.store, mapping).filter((job) => job.type === type);
