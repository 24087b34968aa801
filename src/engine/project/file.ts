import type { ConnectionFacts } from '../admin/facts.ts';
import type { IntegrationTableMapping, TemplateDefinition } from '../model/mapping.ts';
import type { EngineMode } from '../model/project.ts';
import type { FieldValues, TableDefinition } from '../model/table.ts';

/** A sync project as its file says it; docs/sync-project.md explains every part. */
export interface ProjectFile {
  readonly settings?: ProjectSettings;
  readonly businessCentral: SideFile;
  readonly dataverse: SideFile;
  /** Standard mappings by name; those of `mappings` stand before them. */
  readonly useDefaults?: readonly string[];
  readonly mappings?: readonly IntegrationTableMapping[];
  readonly optionMappings?: readonly OptionMapping[];
  readonly templates?: readonly TemplateDefinition[];
  readonly couplings?: readonly InitialCoupling[] | RowSource;
  readonly jobQueue?: readonly QueueFile[];
  readonly connection?: ConnectionFacts;
}

export interface ProjectSettings {
  readonly mode?: EngineMode;
  readonly integrationUser?: string;
  readonly jobUser?: string;
  readonly company?: string;
}

export interface SideFile {
  readonly tables: readonly TableFile[];
}

export interface TableFile extends TableDefinition {
  readonly rows?: readonly FieldValues[] | RowSource;
}

/** A file of rows, and which of its columns are not fields. */
export interface RowSource {
  /** Relative to the project; csv, tsv, json, jsonl, xlsx or sqlite. */
  readonly file: string;
  /** The column with SystemId or the id of the row; `SystemId`, `id` or the table's own id column if absent. */
  readonly idColumn?: string;
  readonly modifiedAtColumn?: string;
  readonly modifiedByColumn?: string;
}

/** A pair that is coupled before the first run; each side by its id or by the values of its primary key. */
export interface InitialCoupling {
  readonly mapping: string;
  readonly record: string;
  readonly integrationRecord: string;
  /** Both sides were agreed on as they stand. */
  readonly synchronized?: boolean;
  /** When they were synchronized last: what changed later is news of its side. */
  readonly synchronizedAt?: string;
}

export interface OptionMapping {
  readonly mapping: string;
  readonly record: string;
  readonly option: string;
}

export interface QueueFile {
  readonly mapping: string;
  readonly minutes?: number;
  readonly inactivityMinutes?: number;
  readonly priority?: number;
  readonly category?: string;
}
