import type { Cell } from '../../filter/meaning/values.ts';
import type { ColumnTable } from '../columns.ts';

export type RowFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'xlsx' | 'sqlite';

/**
 * How NULL and the empty text are told apart in a file that has one sign for both. `quotes`: nothing between two
 * commas is NULL, `""` is the empty text. `null`: whatever is empty is NULL. `empty`: nothing is NULL.
 */
export type NullRule = (typeof nullRules)[number];
export const nullRules = ['quotes', 'null', 'empty'] as const;

export interface RowFileOptions {
  /** Undefined: by the format, and for delimited text by what the file itself shows. */
  readonly nullRule?: NullRule;
  /** Called now and then with the rows read so far; what it throws ends the reading. */
  readonly onProgress?: (rows: number) => void;
  /** A larger file is refused; undefined: `MOST_BYTES`. */
  readonly mostBytes?: number;
}

export interface RowFile {
  readonly table: ColumnTable;
  /** The rule that was used; undefined where the format itself has NULL. */
  readonly nullRule: NullRule | undefined;
  /** How many rows had more cells than there are columns; what stood there is left out. */
  readonly longRows: number;
}

export type RowFileProblem =
  | { readonly kind: 'empty' | 'unreadable' | 'noTable' | 'noText' }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string }
  /** A quote opens a cell in the record that begins with this line, and none ends it where a cell may end. */
  | { readonly kind: 'openQuote'; readonly line: number }
  /** More characters than a record may have. */
  | { readonly kind: 'longLine'; readonly line: number; readonly limit: number }
  /** More cells than there are columns, where what stands there can't be left out. */
  | { readonly kind: 'longRow'; readonly line: number }
  | { readonly kind: 'tooManyColumns'; readonly count: number; readonly limit: number }
  | { readonly kind: 'tooLarge'; readonly limit: number }
  /** A record that is no list of named values, counted from one. */
  | { readonly kind: 'noRecord'; readonly number: number };

export type ReadRowFile = { readonly value: RowFile } | { readonly problem: RowFileProblem };

/** SQL Server's limit of a table, and more than a person looks at. */
export const MOST_COLUMNS = 1024;

/** What a text file may have: a JavaScript text can't be much longer. */
export const MOST_BYTES = 400 * 1024 * 1024;

/** Characters of one record; a longer one is a quote that never ends. */
export const LONGEST_RECORD = 10_000_000;

/** Between two calls of `onProgress`. */
export const PROGRESS_STEP = 10_000;

export function formatOf(name: string): RowFormat | undefined {
  const ending = /\.([a-z0-9]+)$/iu.exec(name)?.[1]?.toLowerCase();
  switch (ending) {
    case 'csv':
    case 'tsv':
    case 'json':
    case 'jsonl':
    case 'xlsx':
    case 'sqlite':
      return ending;
    case 'ndjson':
      return 'jsonl';
    case 'tab':
      return 'tsv';
    case 'db':
    case 'sqlite3':
      return 'sqlite';
    default:
      return undefined;
  }
}

/** Column names as written, blanks around them left out; one without a name has its number. */
export const namesOf = (header: readonly (Cell | undefined)[]): readonly string[] =>
  header.map((name, index) => {
    const trimmed = name?.trim() ?? '';
    return trimmed === '' ? `#${index + 1}` : trimmed;
  });
