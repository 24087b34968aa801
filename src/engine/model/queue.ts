import type { EngineMessage } from './message.ts';

/** Job Queue Entry, table 472 (`bc-sync.md` 1.6). */
export type QueueStatus =
  | 'Ready'
  | 'In Process'
  | 'Error'
  | 'On Hold'
  | 'Finished'
  | 'On Hold with Inactivity Timeout'
  | 'Waiting';

export interface QueueEntry {
  readonly id: string;
  readonly mapping: string;
  /** Entries of one category run one after the other. */
  readonly category?: string;
  /** The smaller goes first. */
  readonly priority: number;
  readonly recurring: boolean;
  /** Between two runs. */
  readonly minutes: number;
  /** Minutes that an idle entry sleeps; 0 never wakes by time. */
  readonly inactivityMinutes: number;
  readonly mostAttempts: number;
  readonly rerunDelaySeconds: number;
  readonly status: QueueStatus;
  readonly attempts: number;
  /** Milliseconds since 1970, by the clock of Business Central. */
  readonly startsAt: number;
  readonly scheduled: boolean;
  /** When it was Ready last; the cue of failed jobs is reset to that (`bc-oracle.md` O05). */
  readonly readyAt: number;
  readonly message?: EngineMessage;
}
