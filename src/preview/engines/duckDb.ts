import type { DuckDBConnection } from '@duckdb/node-api';
import type { Condition } from '../../filter/meaning/condition.ts';
import { folded } from '../../filter/meaning/patterns.ts';
import type { Cell } from '../../filter/meaning/values.ts';
import type { NullRule } from '../rowFiles/rowFile.ts';
import { withoutSpans } from '../judge.ts';
import type { CountedRows } from '../rowEngine.ts';
import { type JudgedRow, type RowPage, type RowQuery, verdicts } from '../rowStore.ts';
import { duckDbFunctions, openReadings, quotedForDuckDb as quoted } from './duckDbReadings.ts';
import { duckDbOf } from './duckDbSql.ts';
import {
  type Answer,
  countsOf,
  type EngineProblem,
  type ExternalRows,
  MOST_FETCHED,
  withoutLosses,
} from './externalRows.ts';

export type DuckDb = typeof import('@duckdb/node-api');

/** A file that is queried where it lies, of any size. */
export interface LargeFile {
  readonly path: string;
  readonly format: 'csv' | 'tsv' | 'parquet';
  /** How NULL and the empty text are told apart in delimited text; Parquet has NULL. */
  readonly nullRule: NullRule;
}

export interface DuckDbLimits {
  /** After so many milliseconds a question is given up. */
  readonly milliseconds: number;
  /** Where DuckDB puts what memory does not hold. */
  readonly temporaryFolder: string;
}

/**
 * Opens a file for questions. DuckDB may read this file and write to the temporary folder: everything else outside,
 * the network and its own extensions included, is closed to it before the first filter comes.
 */
export async function openLargeFile(
  { DuckDBInstance }: DuckDb,
  file: LargeFile,
  { milliseconds, temporaryFolder }: DuckDbLimits,
): Promise<Answer<ExternalRows>> {
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      temp_directory: temporaryFolder,
    });
    const connection = await instance.connect();
    for (const statement of [
      ...duckDbFunctions,
      `SET allowed_paths=[${quoted(file.path)}]`,
      'SET preserve_insertion_order=true',
      'SET enable_external_access=false',
      'SET lock_configuration=true',
      `CREATE VIEW source AS SELECT * FROM ${readerOf(file)}`,
    ]) {
      await connection.run(statement);
    }
    const names = (await rowsOf(connection, 'DESCRIBE source')).map(([name]) => String(name));
    // Under names of our own: those of a file may be anything, and alike.
    const columns = names.map((name, index) => `${identifier(name)}::VARCHAR AS c${index}`);
    await connection.run(
      `CREATE VIEW data AS SELECT row_number() OVER () AS n,${columns.join(',')} FROM source`,
    );
    const [[rowCount = 0] = []] = await rowsOf(connection, 'SELECT count(*) FROM source');
    return {
      value: {
        ...questions(connection, names, milliseconds),
        engine: 'DuckDB',
        columns: names,
        rowCount: Number(rowCount),
        isLimited: false,
        async close() {
          connection.closeSync();
          instance.closeSync();
        },
      },
    };
  } catch (error) {
    return { problem: refusal(error) };
  }
}

function readerOf({ path, format, nullRule }: LargeFile): string {
  if (format === 'parquet') return `read_parquet(${quoted(path)})`;
  const nulls =
    nullRule === 'empty'
      ? // A text that no file holds: DuckDB always has one that stands for NULL.
        `nullstr=${quoted('\uFFFF')}`
      : `nullstr='',allow_quoted_nulls=${String(nullRule === 'null')}`;
  const delimiter = format === 'tsv' ? String.raw`,delim='\t'` : '';
  return `read_csv(${quoted(path)},all_varchar=true,header=true,null_padding=true,${nulls}${delimiter})`;
}

