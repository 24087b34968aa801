import type { DuckDBConnection } from '@duckdb/node-api';
import type { Condition } from '../../filter/meaning/condition.ts';
import { folded } from '../../filter/meaning/patterns.ts';
import type { Cell } from '../../filter/meaning/values.ts';
import { missingOf } from '../computedColumns.ts';
import { MOST_COLUMNS } from '../rowFiles/rowFile.ts';
import { withoutSpans } from '../judge.ts';
import type { CountedRows } from '../rowEngine.ts';
import { type JudgedRow, type RowPage, type RowQuery, verdicts } from '../rowStore.ts';
import { duckDbFunctions, openReadings, quotedForDuckDb as quoted } from './duckDbReadings.ts';
import { type LargeFile, openSource, problemOf, rowsOf } from './duckDbSource.ts';
import { duckDbOf } from './duckDbSql.ts';
import {
  type Answer,
  countsOf,
  type ExternalRows,
  MOST_FETCHED,
  withoutLosses,
} from './externalRows.ts';

export type DuckDb = typeof import('@duckdb/node-api');

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
  let opened: readonly { readonly closeSync: () => void }[] = [];
  const close = (): void => {
    for (const each of opened) each.closeSync();
  };
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      temp_directory: temporaryFolder,
    });
    opened = [instance];
    const connection = await instance.connect();
    opened = [connection, instance];
    for (const statement of [
      ...duckDbFunctions,
      `SET allowed_paths=[${quoted(file.path)}]`,
      'SET preserve_insertion_order=true',
      'SET enable_external_access=false',
      'SET lock_configuration=true',
    ]) {
      await connection.run(statement);
    }
    // Counting reads all of a text, which takes as long as a question about it.
    const counted = await within(connection, milliseconds, undefined, () =>
      openSource(connection, file),
    );
    if ('problem' in counted) {
      close();
      return counted;
    }
    const columns = (await rowsOf(connection, 'DESCRIBE source')).map(([name]) => String(name));
    // What rows have behind their last column is left out, as it is in memory.
    const own = file.layout === 'parquet' ? columns : columns.slice(0, file.layout.columns.length);
    if (own.length > MOST_COLUMNS) {
      close();
      const problem = { kind: 'tooManyColumns', count: own.length, limit: MOST_COLUMNS } as const;
      return { problem: { kind: 'file', problem } };
    }
    const labels = file.layout === 'parquet' ? own : file.layout.columns.slice(0, own.length);
    const added = missingOf(file.computed ?? [], labels);
    const places = new Map(labels.map((label, index) => [label, own[index] ?? label]));
    const names = [...labels, ...added.map(({ name }) => name)];
    const cells = [
      ...own.map((name) => `${identifier(name)}::VARCHAR`),
      ...added.map(
        ({ source, fallback }) =>
          `coalesce(${identifier(places.get(source) ?? source)}::VARCHAR,${fallback === null ? 'NULL' : quoted(fallback)})`,
      ),
    ];
    // Under names of our own: those of a file may be anything, and alike.
    const numbered = cells.map((cell, index) => `${cell} AS c${index}`);
    await connection.run(
      `CREATE VIEW data AS SELECT row_number() OVER () AS n,${numbered.join(',')} FROM source`,
    );
    return {
      value: {
        ...questions(connection, () => instance.connect(), names, milliseconds),
        engine: 'DuckDB',
        columns: names,
        rowCount: counted.value,
        isLimited: false,
        close: async () => close(),
      },
    };
  } catch (error) {
    close();
    return { problem: problemOf(error) };
  }
}

function questions(
  connection: DuckDBConnection,
  another: () => Promise<DuckDBConnection>,
  names: readonly string[],
  milliseconds: number,
): Pick<ExternalRows, 'counts' | 'page' | 'all' | 'row'> {
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

  const cells = names.map((_, index) => `c${index}`).join(',');
  /** The rows that a query finds. */
  const foundBy = (condition: Condition, query: RowQuery): string =>
    `FROM ${judged(condition, query.nullAsEmpty === true)} WHERE ${wantedOf(query, names)}`;

  return {
    counts: countsIn,

    async page(condition, query, offset, limit, signal) {
      const from = foundBy(condition, query);
      const total =
        (query.search ?? '') === ''
          ? await totalOf(condition, query, signal)
          : numberOf(await ask(`SELECT count(*) ${from}`, signal));
      if ('problem' in total) return total;
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

    async *all(condition, query, signal) {
      if (signal?.aborted === true) return yield CANCELLED;
      const own = await another();
      const stopped = stopperOf(own);
      let isCancelled = false;
      const cancel = (): void => {
        isCancelled = true;
        stopped.stop();
      };
      signal?.addEventListener('abort', cancel);
      try {
        const found = foundBy(condition, query);
        // A stream ends where a cell can't be read as it does at the last row: every cell is looked at before, and the
        // rows are counted.
        const looked = names.map((_, index) => `max(length(c${index}))`).join(',');
        const [[total = 0] = []] = await rowsOf(own, `SELECT count(*),${looked} ${found}`);
        const result = await own.stream(`SELECT ${cells} ${found}${orderOf(query, column)}`);
        let given = 0;
        for (;;) {
          const chunk = await result.fetchChunk();
          // What was interrupted ends as if there were no more, too.
          if (isCancelled) return yield CANCELLED;
          if (chunk === null || chunk.rowCount === 0) break;
          given += chunk.rowCount;
          yield { value: chunk.getRows().map((row) => row.map(cellIn)) };
        }
        if (given !== Number(total)) {
          yield { problem: { kind: 'file', problem: { kind: 'unreadable' } } };
        }
      } catch (error) {
        yield isCancelled ? CANCELLED : { problem: problemOf(error) };
      } finally {
        signal?.removeEventListener('abort', cancel);
        stopped.end();
        own.closeSync();
      }
    },

    async row(number) {
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

const CANCELLED = { problem: { kind: 'cancelled' } } as const;

/** Interrupts whatever runs on a connection, until it is told that nothing does. */
function stopperOf(connection: DuckDBConnection): {
  readonly stop: () => void;
  readonly end: () => void;
} {
  let again: NodeJS.Timeout | undefined;
  return {
    stop() {
      connection.interrupt();
      // Between the preparing of a statement and its start nothing runs that could be interrupted.
      again ??= setInterval(() => connection.interrupt(), 20);
    },
    end: () => clearInterval(again),
  };
}

/** Interrupts a question that takes too long or that nobody waits for any more. */
async function within<T>(
  connection: DuckDBConnection,
  milliseconds: number,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<Answer<T>> {
  if (signal?.aborted === true) return CANCELLED;
  let stopped: 'timeout' | 'cancelled' | undefined;
  const stopper = stopperOf(connection);
  const stop = (kind: 'timeout' | 'cancelled') => (): void => {
    stopped ??= kind;
    stopper.stop();
  };
  const cancel = stop('cancelled');
  const timer = setTimeout(stop('timeout'), milliseconds);
  signal?.addEventListener('abort', cancel);
  try {
    return { value: await ask() };
  } catch (error) {
    return { problem: stopped === undefined ? problemOf(error) : { kind: stopped } };
  } finally {
    clearTimeout(timer);
    stopper.end();
    signal?.removeEventListener('abort', cancel);
  }
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
