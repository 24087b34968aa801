import { knownMapping } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import type { SynchJob } from '../model/job.ts';
import { message } from '../model/message.ts';
import type { JobDirection, SideName } from '../model/side.ts';
import { beginJob, finishJob } from '../store/jobs.ts';
import { knownJob, runMapping } from './runMapping.ts';
import type { RunProgress } from './progress.ts';

export interface RecordsRequest {
  /** The side the records are read from. */
  readonly side: SideName;
  readonly table: string;
  readonly ids: readonly string[];
  readonly forced?: boolean;
  readonly overrideOnlyCoupled?: boolean;
}

/** One job over some records of a side. `done` is false where the job could not begin with them (`bc-oracle.md` A07). */
export function* synchronizeRecords(
  engine: Engine,
  mappingName: string,
  { side, table, ...request }: RecordsRequest,
): Generator<RunProgress, { readonly done: boolean; readonly job: SynchJob }> {
  const mapping = knownMapping(engine, mappingName);
  const isBc = side === 'BusinessCentral';
  const direction: JobDirection = isBc ? 'ToIntegrationTable' : 'FromIntegrationTable';
  if (table !== (isBc ? mapping.table : mapping.integrationTable)) {
    const { prefix, first } = engine.ids.block(1);
    const startedAt = engine.clock.BusinessCentral();
    const no = engine.store.transaction(() => {
      const begun = beginJob(engine.store, {
        id: idAt(prefix, first),
        mapping: mapping.name,
        direction,
        type: 'Synchronization',
        startedAt,
      });
      const text = message('tablesDoNotMatch', {
        source: table,
        destination: isBc ? mapping.integrationTable : mapping.table,
        mapping: mapping.name,
      });
      finishJob(engine.store, begun, startedAt, text);
      return begun;
    });
    return { done: false, job: knownJob(engine, no) };
  }
  const { jobs } = yield* runMapping(engine, { mapping: mappingName, direction, ...request });
  const [job] = jobs;
  if (job === undefined) throw new Error('a run without a job');
  return { done: job.message === undefined, job };
}
