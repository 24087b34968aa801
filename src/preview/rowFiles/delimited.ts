import { CsvError, parse } from 'csv-parse/sync';
import type { Cell } from '../../filter/meaning/values.ts';
import { type ColumnBuilder, columnBuilder } from '../columns.ts';
import {
  LONGEST_RECORD,
  MOST_COLUMNS,
  namesOf,
  type NullRule,
  PROGRESS_STEP,
  type ReadRowFile,
  type RowFileOptions,
} from './rowFile.ts';

class TooManyColumns extends Error {
  readonly count: number;
  constructor(count: number) {
    super('too many columns');
    this.count = count;
  }
}

type Cells = readonly Cell[];

/** Where a quote opens a cell that it does not enclose: what no reading can put right. */
class StrayQuote extends Error {}

/**
 * Reads delimited text with a header line.
 *
 * NULL and the empty text are told apart by quotes if the file quotes an empty text anywhere; a file that never does
 * was written by an export that doesn't tell them apart, and holds NULL wherever it holds nothing.
 *
 * A quote inside a cell that is not quoted is text, as SQL Server and people write it: `a "b" c`, `5" pipe`, `"x" y`.
 */
export function readDelimited(
  text: string,
  delimiter: ',' | '\t' | ';',
  options: RowFileOptions = {},
): ReadRowFile {
  const nullRule = options.nullRule ?? ruleOf(text, delimiter);
  const strictly = readRecords(text, delimiter, { ...options, nullRule }, false);
  // To look at each record takes longer, so that only a file with such quotes is read in this way.
  return strictly ?? readRecords(text, delimiter, { ...options, nullRule }, true) ?? EMPTY;
}

const EMPTY: ReadRowFile = { problem: { kind: 'empty' } };

/** Undefined where quotes stand in bare cells though they are not expected. */
function readRecords(
  text: string,
  delimiter: string,
  { nullRule = 'null', onProgress }: RowFileOptions,
  hasBareQuotes: boolean,
): ReadRowFile | undefined {
  let builder: ColumnBuilder | undefined;
  let width = 0;
  let longRows = 0;
  /** The line that the record begins with which is being read, counted from one. */
  let line = 1;
  try {
    parse(text, {
      bom: true,
      delimiter,
      // Found out from the first line only, a file with mixed line ends would have a CR in its last cells.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: hasBareQuotes,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      // Asked cell by cell, the parser takes twice as long.
      ...(nullRule === 'quotes'
        ? { cast: (value, { quoting }): Cell => (value === '' && !quoting ? null : value) }
        : {}),
      raw: hasBareQuotes,
      // A record is kept in columns only; kept by the parser too, a million would be there twice.
      on_record: (read: Cells | { readonly record: Cells; readonly raw: string }, { lines }) => {
        const record = 'raw' in read ? read.record : read;
        if ('raw' in read && record.some((cell) => isStray(cell, read.raw))) throw new StrayQuote();
        line = lines + 1;
        if (builder === undefined) {
          if (record.length > MOST_COLUMNS) throw new TooManyColumns(record.length);
          width = record.length;
          builder = columnBuilder(namesOf(record));
          return undefined;
        }
        if (record.length > width) longRows += 1;
        builder.add(
          nullRule === 'null' ? record.map((cell) => (cell === '' ? null : cell)) : record,
        );
        if (builder.rowCount() % PROGRESS_STEP === 0) onProgress?.(builder.rowCount());
        return undefined;
      },
    });
  } catch (error) {
    if (error instanceof TooManyColumns) {
      const { count } = error;
      return { problem: { kind: 'tooManyColumns', count, limit: MOST_COLUMNS } };
    }
    if (error instanceof StrayQuote) return { problem: { kind: 'openQuote', line } };
    if (!(error instanceof CsvError)) throw error;
    switch (error.code) {
      case 'INVALID_OPENING_QUOTE':
      case 'CSV_INVALID_CLOSING_QUOTE':
        return undefined;
      case 'CSV_QUOTE_NOT_CLOSED':
        return { problem: { kind: 'openQuote', line } };
      case 'CSV_MAX_RECORD_SIZE':
        return { problem: { kind: 'longLine', line, limit: LONGEST_RECORD } };
      default:
        return {
          problem: { kind: 'broken', line: Number(error['lines'] ?? 0), reason: error.message },
        };
    }
  }
  return builder === undefined ? EMPTY : { value: { table: builder.finish(), nullRule, longRows } };
}

/** A cell that no quotes enclose ends with its line: a quote at its begin took the next lines with it. */
const isStray = (cell: Cell, raw: string): boolean =>
  cell?.startsWith('"') === true &&
  /[\r\n]/u.test(cell) &&
  !raw.includes(`"${cell.replaceAll('"', '""')}"`);

/** Whether an empty text stands in quotes anywhere, a cell of its own. */
function ruleOf(text: string, delimiter: string): NullRule {
  let at = text.indexOf('""');
  while (at >= 0) {
    const [before, after] = [text[at - 1], text[at + 2]];
    if (isBorder(before, delimiter) && isBorder(after, delimiter)) return 'quotes';
    at = text.indexOf('""', at + 2);
  }
  return 'null';
}

const isBorder = (character: string | undefined, delimiter: string): boolean =>
  character === undefined ||
  character === delimiter ||
  character === '\n' ||
  character === '\r' ||
  character === '\uFEFF';
