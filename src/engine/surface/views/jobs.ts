import type { CouplingName } from '../../actions/coupledErrors.ts';
import type { Counters, JobStatus, JobType } from '../../model/job.ts';
import type { JobDirection } from '../../model/side.ts';
import type { Sentence } from './names.ts';

export interface JobView {
  readonly no: number;
  readonly id: string;
  readonly mapping: string;
  readonly direction: JobDirection | undefined;
  readonly type: JobType;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly status: JobStatus;
  readonly message: Sentence | undefined;
  readonly counters: Counters;
  /** Rows that the other mode would have decided otherwise. */
  readonly deviations: number;
}

/** A line of Integration Synchronization Errors. */
export interface JobErrorView {
  readonly no: number;
  readonly job: number;
  readonly mapping: string;
  readonly at: number;
  readonly message: Sentence;
  readonly sourceId: string | undefined;
  readonly destinationId: string | undefined;
  /** The line of the decision table that led here. */
  readonly line: string | undefined;
  readonly transient: boolean;
  /** The cause in the setup, where one is known (`bc-sync.md` 6), and what to do. */
  readonly cause: Sentence | undefined;
}

export interface JobErrorsRequest {
  /** The number of a job; the lines of all jobs if absent. */
  readonly job?: number;
  readonly offset?: number;
  /** 100 if absent. */
  readonly limit?: number;
}

export interface JobErrorsPage {
  /** Before the page is cut. */
  readonly total: number;
  readonly rows: readonly JobErrorView[];
}

export interface JobsRequest {
  readonly mapping?: string;
  readonly type?: JobType;
  /** The jobs that examined one record: Synchronization Log of a record. */
  readonly record?: CouplingName;
  readonly limit?: number;
}
