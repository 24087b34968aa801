import type { CouplingName } from '../actions/coupledErrors.ts';
import type { FieldValue, FieldValues } from '../model/table.ts';
import type { Counters, JobStatus, JobType } from '../model/job.ts';
import type { DeletionConflictResolution, UpdateConflictResolution } from '../model/mapping.ts';
import type { EngineMessage } from '../model/message.ts';
import type { EngineMode } from '../model/project.ts';
import type { SynchRecommendation } from '../model/fullSynch.ts';
import type { QueueStatus } from '../model/queue.ts';
import type { JobDirection, MappingDirection, SideName } from '../model/side.ts';

/**
 * What the pages of the product show, as plain data that survives JSON: the command line prints it, the server sends
 * it. Times are milliseconds since 1970.
 */

/** Something that the engine says: the code for programs, the text for people, in the language of the surface. */
export interface Sentence extends EngineMessage {
  readonly text: string;
}

/** Couplings are named by mapping and the ids of both sides, everywhere (`CouplingName`). */
export interface RecordName extends CouplingName {
  /** The values of the primary key, joined by commas; of the last version where the record is gone. */
  readonly description: string;
  /** The same of its partner. */
  readonly coupledTo: string;
  readonly recordExists: boolean;
  readonly coupledRecordExists: boolean;
}

export interface ProjectView {
  readonly mode: EngineMode;
  readonly connectionEnabled: boolean;
  /** Why it was disabled; blank where a person did so. */
  readonly connectionDisabledReason: string;
  readonly mappings: number;
  readonly couplings: number;
  readonly errors: number;
  /** Jobs in Error since the cue was reset. */
  readonly failedJobs: number;
}

/** A row of Integration Table Mappings. */
export interface MappingView {
  readonly name: string;
  readonly table: string;
  readonly integrationTable: string;
  readonly direction: MappingDirection;
  readonly tableFilter: string;
  readonly integrationTableFilter: string;
  readonly synchOnlyCoupledRecords: boolean;
  readonly deletionConflictResolution: DeletionConflictResolution;
  readonly updateConflictResolution: UpdateConflictResolution;
  /** Synch. Int. Tbl. Mod. On Fltr.: how far the runs to Dataverse got. */
  readonly toWatermark: number | undefined;
  /** Synch. Modified On Filter: how far the runs from Dataverse got. */
  readonly fromWatermark: number | undefined;
  readonly dependencies: readonly string[];
  readonly couplings: number;
  /** Rows of Coupled Data Synchronization Errors that belong to it. */
  readonly errors: number;
  readonly lastJobs: readonly JobView[];
  readonly fields: readonly FieldMappingView[];
  readonly queue: readonly QueueEntryView[];
}

export interface FieldMappingView {
  readonly field: string | undefined;
  readonly integrationField: string | undefined;
  readonly direction: MappingDirection;
  readonly enabled: boolean;
  readonly constantValue: FieldValue | undefined;
}

export interface QueueEntryView {
  readonly id: string;
  readonly status: QueueStatus;
  readonly startsAt: number;
  readonly attempts: number;
  readonly message: Sentence | undefined;
}

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

/**
 * `skipped`: left alone until somebody retries; what the product lists. `failed`: the next run tries again.
 * `notCreated`: a row without a partner whose insertion failed; the product loses sight of it.
 */
export type ErrorState = 'skipped' | 'failed' | 'notCreated';

/** A row of Coupled Data Synchronization Errors; `crmId` or `integrationId` is blank where the state is `notCreated`. */
export interface ErrorView extends RecordName {
  readonly table: string;
  readonly tableNumber: number | undefined;
  readonly state: ErrorState;
  readonly error: Sentence | undefined;
  readonly failedOn: number | undefined;
  readonly job: number | undefined;
  /** What it is grouped by under "by cause": the code of the error. */
  readonly cause: string;
}

export interface ErrorGroup {
  /** Name of the mapping, or code of the cause. */
  readonly key: string;
  readonly title: string;
  readonly count: number;
}

