import type { RecordName, Sentence } from './names.ts';

export type CouplingState = 'synchronized' | 'neverSynchronized' | 'failed' | 'skipped' | 'broken';

export interface CouplingView extends RecordName {
  readonly state: CouplingState;
  readonly lastSynchModifiedOn: number | undefined;
  readonly lastSynchCrmModifiedOn: number | undefined;
  readonly skipped: boolean;
  /** What Business Central tells when the card of its record is opened (`bc-sync.md` 3.2). */
  readonly notice: Sentence | undefined;
}

export interface CouplingsRequest {
  /** All mappings if absent. */
  readonly mapping?: string;
  readonly state?: CouplingState;
  /** Part of an id or of a value of a text field of either side, in whatever case. */
  readonly search?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export interface CouplingsPage {
  readonly total: number;
  readonly rows: readonly CouplingView[];
}
