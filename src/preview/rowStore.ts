import type { Condition } from '../filter/meaning/condition.ts';
import { folded } from '../filter/meaning/patterns.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { columnNamed, type ColumnTable, rowAt } from './columns.ts';
import { type Judge, judgeOf, TRUE, withoutSpans } from './judge.ts';

/**
 * What a filter does with a row. `lostToNull`: it is dropped because a field is NULL, and would be kept if the
 * field were empty, as it looks to X++ (`dualwrite.md` 4.2).
 */
export type Verdict = 'kept' | 'dropped' | 'lostToNull';

export const verdicts = ['kept', 'lostToNull', 'dropped'] as const satisfies readonly Verdict[];

export type Counts = Readonly<Record<Verdict, number>>;

export interface JudgedRow {
  /** One-based number of the row in its file, the header not counted. */
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly verdict: Verdict;
}

/** Which rows to show, and in which order. */
export interface RowQuery {
  readonly verdicts: readonly Verdict[];
  readonly sort?: { readonly column: string; readonly isDescending: boolean } | undefined;
  /** Rows in which any cell contains it, in whatever case; empty for all. */
  readonly search?: string | undefined;
  /** Whether NULL counts as the empty value, as it does once a filter is fixed: then no row is lost. */
  readonly nullAsEmpty?: boolean | undefined;
}

export interface RowPage {
  /** All rows that the query finds. */
  readonly total: number;
  readonly rows: readonly JudgedRow[];
}

/** A table in memory, asked for filter after filter. */
export interface RowStore {
  readonly table: ColumnTable;
  readonly counts: (condition: Condition, nullAsEmpty?: boolean) => Counts;
  readonly page: (condition: Condition, query: RowQuery, offset: number, limit: number) => RowPage;
  readonly row: (index: number) => readonly Cell[];
}

export function rowStore(table: ColumnTable): RowStore {
  const judge = judgeOf(table);
  const orders = new Map<string, Uint32Array>();
  const codesOf = lastOf((condition: Condition, nullAsEmpty: boolean) =>
    verdictCodes(judge, condition, nullAsEmpty),
  );
  let searched: { readonly text: string; readonly hits: Uint8Array } | undefined;

  const orderBy = (column: string): Uint32Array => {
    const known = orders.get(column);
    if (known !== undefined) return known;
    const order = ordered(table, column);
    orders.set(column, order);
    return order;
  };

  const hitsOf = (text: string): Uint8Array => {
    if (searched?.text !== text) searched = { text, hits: search(table, text) };
    return searched.hits;
  };

  return {
    table,
    counts(condition, nullAsEmpty = false) {
      const counts = [0, 0, 0];
      for (const code of codesOf(condition, nullAsEmpty)) {
        counts[code] = (counts[code] ?? 0) + 1;
      }
      const [kept = 0, lostToNull = 0, dropped = 0] = counts;
      return { kept, lostToNull, dropped };
    },
    page(
      condition,
      { verdicts: wanted, sort, search: text = '', nullAsEmpty = false },
      offset,
      limit,
    ) {
      const codes = codesOf(condition, nullAsEmpty);
      const isWanted = verdicts.map((verdict) => wanted.includes(verdict));
      const hits = text === '' ? undefined : hitsOf(text);
      const order = sort === undefined ? undefined : orderBy(sort.column);
      const rows: JudgedRow[] = [];
      let total = 0;
      for (let place = 0; place < table.rowCount; place += 1) {
        const turned = sort?.isDescending === true ? table.rowCount - 1 - place : place;
        const row = order === undefined ? turned : (order[turned] ?? 0);
        const code = codes[row] ?? 0;
        if (isWanted[code] !== true || (hits !== undefined && hits[row] !== 1)) continue;
        if (total >= offset && total < offset + limit) {
          const verdict = verdicts[code] ?? 'dropped';
          rows.push({ number: row + 1, cells: rowAt(table, row), verdict });
        }
        total += 1;
      }
      return { total, rows };
    },
    row: (index) => rowAt(table, index),
  };
}

