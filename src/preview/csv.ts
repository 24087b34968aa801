import { CsvError, parse } from 'csv-parse/sync';
import type { Cell } from '../filter/meaning/values.ts';

/** Rows of a data file. Column names are kept as written; they are found without regard to case. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type CsvProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/**
 * Reads comma-separated values with a header line.
 *
 * NULL and the empty text are told apart by quotes: nothing between two commas is NULL, `""` is the
 * empty text. A file from an export that never quotes holds NULL wherever it holds nothing.
 */
export function readCsv(
  text: string,
): { readonly value: DataTable } | { readonly problem: CsvProblem } {
  let records: Cell[][];
  try {
    records = parse(text, {
      bom: true,
      // Found out from the first line only, a file with mixed line ends would have a CR in its last cells.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { quoting }): Cell => (value === '' && !quoting ? null : value),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      problem: { kind: 'broken', line: Number(error['lines'] ?? 0), reason: error.message },
    };
  }
  const [header, ...rows] = records;
  if (header === undefined) return { problem: { kind: 'empty' } };
  const columns = header.map((name, index) => name?.trim() ?? `#${index + 1}`);
  return {
    value: { columns, rows: rows.map((row) => columns.map((_, index) => row[index] ?? null)) },
  };
}
