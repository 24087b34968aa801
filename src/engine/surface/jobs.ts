import { jobsOfRecord } from '../actions/logs.ts';
import { causeOf } from '../admin/causes.ts';
import { ERROR_PAGE_ROWS } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import { statusOf } from '../model/job.ts';
import { errorLines, errorsOf } from '../store/errors.ts';
import { jobNumbered, jobsOf } from '../store/jobs.ts';
import type { Say } from './say.ts';
import type { JobErrorsPage, JobErrorsRequest, JobsRequest, JobView } from './views/jobs.ts';

export const jobView = (job: SynchJob, say: Say): JobView => ({
  no: job.no,
  id: job.id,
  mapping: job.mapping,
  direction: job.direction,
  type: job.type,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt,
  status: statusOf(job),
  message: job.message === undefined ? undefined : say(job.message),
  counters: job.counters,
  deviations: job.deviations,
});

export function jobViews(
  engine: Engine,
  say: Say,
  { mapping, type, record, limit }: JobsRequest = {},
): readonly JobView[] {
  const jobs = record === undefined ? jobsOf(engine.store, mapping) : jobsOfRecord(engine, record);
  return jobs
    .filter((job) => type === undefined || job.type === type)
    .slice(0, limit)
    .map((job) => jobView(job, say));
}

/** Counted and cut in SQL: ten thousand lines are never read for a page of them. */
export function jobErrorsPage(
  engine: Engine,
  say: Say,
  { job, offset = 0, limit = ERROR_PAGE_ROWS }: JobErrorsRequest = {},
): JobErrorsPage {
  const { store } = engine;
  const mappings = new Map<number, string>();
  const rows = errorsOf(store, engine.tables(), job, { offset, limit }).map((error) => {
    const mapping = mappings.get(error.job) ?? jobNumbered(engine.store, error.job)?.mapping ?? '';
    mappings.set(error.job, mapping);
    const cause = causeOf(error.message);
    return {
      no: error.no,
      job: error.job,
      mapping,
      at: error.at,
      message: say(error.message),
      sourceId: error.sourceId,
      destinationId: error.destinationId,
      line: error.line,
      transient: error.transient,
      cause: cause === undefined ? undefined : say(cause),
    };
  });
  return { total: errorLines(store, job), rows };
}
