import { comparisonsOf, isReadable } from '../../filter/meaning/condition.ts';
import type { FieldType } from '../../filter/tableFilter/meaning.ts';
import { analyseTableView } from '../../filter/tableFilter/analyse.ts';
import { sqliteOf } from '../../preview/sqlite.ts';
import { EngineRefusal, message } from '../model/message.ts';
import type { DataType } from '../model/table.ts';
import { fieldOf, type RowTable } from '../store/rowTables.ts';

/**
 * A stored view as a condition of SQL, over whatever expression stands for each field. Throws an EngineRefusal on
 * one that can't be read: it must stop a run, not let every row through (`bc-oracle.md` A10).
 */
export function sqlOfView(
  view: string | undefined,
  table: RowTable,
  column: (field: string) => string | undefined,
): string {
  if (view === undefined || view.trim() === '') return '1';
  const { value, problems } = analyseTableView(view, {
    typeOf: (name) => filterTypes[fieldOf(table, name)?.type ?? 'text'],
    nameOf: (number) => table.definition.fields.find((field) => field.number === number)?.name,
  });
  const isUnknown = comparisonsOf(value.meaning).some(({ left, right }) =>
    [left, right].some(
      (operand) => operand.kind === 'field' && fieldOf(table, operand.name) === undefined,
    ),
  );
  if (problems.length > 0 || isUnknown || !isReadable(value.meaning)) {
    throw new EngineRefusal(message('invalidView', { view, table: table.definition.name }));
  }
  // The comparisons take text, and what people call empty counts as the blank of Business Central.
  return sqliteOf(value.meaning, (name) => `CAST(${column(name) ?? 'NULL'} AS TEXT)`, true);
}

const filterTypes: Readonly<Record<DataType, FieldType>> = {
  text: 'text',
  code: 'code',
  integer: 'number',
  decimal: 'number',
  boolean: 'option',
  date: 'date',
  datetime: 'date',
  guid: 'code',
  option: 'option',
};
