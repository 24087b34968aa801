import type { RowQuery } from '../../src/preview/rowStore.ts';
import type {
  SyncActionsParams,
  SyncCandidatesParams,
  SyncCouplingDialogParams,
  SyncCouplingsParams,
  SyncErrorsParams,
  SyncExplainParams,
  SyncFilterParams,
  SyncJobErrorsParams,
  SyncJobsParams,
  SyncMatchDialogParams,
  SyncProgress,
  SyncProject,
  SyncQuestionsParams,
  SyncRunParams,
  SyncUndoParams,
} from '../../src/service/protocol/sync.ts';

/** What a project answers, by the part of its request that the editor's requests end in. */
export type SyncQuestion =
  | PageQuestion
  | { readonly method: 'status' | 'stop' | 'reload' | 'close' }
  | { readonly method: 'undoable' }
  | { readonly method: 'schedule'; readonly params: SyncSchedule }
  | { readonly method: 'actions'; readonly params: SyncActionsParams }
  | { readonly method: 'run'; readonly params: SyncRunParams }
  | { readonly method: 'undo'; readonly params: SyncUndoParams };

/** What its pages answer. */
export type PageQuestion =
  | { readonly method: 'mappings' | 'review' }
  | { readonly method: 'errors'; readonly params: SyncErrorsParams }
  | { readonly method: 'couplings'; readonly params: SyncCouplingsParams }
  | { readonly method: 'jobs'; readonly params: SyncJobsParams }
  | { readonly method: 'jobErrors'; readonly params: SyncJobErrorsParams }
  | { readonly method: 'questions'; readonly params: SyncQuestionsParams }
  | { readonly method: 'couplingDialog'; readonly params: SyncCouplingDialogParams }
  | { readonly method: 'candidates'; readonly params: SyncCandidatesParams }
  | { readonly method: 'matchDialog'; readonly params: SyncMatchDialogParams }
  | { readonly method: 'explain'; readonly params: SyncExplainParams }
  | { readonly method: 'filter'; readonly params: SyncFilterParams }
  | { readonly method: 'filterRows'; readonly params: FilterRowsQuestion };

/** What is asked of the filter with a number, over the records of its side. */
export type FilterRowsQuestion = { readonly index: number } & (
  | { readonly kind: 'view' }
  | { readonly kind: 'counts' }
  | {
      readonly kind: 'page';
      readonly query: RowQuery;
      readonly offset: number;
      readonly limit: number;
    }
  | { readonly kind: 'row'; readonly number: number }
  | { readonly kind: 'csv'; readonly query: RowQuery }
);

/** What goes on without being asked for while the window is open. */
export interface SyncSchedule {
  readonly jobQueue: boolean;
  readonly retention: boolean;
}

export type SyncStatus = Pick<SyncProject, 'state' | 'trouble' | 'view' | 'running'>;

/** What a project says of itself. */
export type SyncEvent =
  | { readonly kind: 'progress'; readonly progress: SyncProgress }
  /** What is shown of it may be others now. */
  | { readonly kind: 'changed' };
