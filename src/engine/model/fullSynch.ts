import type { QueueStatus } from './queue.ts';

export type SynchRecommendation = 'Full Synchronization' | 'Couple Records' | 'No Records Found';

/** A line of Dataverse Full Synch. Review (table 5373, `bc-sync.md` 1.6). */
export interface FullSynchLine {
  /** The mapping. */
  readonly name: string;
  /** Mappings whose lines must be done first. */
  readonly dependencies: readonly string[];
  /** Of its job queue entry; blank before it was started. */
  readonly status: QueueStatus | '';
  readonly toJob: number | undefined;
  readonly fromJob: number | undefined;
  /** The session that works on it. */
  readonly session: string | undefined;
  readonly recommendation: SynchRecommendation;
  /** The ordinary entries of the mapping, which wait meanwhile, and the status they go back to. */
  readonly held: readonly { readonly id: string; readonly status: QueueStatus }[] | undefined;
}
