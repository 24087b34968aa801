import type { EngineMessage } from './message.ts';
import type { JobDirection } from './side.ts';

/** Counters of Integration Synch. Job (table 5338, `bc-sync.md` 1.5). */
export const counterNames = [
  'inserted',
  'modified',
  'deleted',
  'unchanged',
  'skipped',
  'failed',
  'uncoupled',
  'coupled',
] as const;

export type CounterName = (typeof counterNames)[number];

export type Counters = Readonly<Record<CounterName, number>>;

export type JobType = 'Synchronization' | 'Uncoupling' | 'Coupling';

export interface SynchJob {
  /** In the order of their start. */
  readonly no: number;
  readonly id: string;
  /** That of the parent for a temporary mapping. */
  readonly mapping: string;
  readonly direction: JobDirection | undefined;
  readonly type: JobType;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  /** What kept the whole job from its rows. */
  readonly message: EngineMessage | undefined;
  readonly counters: Counters;
  /** Rows where improved and faithful mode decided otherwise. */
  readonly deviations: number;
}

/** A line of Integration Synch. Job Errors (table 5339). */
export interface SynchError {
  readonly no: number;
  readonly job: number;
  readonly sourceId: string | undefined;
  readonly destinationId: string | undefined;
  readonly message: EngineMessage;
  readonly at: number;
  /** The line of the decision table that led here. */
  readonly line: string | undefined;
  readonly transient: boolean;
}

export type JobStatus = 'In Process' | 'Error' | 'Success';

/** A job has no stored status; one failed record makes it Error (`bc-sync.md` 1.5). */
export function statusOf({ finishedAt, counters }: SynchJob): JobStatus {
  if (finishedAt === undefined) return 'In Process';
  return counters.failed === 0 ? 'Success' : 'Error';
}
