import { CsvError, parse } from 'csv-parse/sync';
import type { Cell } from '../../filter/meaning/values.ts';
import { type ColumnBuilder, columnBuilder } from '../columns.ts';
import {
  MOST_COLUMNS,
  namesOf,
  type NullRule,
  PROGRESS_STEP,
  type ReadRowFile,
  type RowFileOptions,
} from './rowFile.ts';

/** Characters of one record; a longer one is a quote that never ends. */
const LONGEST_RECORD = 10_000_000;

class TooManyColumns extends Error {
  readonly count: number;
  constructor(count: number) {
    super('too many columns');
    this.count = count;
  }
}

/**
 * Reads delimited text with a header line.
 *
 * NULL and the empty text are told apart by quotes if the file quotes an empty text anywhere; a file that never does
 * was written by an export that doesn't tell them apart, and holds NULL wherever it holds nothing.
 */
export function readDelimited(
  text: string,
  delimiter: ',' | '\t' | ';',
  { nullRule = ruleOf(text, delimiter), onProgress }: RowFileOptions = {},
): ReadRowFile {
  let builder: ColumnBuilder | undefined;
  let width = 0;
  let longRows = 0;
  try {
    parse(text, {
      bom: true,
      delimiter,
      // Found out from the first line only, a file with mixed line ends would have a CR in its last cells.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: delimiter === '\t',
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      // Asked cell by cell, the parser takes twice as long.
      ...(nullRule === 'quotes'
        ? { cast: (value, { quoting }): Cell => (value === '' && !quoting ? null : value) }
        : {}),
      // A record is kept in columns only; kept by the parser too, a million would be there twice.
      on_record: (record: readonly Cell[]) => {
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
    if (!(error instanceof CsvError)) throw error;
    return {
      problem: { kind: 'broken', line: Number(error['lines'] ?? 0), reason: error.message },
    };
  }
  return builder === undefined
    ? { problem: { kind: 'empty' } }
    : { value: { table: builder.finish(), nullRule, longRows } };
}

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
