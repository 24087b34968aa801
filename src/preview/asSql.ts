import type { SqlJsStatic } from 'sql.js';
import type { Condition } from '../filter/meaning/condition.ts';
import type { Counts, RowStore } from './rowStore.ts';
import { FIRST_KEPT, type GoOn, type SqliteRows, sqliteRows } from './sqliteCounts.ts';

/** What SQLite says of rows that the columns in memory have answered for. */
export interface RowsAsSql {
  readonly counts: Counts;
  /** Whether it counts as many rows of each verdict, and keeps the same ones at first. */
  readonly isSame: boolean;
}

/** The second opinion of SQLite: AND, OR, NOT and most comparisons are its own. */
export interface SecondOpinion {
  /**
   * Undefined where a question came later or `goOn` says no, where SQLite can't be asked (`SqliteRows`), and of more
   * than `MOST_ROWS_AS_SQL` rows.
   */
  readonly of: (
    store: RowStore,
    condition: Condition,
    goOn: GoOn,
  ) => Promise<RowsAsSql | undefined>;
  /** What was kept of the rows is let go. */
  readonly forget: (store: RowStore) => void;
}

/** Rows are in memory a second time for it. */
export const MOST_ROWS_AS_SQL = 200_000;

/** @param sqlJs asked for by the first question. */
export function secondOpinion(sqlJs: () => Promise<SqlJsStatic>): SecondOpinion {
  let kept: { readonly store: RowStore; readonly rows: SqliteRows } | undefined;
  let asked = 0;
  let before: Promise<unknown> = Promise.resolve();

  const forget = (): void => {
    kept?.rows.close();
    kept = undefined;
  };
  const rowsOf = async (store: RowStore): Promise<SqliteRows> => {
    if (kept?.store === store) return kept.rows;
    forget();
    const rows = sqliteRows(await sqlJs(), store.table);
    kept = { store, rows };
    return rows;
  };
  /** One after the other: an answer is asked for in slices, and others must not come between. */
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = before.then(work);
    before = result.catch(() => undefined);
    return result;
  };

  return {
    of(store, condition, goOn) {
      asked += 1;
      const number = asked;
      const isWanted: GoOn = async () => number === asked && (await goOn());
      return next(async () => {
        if (store.table.rowCount > MOST_ROWS_AS_SQL || !(await isWanted())) return undefined;
        const answer = await (await rowsOf(store)).ask(condition, isWanted);
        if (answer === undefined) return undefined;
        const { counts, first } = answer;
        const own = store.counts(condition);
        const { rows } = store.page(condition, { verdicts: ['kept'] }, 0, FIRST_KEPT);
        const isSame =
          counts.kept === own.kept &&
          counts.lostToNull === own.lostToNull &&
          rows.length === first.length &&
          rows.every(({ number: row }, index) => row === first[index]);
        return { counts, isSame };
      });
    },
    forget(store) {
      void next(async () => {
        if (kept?.store === store) forget();
      });
    },
  };
}