export interface ErrorsRequest {
  readonly groupBy?: 'mapping' | 'cause';
  /** Rows of this group alone. */
  readonly group?: string;
  readonly offset?: number;
  /** 100 if absent, what the page of the product loads. */
  readonly limit?: number;
}

export interface ErrorsPage {
  readonly total: number;
  readonly groups: readonly ErrorGroup[];
  readonly rows: readonly ErrorView[];
  /** Whether "Load More Errors" has more to load. */
  readonly hasMore: boolean;
}

export type CouplingState = 'synchronized' | 'neverSynchronized' | 'failed' | 'skipped' | 'broken';

export interface CouplingView extends RecordName {
  readonly state: CouplingState;
  readonly lastSynchModifiedOn: number | undefined;
  readonly lastSynchCrmModifiedOn: number | undefined;
  readonly skipped: boolean;
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

export interface JobsRequest {
  readonly mapping?: string;
  readonly type?: JobType;
  /** The jobs that examined one record: Synchronization Log of a record. */
  readonly record?: CouplingName;
  readonly limit?: number;
}

/** Everything a page can do; the captions of the product (`bc-sync.md` 3). */
export const actionNames = [
  'Retry',
  'Retry All',
  'Synchronize',
  'Restore Records',
  'Delete Records',
  'Delete Couplings',
  'Find for Deleted',
  'Set Up Coupling',
  'Match-Based Coupling',
  'Delete Entries Older Than 7 Days',
  'Delete All Entries',
  'Use Default Synchronization Setup',
  'Synchronize Modified Records',
  'Run Full Synchronization',
  'Run Unconditional Full Synchronization',
  'Full Synch. Review',
  'Run Job Queue',
] as const;

export type ActionName = (typeof actionNames)[number];

/** What the actions work on: couplings, a mapping, or nothing. */
export interface ActionTarget {
  readonly rows?: readonly CouplingName[];
  readonly mapping?: string;
}

export interface ActionRequest extends ActionTarget {
  readonly action: ActionName;
  /** Synchronize: the answer per mapping; one for all under `*`. The recommended one if absent. */
  readonly choices?: Readonly<
    Record<string, 'ToIntegrationTable' | 'FromIntegrationTable' | 'Merge'>
  >;
  /** Synchronize, of one record: whose value each field takes, by the name of its mapping (`nameOfField`). */
  readonly fields?: Readonly<Record<string, SideName>>;
  /** The versions that somebody decided by (`ExplainedRecord.versions`); refused where a record has another now. */
  readonly seen?: readonly [number, number];
  /** Set Up Coupling: the id or the key of the new partner. */
  readonly partner?: string;
  /** Somebody confirmed what `confirm` of the action asks. */
  readonly confirmed?: boolean;
}

export interface ActionView {
  readonly name: ActionName;
  /** In the language of the surface. */
  readonly title: string;
  readonly enabled: boolean;
  /** Why it is off. */
  readonly reason: Sentence | undefined;
  /** What to ask before it is done; absent where nothing can be lost. */
  readonly confirm: Sentence | undefined;
}

export type ActionResult =
  | {
      readonly kind: 'done';
      readonly jobs: readonly JobView[];
      readonly notifications: readonly Sentence[];
    }
  /** The engine stopped before any row. */
  | { readonly kind: 'refused'; readonly reason: Sentence };

export interface SynchQuestionView {
  readonly mapping: string;
  /** The recommended one first. */
  readonly choices: readonly ('ToIntegrationTable' | 'FromIntegrationTable' | 'Merge')[];
  readonly warning: Sentence | undefined;
}

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
}

export interface ReviewView {
  readonly lines: readonly ReviewLineView[];
  /** A path that ends where it began. */
  readonly cycle: readonly string[] | undefined;
}

/** One field of a pair: what both sides hold, and what was last agreed on. */
export interface ComparedField {
  readonly field: string | undefined;
  readonly integrationField: string | undefined;
  readonly direction: MappingDirection;
  readonly value: FieldValue | undefined;
  readonly integrationValue: FieldValue | undefined;
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
