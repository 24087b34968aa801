import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { JobDirection } from '../model/side.ts';
import type { RowTable } from '../store/rowTables.ts';

/** What a transfer of fields goes between, and what its lookups reach. */
export interface TransferTables {
  readonly mapping: IntegrationTableMapping;
  readonly direction: JobDirection;
  readonly source: RowTable;
  readonly destination: RowTable;
  readonly all: readonly RowTable[];
  readonly mappings: readonly IntegrationTableMapping[];
}