/** Remembers what was found last, with and without NULL: counts are followed by pages of the same filter. */
function lastOf(find: (condition: Condition, nullAsEmpty: boolean) => Uint8Array) {
  const last: Record<'asWritten' | 'nullAsEmpty', { key: string; codes: Uint8Array } | undefined> =
    {
      asWritten: undefined,
      nullAsEmpty: undefined,
    };
  return (condition: Condition, nullAsEmpty: boolean): Uint8Array => {
    const kind = nullAsEmpty ? 'nullAsEmpty' : 'asWritten';
    const key = JSON.stringify(condition, withoutSpans);
    const known = last[kind];
    if (known?.key === key) return known.codes;
    const codes = find(condition, nullAsEmpty);
    last[kind] = { key, codes };
    return codes;
  };
}

/** Indices into `verdicts`. */
function verdictCodes(judge: Judge, condition: Condition, nullAsEmpty: boolean): Uint8Array {
  const asMeant = judge.answers(condition, true);
  const asWritten = nullAsEmpty ? asMeant : judge.answers(condition, false);
  const codes = new Uint8Array(asWritten.length);
  for (let row = 0; row < codes.length; row += 1) {
    codes[row] = asWritten[row] === TRUE ? 0 : asMeant[row] === TRUE ? 1 : 2;
  }
  return codes;
}

/** Row numbers by the cells of a column: NULL, then numbers, then texts as people sort them; equals stay in order. */
function ordered(table: ColumnTable, name: string): Uint32Array {
  const column = columnNamed(table, name);
  const order = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  if (column === undefined) return order;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const keys = column.cells.map((cell) => ({ cell, number: numberIn(cell) }));
  const places = keys
    .map((_, index) => index)
    .toSorted((a, b) => {
      const [left, right] = [keys[a], keys[b]];
      if (left === undefined || right === undefined) return 0;
      if (left.cell === null || right.cell === null) {
        return Number(left.cell !== null) - Number(right.cell !== null);
      }
      const [first, second] = [left.number, right.number];
      if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
      if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
      return collator.compare(left.cell, right.cell);
    });
  // Two cells of the same text have one rank, so that their rows stay in the order of the file.
  const ranks = new Uint32Array(keys.length);
  let rank = 0;
  for (const [place, index] of places.entries()) {
    const before = places[place - 1];
    if (before !== undefined && keys[before]?.cell !== keys[index]?.cell) rank += 1;
    ranks[index] = rank;
  }
  return countingSort(order, (row) => ranks[column.ids[row] ?? 0] ?? 0, rank + 1);
}

function countingSort(
  rows: Uint32Array,
  rankOf: (row: number) => number,
  rankCount: number,
): Uint32Array {
  const starts = new Uint32Array(rankCount + 1);
  for (const row of rows) {
    const next = rankOf(row) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let rank = 1; rank <= rankCount; rank += 1) {
    starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  }
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const rank = rankOf(row);
    const place = starts[rank] ?? 0;
    sorted[place] = row;
    starts[rank] = place + 1;
  }
  return sorted;
}

/** 1 for each row in which a cell contains the text. */
function search({ columns, rowCount }: ColumnTable, text: string): Uint8Array {
  const wanted = folded(text);
  const hits = new Uint8Array(rowCount);
  for (const { cells, ids } of columns) {
    const isHit = cells.map((cell) => cell !== null && folded(cell).includes(wanted));
    if (!isHit.includes(true)) continue;
    for (let row = 0; row < rowCount; row += 1) {
      if (isHit[ids[row] ?? 0] === true) hits[row] = 1;
    }
  }
  return hits;
}

const numberIn = (cell: Cell): number =>
  cell === null || cell.trim() === '' ? Number.NaN : Number(cell);
