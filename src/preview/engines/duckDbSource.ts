import type { DuckDBConnection } from '@duckdb/node-api';
import type { ComputedColumn } from '../computedColumns.ts';
import { LONGEST_RECORD, type NullRule } from '../rowFiles/rowFile.ts';
import { quotedForDuckDb as quoted } from './duckDbReadings.ts';
import type { EngineProblem } from './externalRows.ts';
import type { TextLayout } from './largeText.ts';

/** A file that is queried where it lies, of any size. */
export interface LargeFile {
  readonly path: string;
  /** How it is written as text, or that it is Parquet. */
  readonly layout: TextLayout | 'parquet';
  /** How NULL and the empty text are told apart in delimited text; Parquet has NULL. */
  readonly nullRule: NullRule;
  /** Columns that are added where the file lacks them. */
  readonly computed?: readonly ComputedColumn[];
}

/**
 * Opens a file under the name `source`, and counts its rows. Text is read as it should be, by as many threads as there
 * are; only where rows are too short it is read again by one thread, which fills them up: DuckDB can't do both where
 * cells hold line breaks.
 */
export async function openSource(connection: DuckDBConnection, file: LargeFile): Promise<number> {
  const { layout, path } = file;
  const readers =
    layout === 'parquet'
      ? [`read_parquet(${quoted(path)})`]
      : ['', ',null_padding=true,parallel=false'].map(
          (more) => `read_csv(${quoted(path)},${optionsFor(layout, file.nullRule)}${more})`,
        );
  for (const [index, reader] of readers.entries()) {
    try {
      await connection.run(`CREATE OR REPLACE VIEW source AS SELECT * FROM ${reader}`);
      const [[count = 0] = []] = await rowsOf(connection, 'SELECT count(*) FROM source');
      return Number(count);
    } catch (error) {
      if (index === readers.length - 1 || problemOf(error).kind !== 'refused') throw error;
    }
  }
  return 0;
}

function optionsFor({ delimiter, encoding }: TextLayout, nullRule: NullRule): string {
  const nulls =
    nullRule === 'empty'
      ? // A text that no file holds: DuckDB always has one that stands for NULL.
        `nullstr=${quoted('\uFFFF')}`
      : `nullstr='',allow_quoted_nulls=${String(nullRule === 'null')}`;
  const quotes = `delim='${delimiter}',quote='"',escape='"',comment=''`;
  // In bytes, of which a character has at most three.
  const line = `max_line_size=${3 * LONGEST_RECORD}`;
  return `all_varchar=true,header=true,encoding='${encoding}',${quotes},${line},${nulls}`;
}

/** What DuckDB says of a file, without its advice on options that nobody can set here. */
export function problemOf(error: unknown): EngineProblem {
  const reason = error instanceof Error ? error.message : String(error);
  const line = Number(/CSV Error on Line: (\d+)/u.exec(reason)?.[1] ?? 0);
  const lines = reason.split('\n');
  // A file that is not there is looked for as a folder, which is closed to it.
  if (
    /^(?:Permission|IO) Error: (?:Cannot access file|No files found|Cannot open file)/u.test(reason)
  ) {
    return { kind: 'file', problem: { kind: 'unreadable' } };
  }
  if (line === 0) {
    const told = lines.find((each) => !/sniffing file|^\s*$/u.test(each));
    return { kind: 'refused', reason: told ?? reason };
  }
  if (reason.includes('Invalid unicode')) return { kind: 'file', problem: { kind: 'noText' } };
  if (reason.includes('unterminated quote')) {
    return { kind: 'file', problem: { kind: 'openQuote', line } };
  }
  if (reason.includes('Maximum line size')) {
    return { kind: 'file', problem: { kind: 'longLine', line, limit: LONGEST_RECORD } };
  }
  const found = /Expected Number of Columns: (\d+) Found: (\d+)/u.exec(reason);
  // The one who can be helped: rows that are too short are filled up when they are read again.
  if (found !== null && Number(found[2]) < Number(found[1])) return { kind: 'refused', reason };
  if (found !== null) return { kind: 'file', problem: { kind: 'longRow', line } };
  return { kind: 'file', problem: { kind: 'broken', line, reason: lines[1] ?? reason } };
}

/** Results in whole: they are short, for counts are grouped and pages limited. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly (readonly unknown[])[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows();
}
