import type { Cell } from '../filter/meaning/values.ts';
import { collated } from '../filter/meaning/values.ts';
import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Rehearsal, Row } from './model.ts';

export const cellOf = (row: Row, name: string): Cell | undefined => row.get(key(name));

/** As SQL Server and Dataverse compare texts; nothing is known to equal what is not known. */
export const sameCell = (left: Cell | undefined, right: Cell | undefined): boolean =>
  left === right ||
  (typeof left === 'string' && typeof right === 'string' && collated(left) === collated(right));

/** Whether a row has all these cells. */
export const hasCells = (row: Row, cells: Row): boolean =>
  [...cells].every(([name, cell]) => row.has(name) && sameCell(row.get(name), cell));

/** The rows of both sides. A transaction works on a copy, which counts once it is committed. */
export interface Rows {
  /** Undefined where nobody told of the table. */
  readonly of: (side: Side, table: string) => readonly Row[] | undefined;
  readonly put: (side: Side, table: string, rows: readonly Row[]) => void;
  readonly copy: () => Rows;
}

export function rowsOf({ rows }: Rehearsal): Rows {
  const tables = new Map<string, readonly Row[]>();
  for (const side of ['fo', 'dataverse'] as const) {
    for (const { table, rows: own } of rows[side]) {
      const name = nameOf(side, table.value);
      tables.set(name, [...(tables.get(name) ?? []), ...own]);
    }
  }
  return rowsIn(tables);
}

const nameOf = (side: Side, table: string): string => `${side} ${key(table)}`;

const rowsIn = (tables: Map<string, readonly Row[]>): Rows => ({
  of: (side, table) => tables.get(nameOf(side, table)),
  put: (side, table, rows) => void tables.set(nameOf(side, table), rows),
  copy: () => rowsIn(new Map(tables)),
});

/** The rows of a table with one more, or the same one changed. */
export function withRow(
  rows: readonly Row[],
  before: Row | undefined,
  after: Row | undefined,
): readonly Row[] {
  const place = before === undefined ? -1 : rows.indexOf(before);
  const others = place < 0 ? rows : rows.toSpliced(place, 1);
  if (after === undefined) return others;
  return place < 0 ? [...others, after] : others.toSpliced(place, 0, after);
}
