import type { JudgedRow, RowPage } from '../../src/preview/rowStore.ts';

/** Rows that are asked for at once. */
export const PAGE_ROWS = 100;

/** Pages that are kept; those that were looked at longest ago go first. */
const MOST_PAGES = 40;

/** The rows of one query as far as they were fetched. */
export interface Pages {
  readonly row: (index: number) => JudgedRow | undefined;
  /** Offsets of pages that are neither there nor asked for, of the rows from `first` to before `end`; now they are. */
  readonly missing: (first: number, end: number) => readonly number[];
  readonly put: (offset: number, page: RowPage) => void;
  /** All rows of the query; undefined until a page is there. */
  readonly total: () => number | undefined;
}

export function rowPages(): Pages {
  const pages = new Map<number, readonly JudgedRow[] | 'asked'>();
  let total: number | undefined;
  return {
    row(index) {
      const rows = pages.get(pageOf(index));
      return rows === undefined || rows === 'asked' ? undefined : rows[index % PAGE_ROWS];
    },
    missing(first, end) {
      const offsets: number[] = [];
      for (let offset = pageOf(first); offset < end; offset += PAGE_ROWS) {
        const rows = pages.get(offset);
        pages.delete(offset);
        pages.set(offset, rows ?? 'asked');
        if (rows === undefined) offsets.push(offset);
      }
      return offsets;
    },
    put(offset, page) {
      ({ total } = page);
      pages.set(offset, page.rows);
      for (const oldest of pages.keys()) {
        if (pages.size <= MOST_PAGES) break;
        pages.delete(oldest);
      }
    },
    total: () => total,
  };
}

const pageOf = (index: number): number => index - (index % PAGE_ROWS);
