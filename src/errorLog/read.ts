import { cellAt, type ColumnTable } from '../preview/columns.ts';
import type { ErrorLogEntry } from './model.ts';

/**
 * Names of columns, blanks and underscores aside, by what they hold, the surest first: exports of entities, tables and
 * views name them otherwise.
 */
const COLUMNS: Readonly<Record<keyof ErrorLogEntry, readonly RegExp[]>> = {
  message: [/verbose/iu, /^error(?:message|text|detail)/iu, /error|exception/iu, /message|log$/iu],
  time: [/logdate/iu, /^created(?:date|on)/iu, /datetime|timestamp/iu, /date|time/iu],
  entity: [/entityname/iu, /^entity/iu, /^(?:map|project)name/iu, /^table/iu],
  record: [/record(?:id|key|name)/iu, /^key/iu, /^refrecid/iu],
};

/** Columns of a number or a yes or no, whatever their names promise. */
const NO_TEXT = /(?:count|code|status|id|number|updated)$/iu;

/** The entries of an exported log; undefined where no column can hold a message. */
export function readErrorLog(table: ColumnTable): readonly ErrorLogEntry[] | undefined {
  const messages = columnsFor(table, 'message').filter(
    (column) => !NO_TEXT.test(nameOf(table, column)),
  );
  if (messages.length === 0) return undefined;
  const others = (field: keyof ErrorLogEntry): number | undefined =>
    columnsFor(table, field).find((column) => !messages.includes(column));
  const [time, entity, record] = [others('time'), others('entity'), others('record')];
  const text = (column: number | undefined, row: number): string =>
    column === undefined ? '' : (cellAt(table, column, row) ?? '').trim();
  return Array.from({ length: table.rowCount }, (_, row) => ({
    // The short text names the record, the verbose one the reason.
    message: [...new Set(messages.map((column) => text(column, row)))]
      .filter((each) => each !== '')
      .join('\n'),
    time: text(time, row),
    entity: text(entity, row),
    record: text(record, row),
  })).filter(({ message }) => message !== '');
}

const nameOf = ({ columns }: ColumnTable, column: number): string =>
  (columns[column]?.name ?? '').replaceAll(/[\s_-]/gu, '');

/** Columns whose names promise a field, the surest first. */
const columnsFor = (table: ColumnTable, field: keyof ErrorLogEntry): readonly number[] => [
  ...new Set(
    COLUMNS[field].flatMap((pattern) =>
      table.columns.flatMap((_, index) => (pattern.test(nameOf(table, index)) ? [index] : [])),
    ),
  ),
];
