import type { Condition } from '../filter/meaning/condition.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { type RowsAsSql, secondOpinion } from './asSql.ts';
import { type ColumnContents, contentsOf } from './columns.ts';
import { type ComputedColumn, withComputedColumns } from './computedColumns.ts';
import { csvOf } from './exportRows.ts';
import { type RowReader, readRowFile } from './rowFiles/readRowFile.ts';
import type { NullRule, RowFileProblem } from './rowFiles/rowFile.ts';
import { RowsLost } from './rowsLost.ts';
import { type Counts, type RowPage, type RowQuery, type RowStore, rowStore } from './rowStore.ts';
import type { GoOn } from './sqliteCounts.ts';

/** A file whose rows are to be loaded. */
export interface RowSource {
  readonly uri: string;
  /** What the table may be called in a file of several. */
  readonly tableNames: readonly string[];
  /** Null for what the file itself shows. */
  readonly nullRule: NullRule | null;
  readonly computed: readonly ComputedColumn[];
}

/** What is known of loaded rows: data alone, so that it can be sent between threads. */
export type LoadedRows =
  | {
      readonly kind: 'loaded';
      readonly columns: readonly string[];
      /** For each column what it holds. */
      readonly contents: readonly ColumnContents[];
      readonly rowCount: number;
      /** Undefined where the format itself has NULL. */
      readonly nullRule: NullRule | undefined;
      readonly longRows: number;
    }
  | { readonly kind: 'problem'; readonly problem: RowFileProblem }
  | { readonly kind: 'stopped' };

export interface CountedRows {
  readonly asWritten: Counts;
  /** What would be kept if NULL counted as the empty value. */
  readonly nullAsEmpty: Counts;
}

/**
 * Tables by key, asked for filter after filter. Where there are threads it runs in one of its own, for a million rows
 * take seconds to read (server/rows/rowThread.ts).
 *
 * Throws `RowsLost` where there is no table of that key, and where the thread that had it has ended.
 */
export interface RowEngine {
  /**
   * @param onProgress called now and then with the rows read so far; answers whether to go on.
   */
  readonly load: (
    key: string,
    source: RowSource,
    onProgress: (rows: number) => boolean,
  ) => Promise<LoadedRows>;
  readonly counts: (key: string, condition: Condition) => Promise<CountedRows>;
  readonly page: (
    key: string,
    condition: Condition,
    query: RowQuery,
    offset: number,
    limit: number,
  ) => Promise<RowPage>;
  /** The cells of a row by its number, counted from one; undefined where there are fewer. */
  readonly row: (key: string, number: number) => Promise<readonly Cell[] | undefined>;
  /** The rows that a query finds as comma-separated values. */
  readonly csv: (key: string, condition: Condition, query: RowQuery) => Promise<string>;
  /** What SQLite says of the counts (`SecondOpinion`); undefined where it is not asked to the end. */
  readonly asSql: (key: string, condition: Condition, goOn: GoOn) => Promise<RowsAsSql | undefined>;
  readonly forget: (key: string) => Promise<void>;
}

class Stopped extends Error {}

/** Tables in this very thread. */
export function rowEngine(reader: RowReader): RowEngine {
  const stores = new Map<string, RowStore>();
  const opinion = secondOpinion(reader.sqlJs);
  const storeOf = (key: string): RowStore => {
    const store = stores.get(key);
    if (store === undefined) throw new RowsLost(key);
    return store;
  };

  return {
    async load(key, { uri, tableNames, nullRule, computed }, onProgress) {
      try {
        const read = await readRowFile(uri, tableNames, reader, {
          ...(nullRule === null ? {} : { nullRule }),
          onProgress(rows) {
            if (!onProgress(rows)) throw new Stopped();
          },
        });
        if ('problem' in read) return { kind: 'problem', problem: read.problem };
        const { table, nullRule: used, longRows } = read.value;
        const store = rowStore(withComputedColumns(table, computed));
        stores.set(key, store);
        return {
          kind: 'loaded',
          columns: store.table.columns.map(({ name }) => name),
          contents: store.table.columns.map(contentsOf),
          rowCount: store.table.rowCount,
          nullRule: used,
          longRows,
        };
      } catch (error) {
        if (error instanceof Stopped) return { kind: 'stopped' };
        throw error;
      }
    },
    counts: async (key, condition) => countsIn(storeOf(key), condition),
    page: async (key, condition, query, offset, limit) =>
      storeOf(key).page(condition, query, offset, limit),
    row: async (key, number) => numberedRow(storeOf(key), number),
    csv: async (key, condition, query) => csvIn(storeOf(key), condition, query),
    asSql: async (key, condition, goOn) => opinion.of(storeOf(key), condition, goOn),
    async forget(key) {
      const store = stores.get(key);
      if (store !== undefined) opinion.forget(store);
      stores.delete(key);
    },
  };
}

export const countsIn = (store: RowStore, condition: Condition): CountedRows => ({
  asWritten: store.counts(condition),
  nullAsEmpty: store.counts(condition, true),
});

export const numberedRow = (store: RowStore, number: number): readonly Cell[] | undefined =>
  Number.isSafeInteger(number) && number >= 1 && number <= store.table.rowCount
    ? store.row(number - 1)
    : undefined;

export const csvIn = (store: RowStore, condition: Condition, query: RowQuery): string =>
  csvOf(
    store.table.columns.map(({ name }) => name),
    foundRows(store, condition, query),
  );

/** Rows that are held at a time, so that a million of them are not there twice. */
const CHUNK = 20_000;

function* foundRows(
  store: RowStore,
  condition: Condition,
  query: RowQuery,
): Generator<readonly Cell[]> {
  for (let offset = 0, total = 1; offset < total; offset += CHUNK) {
    const page = store.page(condition, query, offset, CHUNK);
    total = page.total;
    for (const { cells } of page.rows) yield cells;
  }
}
