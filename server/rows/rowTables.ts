import type { Condition } from '../../src/filter/meaning/condition.ts';
import type { Cell } from '../../src/filter/meaning/values.ts';
import type { RowsAsSql } from '../../src/preview/asSql.ts';
import type { CountedRows, LoadedRows, RowEngine, RowSource } from '../../src/preview/rowEngine.ts';
import { RowsLost } from '../../src/preview/rowsLost.ts';
import type { RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { GoOn } from '../../src/preview/sqliteCounts.ts';

/** A table for as long as somebody works with it. */
export interface RowTable {
  readonly counts: (condition: Condition) => Promise<CountedRows>;
  readonly page: (
    condition: Condition,
    query: RowQuery,
    offset: number,
    limit: number,
  ) => Promise<RowPage>;
  readonly row: (number: number) => Promise<readonly Cell[] | undefined>;
  /** Comma-separated values; in pieces where they may be more than a text can hold. */
  readonly csv: (
    condition: Condition,
    query: RowQuery,
    signal?: AbortSignal,
  ) => Promise<string> | AsyncIterable<CsvPiece>;
  /** What SQLite says of the counts; absent where the rows are asked for elsewhere. */
  readonly asSql?: (condition: Condition, goOn: GoOn) => Promise<RowsAsSql | undefined>;
}

/** Some lines, and how many rows they are. */
export interface CsvPiece {
  readonly text: string;
  readonly rows: number;
}

/** What became of a file: its table, or why there is none. */
export type UsedRows =
  | (Extract<LoadedRows, { kind: 'loaded' }> & { readonly table: RowTable })
  | Exclude<LoadedRows, { kind: 'loaded' }>
  /** The engine broke off; with the same file it would again. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface RowTables {
  /** Loads a file where it is not loaded yet; its table stays until `work` is done, whatever happens to the file. */
  readonly use: <T>(source: RowSource, work: (rows: UsedRows) => Promise<T>) => Promise<T>;
  /** Whether a file was asked for before. */
  readonly isKept: (source: RowSource) => boolean;
  /** A file is another one now. Answers whether it was loaded. */
  readonly changed: (uri: string) => boolean;
  /** Ends the reading of a file. */
  readonly stop: (uri: string) => void;
  /** Reads a file again whose reading was stopped or failed. */
  readonly retry: (uri: string) => void;
}

interface Kept {
  readonly source: RowSource;
  readonly key: string;
  readonly loaded: Promise<LoadedRows | { readonly kind: 'failed'; readonly reason: string }>;
  /** How many work with it. */
  users: number;
  /** Nobody is given it any more: it is forgotten by the last who works with it. */
  isRetired: boolean;
  isStopped: boolean;
  hasFailed: boolean;
  /** Known once it is loaded. */
  cells: number;
}

/** Cells that are kept, besides those in use: a million rows of 12 columns, three times. */
const MOST_CELLS = 36_000_000;

/**
 * The tables that filters were asked about, each loaded once.
 *
 * A table is forgotten by the last who works with it and never under somebody's hands: what is changed meanwhile is
 * given to the next who asks (test/unit/server/rowTables.test.ts).
 *
 * @param onProgress told of the rows read so far, and of the end of a reading that it was told of.
 */
export function rowTables(
  engine: RowEngine,
  onProgress: (uri: string, rows: number, isDone: boolean) => void,
): RowTables {
  const tables = new Map<string, Kept>();
  let loads = 0;

  const load = (source: RowSource): Kept => {
    loads += 1;
    const key = String(loads);
    let told = 0;
    const kept: Kept = {
      source,
      key,
      loaded: engine
        .load(key, source, (rows) => {
          told = rows;
          onProgress(source.uri, rows, false);
          return !kept.isStopped;
        })
        .catch((error: unknown) => ({ kind: 'failed' as const, reason: reasonOf(error) }))
        .then((loaded) => {
          kept.hasFailed = loaded.kind === 'failed' || loaded.kind === 'stopped';
          if (loaded.kind === 'loaded') kept.cells = loaded.rowCount * loaded.columns.length;
          if (told > 0) {
            onProgress(source.uri, loaded.kind === 'loaded' ? loaded.rowCount : told, true);
          }
          return loaded;
        }),
      users: 0,
      isRetired: false,
      isStopped: false,
      hasFailed: false,
      cells: 0,
    };
    return kept;
  };

  const release = ({ users, isRetired, key }: Kept): void => {
    // Where the thread has ended, so has its table.
    if (users === 0 && isRetired) engine.forget(key).catch(() => undefined);
  };

  const retire = (name: string, kept: Kept): void => {
    if (tables.get(name) === kept) tables.delete(name);
    if (kept.isRetired) return;
    kept.isRetired = true;
    release(kept);
  };

  /** The last that was used is the last to go. */
  const shrink = (): void => {
    let cells = 0;
    for (const [name, kept] of [...tables].toReversed()) {
      cells += kept.cells;
      if (cells > MOST_CELLS && kept.users === 0) retire(name, kept);
    }
  };

  const attempt = async <T>(
    source: RowSource,
    work: (rows: UsedRows) => Promise<T>,
  ): Promise<{ readonly value: T } | 'lost'> => {
    const name = JSON.stringify(source);
    const kept = tables.get(name) ?? load(source);
    tables.delete(name);
    tables.set(name, kept);
    kept.users += 1;
    try {
      const loaded = await kept.loaded;
      return {
        value: await work(
          loaded.kind === 'loaded' ? { ...loaded, table: tableOf(engine, kept.key) } : loaded,
        ),
      };
    } catch (error) {
      if (!(error instanceof RowsLost)) throw error;
      retire(name, kept);
      return 'lost';
    } finally {
      kept.users -= 1;
      release(kept);
      shrink();
    }
  };

  const keptOf = (uri: string): readonly (readonly [string, Kept])[] =>
    [...tables].filter(([, { source }]) => source.uri === uri);

  return {
    async use(source, work) {
      const first = await attempt(source, work);
      if (first !== 'lost') return first.value;
      const second = await attempt(source, work);
      if (second !== 'lost') return second.value;
      return work({ kind: 'failed', reason: 'the thread ended twice' });
    },
    isKept: (source) => tables.has(JSON.stringify(source)),
    changed(uri) {
      const found = keptOf(uri);
      for (const [name, kept] of found) retire(name, kept);
      return found.length > 0;
    },
    stop(uri) {
      for (const [, kept] of keptOf(uri)) kept.isStopped = true;
    },
    retry(uri) {
      for (const [name, kept] of keptOf(uri)) {
        if (kept.isStopped || kept.hasFailed) retire(name, kept);
      }
    },
  };
}

const tableOf = (engine: RowEngine, key: string): RowTable => ({
  counts: (condition) => engine.counts(key, condition),
  page: (condition, query, offset, limit) => engine.page(key, condition, query, offset, limit),
  row: (number) => engine.row(key, number),
  csv: (condition, query) => engine.csv(key, condition, query),
  asSql: (condition, goOn) => engine.asSql(key, condition, goOn),
});

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
