import type { RecordName, Sentence } from './names.ts';

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
