import type { BusinessRule } from '../model/table.ts';
import type { SqlStore } from '../store/database.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';
import { sqlOfView } from './view.ts';

/** The rule of a table that refuses a row as it stands now. */
export function refusingRule(
  store: SqlStore,
  table: RowTable,
  on: BusinessRule['on'],
  id: string,
): BusinessRule | undefined {
  return rulesOf(table, on).find(({ when }) => {
    const condition = sqlOfView(when, table, (field) => columnOf(table, field));
    return store.value(`SELECT 1 FROM ${table.rows} WHERE id = ? AND ${condition}`, [id]) === 1;
  });
}

export const rulesOf = (
  { definition }: RowTable,
  on: BusinessRule['on'],
): readonly BusinessRule[] => (definition.rules ?? []).filter((rule) => rule.on === on);
