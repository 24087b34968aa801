import { comparisonsOf, type Condition, isReadable } from '../../filter/meaning/condition.ts';
import type { FieldType } from '../../filter/tableFilter/meaning.ts';
import { analyseTableView } from '../../filter/tableFilter/analyse.ts';
import { printTableView } from '../../filter/tableFilter/printView.ts';
import { parseTableView } from '../../filter/tableFilter/view.ts';
import { sqliteOf } from '../../preview/sqlite.ts';
import { EngineRefusal, message } from '../model/message.ts';
import type { DataType, FieldDefinition } from '../model/table.ts';
import type { Cell } from '../store/database.ts';
import { fieldOf, type RowTable } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';

/** A stored view as Business Central's GetView writes it; one that can't be read as it stands. */
export function viewText(view = ''): string {
  const { value, problems } = parseTableView(view);
  return problems.length > 0 ? view : printTableView(value);
}

/**
 * What a stored view keeps of a table. Throws an EngineRefusal on one that can't be read: it must stop a run, not let
 * every row through (`bc-oracle.md` A10).
 */
export function meaningOfView(view: string, table: RowTable): Condition {
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
  return value.meaning;
}

/** A stored view as a condition of SQL, over whatever expression stands for each field. Throws as `meaningOfView`. */
export function sqlOfView(
  view: string | undefined,
  table: RowTable,
  column: (field: string) => string | undefined,
): string {
  if (view === undefined || view.trim() === '') return '1';
  const meaning = meaningOfView(view, table);
  // The comparisons take text, and what people call empty counts as the blank of Business Central.
  return sqliteOf(
    meaning,
    (name) => {
      const stored = column(name) ?? 'NULL';
      const field = fieldOf(table, name);
      const words = field === undefined ? undefined : wordsOf(field, wordsMetBy(meaning, name));
      return words === undefined
        ? `CAST(${stored} AS TEXT)`
        : `CASE ${stored} ${words.map((word, index) => `WHEN ${index} THEN ${sqlText(word)}`).join(' ')} ELSE CAST(${stored} AS TEXT) END`;
    },
    true,
  );
}

/** A stored cell as text, as a view compares it; the word of an option, unless the view compares its number. */
export function cellTextOf(
  field: FieldDefinition,
  meaning: Condition,
): (stored: Cell) => string | null {
  const words = wordsOf(field, wordsMetBy(meaning, field.name));
  return (stored) => {
    if (stored === null) return null;
    return (typeof stored === 'number' ? words?.[stored] : undefined) ?? String(stored);
  };
}

/** What a view compares a field with, as written. */
const wordsMetBy = (meaning: Condition, name: string): readonly string[] =>
  comparisonsOf(meaning).flatMap(({ left, right }) => {
    const isMet = left.kind === 'field' && left.name.toLowerCase() === name.toLowerCase();
    if (!isMet || right.kind !== 'literal') return [];
    const { value } = right;
    return value.type === 'text' ? [value.text] : value.type === 'enum' ? [value.element] : [];
  });

/** A row holds the number of an option or a flag; views name it by its word, and by its number as well. */
function wordsOf(
  { type, options = [] }: FieldDefinition,
  met: readonly string[],
): readonly string[] | undefined {
  if (met.every((word) => /^\d+$/u.test(word))) return undefined;
  if (type === 'option')
    return options.length === 0 ? undefined : options.map((word) => word.trim());
  if (type !== 'boolean') return undefined;
  return met.some((word) => /^(?:true|false)$/iu.test(word)) ? ['false', 'true'] : ['No', 'Yes'];
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
