import type { Condition } from '../../filter/meaning/condition.ts';
import type { Cell } from '../../filter/meaning/values.ts';
import type { RowFileProblem } from '../rowFiles/rowFile.ts';
import type { CountedRows } from '../rowEngine.ts';
import { type Counts, type RowPage, type RowQuery, verdicts } from '../rowStore.ts';

/**
 * Rows that stay where they are and are judged there, by an engine that answers as SQL Server does. It is asked the
 * same questions as a table in memory (src/preview/rowEngine.ts).
 */
export interface ExternalRows {
  /** Who answers, by the name people know: `DuckDB`. */
  readonly engine: string;
  readonly columns: readonly string[];
  /** All rows; where `isLimited`, those that are looked at. */
  readonly rowCount: number;
  /** Whether there are more rows than are looked at. */
  readonly isLimited: boolean;
  readonly counts: (condition: Condition, signal?: AbortSignal) => Promise<Answer<CountedRows>>;
  /** Of each row its number in the order of the table. */
  readonly page: (
    condition: Condition,
    query: RowQuery,
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ) => Promise<Answer<RowPage>>;
  /**
   * All rows that a query finds, in its order, some at a time; a problem is the last of them. It may take as long as it
   * takes, and whoever counts or looks at pages meanwhile need not wait for it.
   */
  readonly all: (
    condition: Condition,
    query: RowQuery,
    signal?: AbortSignal,
  ) => AsyncIterable<Answer<readonly (readonly Cell[])[]>>;
  /** The cells of a row by its number, counted from one; undefined where there is none. */
  readonly row: (number: number) => Promise<Answer<readonly Cell[] | undefined>>;
  readonly close: () => Promise<void>;
}

export type Answer<T> = { readonly value: T } | { readonly problem: EngineProblem };

export type EngineProblem =
  /** It took longer than it may, or was stopped. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }
  /** A database keeps an enum as a number, and metadata doesn't tell that of this element. */
  | { readonly kind: 'unknownElement'; readonly element: string }
  | { readonly kind: 'missingView'; readonly view: string }
  | { readonly kind: 'missingColumn'; readonly column: string }
  /** More values than a statement may have. */
  | { readonly kind: 'tooLong' }
  /** The file with the rows is not as it should be. */
  | { readonly kind: 'file'; readonly problem: RowFileProblem }
  /** In the engine's own words. */
  | { readonly kind: 'refused'; readonly reason: string };

/** At most so many rows are fetched at once, whatever is asked for. */
export const MOST_FETCHED = 10_000;

/** Counts by indices into `verdicts`, as a statement groups them. */
export function countsOf(codes: readonly (readonly [code: number, count: number])[]): Counts {
  const byCode = new Map(codes);
  const [kept = 0, lostToNull = 0, dropped = 0] = verdicts.map((_, code) => byCode.get(code) ?? 0);
  return { kept, lostToNull, dropped };
}

/** What is counted once NULL counts as the empty value: what was lost is kept. */
export const withoutLosses = ({ kept, lostToNull, dropped }: Counts): Counts => ({
  kept: kept + lostToNull,
  lostToNull: 0,
  dropped,
});
