import type { CouplingName } from '../../engine/actions/coupledErrors.ts';
import type { JobDirection } from '../../engine/model/side.ts';
import type { ExplainedRecord } from '../../engine/surface/views/explained.ts';
import type { FilterPlace, FilterSought } from '../../engine/surface/views/filters.ts';
import type { ReviewView } from '../../engine/surface/views/review.ts';
import type {
  CandidatesPage,
  CandidatesRequest,
  CouplingDialogView,
  MatchDialogView,
} from '../../engine/surface/views/couplingDialogs.ts';
import type {
  ActionRequest,
  ActionResult,
  ActionTarget,
  ActionView,
  SynchQuestionView,
} from '../../engine/surface/views/actions.ts';
import type { CouplingsPage, CouplingsRequest } from '../../engine/surface/views/couplings.ts';
import type { ErrorsPage, ErrorsRequest } from '../../engine/surface/views/errors.ts';
import type {
  JobErrorsPage,
  JobErrorsRequest,
  JobsRequest,
  JobView,
} from '../../engine/surface/views/jobs.ts';
import type { MappingView, ProjectView } from '../../engine/surface/views/mappings.ts';
import type { Sentence } from '../../engine/surface/views/names.ts';

/**
 * What client and server say to each other of sync projects. Types and names only. A project is named by the URI of
 * its file; whatever is asked of one opens it first. Where it can't be opened, answers are null and its `trouble` says
 * why.
 */

/** A sync project of the workspace. */
export interface SyncProject {
  readonly uri: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** URI of the workspace folder it lies in. */
  readonly folder: string;
  /**
   * `readOnly`: another window or program works on it; pages are shown as they were saved last, actions are off.
   * `failed`: it can't be opened; `trouble` says why.
   */
  readonly state: 'closed' | 'open' | 'readOnly' | 'failed';
  /** What a person should know: who holds it, that the disk is full, that its thread ended and was started anew. */
  readonly trouble: Sentence | undefined;
  /** Undefined unless it is open. */
  readonly view: ProjectView | undefined;
  /** The run under way, if there is one. */
  readonly running: SyncProgress | undefined;
}

/** The projects of all workspace folders, by folder and name. Opens none. */
export const syncProjectsRequest = 'dualWrite/sync/projects';
export type SyncProjectsResult = readonly SyncProject[];

/** Opens a project; answers how that went. */
export const syncOpenRequest = 'dualWrite/sync/open';
/** Saves it and lets it go: another window may have it. A run under way ends between two batches. */
export const syncCloseRequest = 'dualWrite/sync/close';

export interface SyncParams {
  readonly project: string;
}

/** Integration Table Mappings. */
export const syncMappingsRequest = 'dualWrite/sync/mappings';
export type SyncMappingsResult = readonly MappingView[] | null;

/** Dataverse Full Synch. Review: the mappings in the waves of a full synchronization. */
export const syncReviewRequest = 'dualWrite/sync/review';
export type SyncReviewResult = ReviewView | null;

/** Coupled Data Synchronization Errors, by mapping or cause. */
export const syncErrorsRequest = 'dualWrite/sync/errors';
export interface SyncErrorsParams extends SyncParams {
  readonly request?: ErrorsRequest;
}
export type SyncErrorsResult = ErrorsPage | null;

/** Couplings: filter, search, a page of them. */
export const syncCouplingsRequest = 'dualWrite/sync/couplings';
export interface SyncCouplingsParams extends SyncParams {
  readonly request?: CouplingsRequest;
}
export type SyncCouplingsResult = CouplingsPage | null;

/** Integration Synchronization Jobs; of one record: its Synchronization Log. */
export const syncJobsRequest = 'dualWrite/sync/jobs';
export interface SyncJobsParams extends SyncParams {
  readonly request?: JobsRequest;
}
export type SyncJobsResult = readonly JobView[] | null;

/** Integration Synchronization Errors, newest first; of one job if its number is given. */
export const syncJobErrorsRequest = 'dualWrite/sync/jobErrors';
export interface SyncJobErrorsParams extends SyncParams {
  readonly request?: JobErrorsRequest;
}
export type SyncJobErrorsResult = JobErrorsPage | null;

/** Every action for a selection, with why it is off. */
export const syncActionsRequest = 'dualWrite/sync/actions';
export interface SyncActionsParams extends SyncParams {
  readonly target: ActionTarget;
}
export type SyncActionsResult = readonly ActionView[] | null;

