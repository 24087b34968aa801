import type { JobDirection, MappingDirection, SideName } from '../../model/side.ts';
import type { FieldValue, FieldValues } from '../../model/table.ts';
import type { ActionName } from './actions.ts';
import type { CouplingState } from './couplings.ts';
import type { RecordName, Sentence } from './names.ts';

/** One field of a pair: what both sides hold, and what was last agreed on. */
export interface ComparedField {
  readonly field: string | undefined;
  readonly integrationField: string | undefined;
  readonly direction: MappingDirection;
  readonly value: FieldValue | undefined;
  readonly integrationValue: FieldValue | undefined;
  /**
   * The value of Dataverse as Business Central reads it: a lookup is the key of the record it leads to, and what a run
   * takes for the same (a cut text, capitals of a code) is the same. As it stands where nothing reads it across.
   */
  readonly integrationRead: FieldValue | undefined;
  /** Undefined where nothing was agreed on yet. */
  readonly base: FieldValue | undefined;
  readonly integrationBase: FieldValue | undefined;
  readonly changed: boolean;
  readonly integrationChanged: boolean;
  readonly differs: boolean;
  /** Both sides changed it, and not alike. */
  readonly conflicts: boolean;
}

/** What became of a record in one job. */
export interface ExplainedOutcome {
  readonly job: number;
  readonly direction: JobDirection | undefined;
  readonly at: number;
  /** The line of the decision table (`bc-sync.md` 2.3) and what it means. */
  readonly line: string;
  readonly meaning: Sentence;
  /** What the other mode would have done, where it differs. */
  readonly faithfulLine: string;
  readonly faithfulMeaning: Sentence | undefined;
  /** The field that the decision was about. */
  readonly about: string | undefined;
  readonly error: Sentence | undefined;
}

/** "Why was this record skipped, failed, unchanged?" */
export interface ExplainedRecord extends RecordName {
  readonly table: string;
  readonly integrationTable: string;
  readonly state: CouplingState | 'uncoupled';
  readonly verdict: Sentence;
  /** As in CouplingView. */
  readonly notice: Sentence | undefined;
  readonly nextSteps: readonly Sentence[];
  /** Actions that are enabled now, the one that helps first. */
  readonly actions: readonly ActionName[];
  readonly fields: readonly ComparedField[];
  /** Newest first. */
  readonly outcomes: readonly ExplainedOutcome[];
  /** The filter of a side that leaves the record out. */
  readonly excludedBy: { readonly side: SideName; readonly filter: string } | undefined;
  /** Of both records; 0 where there is none. */
  readonly versions: readonly [number, number];
  readonly record: FieldValues | undefined;
  readonly coupledRecord: FieldValues | undefined;
}