function questions(
  connection: DuckDBConnection,
  names: readonly string[],
  milliseconds: number,
): Pick<ExternalRows, 'counts' | 'page' | 'row'> {
  const indices = new Map(names.map((name, index) => [name.toLowerCase(), index]));
  const column = (field: string): string => {
    const index = indices.get(field.toLowerCase());
    // A column that the file lacks is NULL.
    return index === undefined ? 'NULL::VARCHAR' : `c${index}`;
  };
  /** The rows with their verdict as an index into `verdicts`. */
  const judged = (condition: Condition, nullAsEmpty: boolean): string => {
    const readings = openReadings();
    const asMeant = duckDbOf(condition, column, readings.of, true);
    const asWritten = nullAsEmpty ? asMeant : duckDbOf(condition, column, readings.of, false);
    const verdict = `CASE WHEN ${asWritten} THEN 0 WHEN ${asMeant} THEN 1 ELSE 2 END`;
    return `(SELECT *,${verdict} AS v FROM ${readings.over('data')})`;
  };
  // One after the other: to interrupt means whatever runs on the connection.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const answer = before.then(work);
    before = answer.catch(() => undefined);
    return answer;
  };
  const ask = (
    sql: string,
    signal: AbortSignal | undefined,
  ): Promise<Answer<readonly (readonly unknown[])[]>> =>
    inTurn(() => within(connection, milliseconds, signal, () => rowsOf(connection, sql)));

  /** Counts are followed by pages of the same filter, which are as long as they say. */
  let last: { readonly key: string; readonly counted: CountedRows } | undefined;
  const countsIn = async (
    condition: Condition,
    signal: AbortSignal | undefined,
  ): Promise<Answer<CountedRows>> => {
    const key = JSON.stringify(condition, withoutSpans);
    if (last?.key === key) return { value: last.counted };
    const found = await ask(
      `SELECT v,count(*) FROM ${judged(condition, false)} GROUP BY v`,
      signal,
    );
    if ('problem' in found) return found;
    const asWritten = countsOf(
      found.value.map(([code, count]) => [Number(code), Number(count)] as const),
    );
    last = { key, counted: { asWritten, nullAsEmpty: withoutLosses(asWritten) } };
    return { value: last.counted };
  };

  const totalOf = async (
    condition: Condition,
    { verdicts: wanted, nullAsEmpty = false }: RowQuery,
    signal: AbortSignal | undefined,
  ): Promise<Answer<number>> => {
    const counted = await countsIn(condition, signal);
    if ('problem' in counted) return counted;
    const { asWritten, nullAsEmpty: asMeant } = counted.value;
    const counts = nullAsEmpty ? asMeant : asWritten;
    return { value: wanted.reduce((sum, verdict) => sum + counts[verdict], 0) };
  };

  return {
    counts: countsIn,

    async page(condition, query, offset, limit, signal) {
      const from = `FROM ${judged(condition, query.nullAsEmpty === true)} WHERE ${wantedOf(query, names)}`;
      const total =
        (query.search ?? '') === ''
          ? await totalOf(condition, query, signal)
          : numberOf(await ask(`SELECT count(*) ${from}`, signal));
      if ('problem' in total) return total;
      const cells = names.map((_, index) => `c${index}`).join(',');
      const most = Math.min(limit, MOST_FETCHED);
      const found = await ask(
        `SELECT n,v,${cells} ${from}${orderOf(query, column)} LIMIT ${most} OFFSET ${offset}`,
        signal,
      );
      if ('problem' in found) return found;
      const page: RowPage = {
        total: total.value,
        rows: found.value.map(judgedRow),
      };
      return { value: page };
    },

    async row(number) {
      const cells = names.map((_, index) => `c${index}`).join(',');
      const found = await ask(`SELECT ${cells} FROM data WHERE n=${Math.trunc(number)}`, undefined);
      if ('problem' in found) return found;
      return { value: found.value[0]?.map(cellIn) };
    },
  };
}

const numberOf = (answer: Answer<readonly (readonly unknown[])[]>): Answer<number> =>
  'problem' in answer ? answer : { value: Number(answer.value[0]?.[0] ?? 0) };

function judgedRow([number, code, ...cells]: readonly unknown[]): JudgedRow {
  return {
    number: Number(number),
    verdict: verdicts[Number(code)] ?? 'dropped',
    cells: cells.map(cellIn),
  };
}

const cellIn = (value: unknown): Cell => (typeof value === 'string' ? value : null);

function wantedOf({ verdicts: wanted, search = '' }: RowQuery, names: readonly string[]): string {
  const codes = wanted.map((verdict) => verdicts.indexOf(verdict));
  const isWanted = codes.length === 0 ? 'FALSE' : `v IN (${codes.join(',')})`;
  if (search === '' || names.length === 0) return isWanted;
  const text = quoted(folded(search));
  const hits = names.map((_, index) => `contains(dw_folded(c${index}),${text})`);
  return `${isWanted} AND (${hits.join(' OR ')})`;
}

/**
 * NULL, then numbers, then texts, equals in the order of the file; descending, all of it is turned. DuckDB keeps the
 * order of a file where none is asked for, and then reads no further than the page.
 */
function orderOf({ sort }: RowQuery, column: (field: string) => string): string {
  if (sort === undefined) return '';
  const cell = column(sort.column);
  const direction = sort.isDescending ? 'DESC' : 'ASC';
  const number = `TRY_CAST(CASE WHEN dw_is_number(${cell}) THEN ${cell} END AS DOUBLE)`;
  const keys = [`${cell} IS NOT NULL`, `${number} IS NULL`, number, `dw_folded(${cell})`, 'n'];
  return ` ORDER BY ${keys.map((key) => `${key} ${direction}`).join(',')}`;
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Results in whole: they are short, for counts are grouped and pages limited. */
async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly (readonly unknown[])[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows();
}

/** Interrupts a question that takes too long or that nobody waits for any more. */
async function within<T>(
  connection: DuckDBConnection,
  milliseconds: number,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<Answer<T>> {
  if (signal?.aborted === true) return { problem: { kind: 'cancelled' } };
  let stopped: EngineProblem['kind'] | undefined;
  let again: NodeJS.Timeout | undefined;
  const stop = (kind: 'timeout' | 'cancelled') => (): void => {
    stopped ??= kind;
    connection.interrupt();
    // Between the preparing of a statement and its start nothing runs that could be interrupted.
    again ??= setInterval(() => connection.interrupt(), 20);
  };
  const cancel = stop('cancelled');
  const timer = setTimeout(stop('timeout'), milliseconds);
  signal?.addEventListener('abort', cancel);
  try {
    return { value: await ask() };
  } catch (error) {
    return {
      problem:
        stopped === 'timeout' || stopped === 'cancelled' ? { kind: stopped } : refusal(error),
    };
  } finally {
    clearTimeout(timer);
    clearInterval(again);
    signal?.removeEventListener('abort', cancel);
  }
}

const refusal = (error: unknown): EngineProblem => ({
  kind: 'refused',
  reason: error instanceof Error ? error.message : String(error),
});
