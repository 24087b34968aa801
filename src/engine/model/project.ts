import type { IntegrationTableMapping, TemplateDefinition } from './mapping.ts';
import type { TableDefinition } from './table.ts';

/**
 * `faithful` decides as Business Central does; `improved` merges per field against the base and drops the
 * product's losses (`bc-sync.md` 9.1).
 */
export type EngineMode = 'faithful' | 'improved';

/** Everything a person sets up; rows, couplings and logs live in the store. */
export interface EngineProject {
  readonly mode?: EngineMode;
  /** The user of Dataverse that the connection writes as; its changes are an echo. */
  readonly integrationUser?: string;
  /** Whoever runs the jobs in Business Central. */
  readonly jobUser?: string;
  readonly tables: readonly TableDefinition[];
  readonly integrationTables: readonly TableDefinition[];
  readonly mappings: readonly IntegrationTableMapping[];
  readonly templates?: readonly TemplateDefinition[];
  readonly connectionEnabled?: boolean;
  readonly company?: string;
}
