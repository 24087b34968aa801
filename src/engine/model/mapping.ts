import type { IntegrationFieldMapping } from './fieldMapping.ts';
import type { MappingDirection } from './side.ts';
import type { FieldValues } from './table.ts';

export type DeletionConflictResolution = 'None' | 'Restore Records' | 'Remove Coupling';

export type UpdateConflictResolution =
  'None' | 'Send data update to integration table' | 'Get data update from integration table';

/** A row of Integration Table Mapping (table 5335, `bc-sync.md` 1.2): what the user set, not how far it got. */
export interface IntegrationTableMapping {
  readonly name: string;
  readonly table: string;
  readonly integrationTable: string;
  readonly direction: MappingDirection;
  /** A stored view of the table. */
  readonly tableFilter?: string;
  readonly integrationTableFilter?: string;
  /** True if absent. */
  readonly synchOnlyCoupledRecords?: boolean;
  readonly deletionConflictResolution?: DeletionConflictResolution;
  readonly updateConflictResolution?: UpdateConflictResolution;
  /** Templates for rows that are inserted in Business Central, by ascending priority. */
  readonly templates?: readonly ConfigTemplate[];
  readonly integrationTemplates?: readonly ConfigTemplate[];
  readonly fields: readonly IntegrationFieldMapping[];
  /** `A|B|C`: mappings whose full synchronisation comes first. */
  readonly dependencyFilter?: string;
  readonly synchAfterBulkCoupling?: boolean;
  readonly createNewInCaseOfNoMatch?: boolean;
  readonly uncoupleInBackground?: boolean;
  readonly disableEventJobRescheduling?: boolean;
  readonly multiCompanySynchEnabled?: boolean;
  /** An option: the integration table is the list of values of a column. */
  readonly uidType?: 'Guid' | 'Option';
  /** The mapping that this temporary one runs for (`bc-sync.md` 2.10). */
  readonly parentName?: string;
}

/** A configuration template and the condition under which it applies (`bc-sync.md` 2.8). */
export interface ConfigTemplate {
  readonly code: string;
  readonly priority?: number;
  /** A stored view of the source table; blank applies to every row. */
  readonly filter?: string;
}

/** The values a template writes into a new row. */
export interface TemplateDefinition {
  readonly code: string;
  readonly table: string;
  readonly values: FieldValues;
}
