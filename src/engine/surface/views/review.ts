import type { SynchRecommendation } from '../../model/fullSynch.ts';
import type { JobStatus } from '../../model/job.ts';
import type { QueueStatus } from '../../model/queue.ts';

/** A line of Dataverse Full Synch. Review. */
export interface ReviewLineView {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** Dependencies that name no mapping; they hold nobody up. */
  readonly missing: readonly string[];
  /** From 1 on: lines of a wave wait for nothing but the waves before; undefined where dependencies go in a circle. */
  readonly wave: number | undefined;
  /** Blank before it was started. */
  readonly status: QueueStatus | '';
  readonly recommendation: SynchRecommendation;
  /** Of its jobs, as far as they are in the log. */
  readonly toStatus: JobStatus | undefined;
  readonly fromStatus: JobStatus | undefined;
  /** Recommend Full Synchronization is offered. */
  readonly canRecommend: boolean;
  /** Both sides have records without a partner: those that belong together would be created a second time. */
  readonly mayDouble: boolean;
  /** Restart is offered. */
  readonly canRestart: boolean;
}

export interface ReviewView {
  readonly lines: readonly ReviewLineView[];
  /** Sync All has something to start. */
  readonly canStart: boolean;
  /** Reset has something to reset. */
  readonly canReset: boolean;
  /** A path that ends where it began. */
  readonly cycle: readonly string[] | undefined;
}
