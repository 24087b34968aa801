import type { CouplingName } from '../actions/coupledErrors.ts';
import { tablesOf } from '../coupling/couple.ts';
import { couplingDialog } from '../coupling/dialog.ts';
import { createsUnmatched, matchableFields, matchSettings } from '../coupling/matchSettings.ts';
import { nameOfRow } from '../coupling/names.ts';
import type { Engine } from '../engine.ts';
import { captionOf } from '../run/failures.ts';
import { mappingNamed } from '../store/mappings.ts';
import { fieldOf, type RowTable } from '../store/rowTables.ts';
import type { CouplingDialogView, MatchDialogView } from './views/couplingDialogs.ts';

/** Set Up Coupling of a record; undefined where no mapping has it. */
export function couplingDialogView(
  engine: Engine,
  row: CouplingName,
): CouplingDialogView | undefined {
  const mapping = mappingNamed(engine.store, row.mapping);
  if (mapping === undefined) return undefined;
  const { table, integrationTable } = tablesOf(engine, mapping);
  const { side, id, partner, actions, createNew } = couplingDialog(engine, row);
  const [own, other] =
    side === 'BusinessCentral' ? [table, integrationTable] : [integrationTable, table];
  const name = nameOfRow(engine.store, own, { id });
  if (name === undefined) return undefined;
  return {
    mapping: mapping.name,
    side,
    id,
    name,
    table: captionOf(own),
    partnerTable: captionOf(other),
    partner: partner === undefined ? undefined : nameOfRow(engine.store, other, { id: partner }),
    actions,
    canCreate: createNew !== undefined,
  };
}

/** Select Coupling Criteria of a mapping; undefined where there is no such mapping. */
export function matchDialogView(engine: Engine, name: string): MatchDialogView | undefined {
  const mapping = mappingNamed(engine.store, name);
  if (mapping === undefined) return undefined;
  const tables = tablesOf(engine, mapping);
  const isText = (table: RowTable, field: string): boolean =>
    ['text', 'code'].includes(fieldOf(table, field)?.type ?? '');
  return {
    ...matchSettings(mapping),
    updateConflictResolution: mapping.updateConflictResolution ?? 'None',
    fields: matchableFields(mapping, tables).map(({ field, integrationField }) => ({
      field,
      integrationField,
      isText: isText(tables.integrationTable, integrationField),
    })),
    direction: mapping.direction,
    canCreate: createsUnmatched(mapping) && mapping.direction !== 'FromIntegrationTable',
  };
}
