import type { DeletionConflictResolution, UpdateConflictResolution } from '../../model/mapping.ts';
import type { EngineMode } from '../../model/project.ts';
import type { QueueStatus } from '../../model/queue.ts';
import type { MappingDirection } from '../../model/side.ts';
import type { FieldValue } from '../../model/table.ts';
import type { JobView } from './jobs.ts';
import type { Sentence } from './names.ts';

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
  /**
   * Records without a partner that every run has passed, although the mapping creates partners: it was not to when they
   * were examined, or they were uncoupled since. Full synchronization is due for them (`bc-oracle.md` I27).
   */
  readonly notYetCreated: number;
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
