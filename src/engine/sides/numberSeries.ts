import type { FieldDefinition } from '../model/table.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import type { RowTable } from '../store/rowTables.ts';

/** Digits of a number of a series: C00001. */
export const SERIES_DIGITS = 5;

/** Whether a field is the key that the number series of its table fills in. */
export const isNumbered = ({ definition }: RowTable, { name }: FieldDefinition): boolean => {
  const [key, ...more] = definition.primaryKey ?? [];
  return (
    definition.numberSeries !== undefined &&
    more.length === 0 &&
    key?.toLowerCase() === name.toLowerCase()
  );
};

/** The next number of the series, if it is for this field. */
export function nextInSeries(
  store: SqlStore,
  table: RowTable,
  field: FieldDefinition,
): Cell | undefined {
  if (!isNumbered(table, field)) return undefined;
  const last = takeNumbers(store, table, 1);
  return `${table.definition.numberSeries}${String(last + 1).padStart(SERIES_DIGITS, '0')}`;
}

/** Takes a block of numbers; answers the one before its first. */
export function takeNumbers(store: SqlStore, { no }: RowTable, count: number): number {
  const last = Number(store.value('SELECT series_last FROM row_table WHERE no = ?', [no]));
  store.run('UPDATE row_table SET series_last = ? WHERE no = ?', [last + count, no]);
  return last;
}