/** What Synchronize asks before it begins. */
export const syncQuestionsRequest = 'dualWrite/sync/questions';
export interface SyncQuestionsParams extends SyncParams {
  readonly rows: readonly CouplingName[];
}
export type SyncQuestionsResult = readonly SynchQuestionView[] | null;

/** What Set Up Coupling asks for a record; null where there is no such record. */
export const syncCouplingDialogRequest = 'dualWrite/sync/couplingDialog';
export interface SyncCouplingDialogParams extends SyncParams {
  readonly row: CouplingName;
}
export type SyncCouplingDialogResult = CouplingDialogView | null;

/** The records that Set Up Coupling offers, found as somebody types. */
export const syncCandidatesRequest = 'dualWrite/sync/candidates';
export interface SyncCandidatesParams extends SyncParams {
  readonly request: CandidatesRequest;
}
export type SyncCandidatesResult = CandidatesPage | null;

/** Select Coupling Criteria of a mapping; null where there is no such mapping. */
export const syncMatchDialogRequest = 'dualWrite/sync/matchDialog';
export interface SyncMatchDialogParams extends SyncParams {
  readonly mapping: string;
}
export type SyncMatchDialogResult = MatchDialogView | null;

/** "Why was this record skipped, failed, unchanged?" By the id of either side. */
export const syncExplainRequest = 'dualWrite/sync/explain';
export interface SyncExplainParams extends SyncParams {
  readonly mapping?: string;
  readonly id: string;
}
export type SyncExplainResult = ExplainedRecord | null;

/** Where the preview of a filter is (`FilterReference`, with the project's URI), and the record in it. */
export const syncFilterRequest = 'dualWrite/sync/filter';
export interface SyncFilterParams extends SyncParams, FilterSought {}
export type SyncFilterResult = FilterPlace | null;

/**
 * Runs an action. Answered when what it did is on disk. Cancelling the request ends it between two batches: every
 * record is whole, and the answer is `cancelled`. One run at a time; another one is refused meanwhile.
 */
export const syncRunRequest = 'dualWrite/sync/run';
export interface SyncRunParams extends SyncParams {
  readonly request: ActionRequest;
}
export type SyncRunResult =
  | (ActionResult & {
      /** The number to undo it by; absent where nothing changed. */
      readonly undo?: number;
    })
  | { readonly kind: 'cancelled'; readonly undo?: number }
  /** It was done, or begun, and could not be saved, or its thread ended. */
  | { readonly kind: 'failed'; readonly reason: Sentence };

/** How far a run has come; told between batches. */
export const syncProgressNotification = 'dualWrite/sync/progress';
export interface SyncProgress extends SyncParams {
  /** The action, or the mapping's job where the job queue started it. */
  readonly title: string;
  readonly mapping: string;
  readonly direction: JobDirection;
  readonly done: number;
  readonly total: number;
}

/** The actions that can be undone, the latest first. */
export const syncUndoableRequest = 'dualWrite/sync/undoable';
export interface UndoableAction {
  readonly number: number;
  readonly title: string;
  readonly at: number;
  /** Rows and couplings that it changed. */
  readonly rows: number;
  readonly couplings: number;
  /** Why it can't be undone any more: what it changed has changed since. */
  readonly refusal: Sentence | undefined;
}
export type SyncUndoableResult = readonly UndoableAction[] | null;

/** Undoes an action by its number; refused, and nothing changed, where a row has changed meanwhile. */
export const syncUndoRequest = 'dualWrite/sync/undo';
export interface SyncUndoParams extends SyncParams {
  readonly action: number;
}

/** A project changed: ask again for what is shown of it. Without one, the list of projects did. */
export const syncChangedNotification = 'dualWrite/sync/changed';
export interface SyncChanged {
  readonly project?: string;
}

/** Commands that the server asks the client to run, with a SyncMappingReference: they show it in the views. */
export const showSyncErrorsCommand = 'dualWrite.sync.showErrors';
export const showSyncMappingCommand = 'dualWrite.sync.showMapping';
export interface SyncMappingReference extends SyncParams {
  readonly mapping: string;
}

/** Command that the server asks the client to run, with SyncFilterParams: it previews a filter of a mapping. */
export const previewSyncFilterCommand = 'dualWrite.sync.previewFilter';
