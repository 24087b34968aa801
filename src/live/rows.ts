import { type Cell, collated } from '../filter/meaning/values.ts';
import type { Side } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Rehearsal, Row } from './model.ts';

export const cellOf = (row: Row, name: string): Cell | undefined => row.get(key(name));

/** As SQL Server and Dataverse compare texts; nothing is known to equal what is not known. */
export const sameCell = (left: Cell | undefined, right: Cell | undefined): boolean =>
  left === right ||
  (typeof left === 'string' && typeof right === 'string' && collated(left) === collated(right));

/** Whether a row has all these cells. */
const hasCells = (row: Row, cells: Row): boolean =>
  [...cells].every(([name, cell]) => row.has(name) && sameCell(row.get(name), cell));

/** The rows of both sides. */
export interface Rows {
  /** Whether somebody told of the table. */
  readonly has: (side: Side, table: string) => boolean;
  readonly of: (side: Side, table: string) => readonly Row[];
  readonly holds: (side: Side, table: string, row: Row) => boolean;
  /** The rows with all these cells, found by an index of one of them. */
  readonly find: (side: Side, table: string, cells: Row) => readonly Row[];
  /** A new row, another one in the place of one that is there, or one less. */
  readonly replace: (
    side: Side,
    table: string,
    before: Row | undefined,
    after: Row | undefined,
  ) => void;
  /** What is replaced from now on can be taken back. */
  readonly begin: () => void;
  readonly rollBack: () => void;
}

/** The rows of a table, and for each column that was asked for those with a value in it. */
interface Table {
  readonly rows: Set<Row>;
  readonly indexes: Map<string, Map<string, Set<Row>>>;
}

export function rowsOf({ rows }: Rehearsal): Rows {
  const tables = new Map<string, Table>();
  let journal: (() => void)[] = [];
  const tableOf = (side: Side, name: string): Table => {
    const place = placeOf(side, name);
    const table = tables.get(place) ?? { rows: new Set(), indexes: new Map() };
    tables.set(place, table);
    return table;
  };
  const of = (side: Side, name: string): readonly Row[] => [
    ...(tables.get(placeOf(side, name))?.rows ?? []),
  ];
  for (const side of ['fo', 'dataverse'] as const) {
    for (const { table, rows: own } of rows[side]) {
      const { rows: all } = tableOf(side, table.value);
      for (const row of own) all.add(row);
    }
  }
  return {
    has: (side, name) => tables.has(placeOf(side, name)),
    of,
    holds: (side, name, row) => tables.get(placeOf(side, name))?.rows.has(row) === true,
    find(side, name, cells) {
      const table = tables.get(placeOf(side, name));
      const [first] = cells;
      if (table === undefined || first === undefined) return of(side, name);
      const [column, cell] = first;
      const candidates = indexOf(table, column).get(valueOf(cell)) ?? [];
      return [...candidates].filter((row) => hasCells(row, cells));
    },
    replace(side, name, before, after) {
      const place = placeOf(side, name);
      const isNew = !tables.has(place);
      const table = tableOf(side, name);
      swap(table, before, after);
      journal.push(() => {
        swap(table, after, before);
        if (isNew) tables.delete(place);
      });
    },
    begin: () => void (journal = []),
    rollBack() {
      for (const undo of journal.toReversed()) undo();
      journal = [];
    },
  };
}

const placeOf = (side: Side, table: string): string => `${side} ${key(table)}`;

/** NULL has a place of its own, which no text can take. */
const valueOf = (cell: Cell): string => (cell === null ? '' : `=${collated(cell)}`);

function indexOf({ rows, indexes }: Table, column: string): Map<string, Set<Row>> {
  const known = indexes.get(column);
  if (known !== undefined) return known;
  const index = new Map<string, Set<Row>>();
  indexes.set(column, index);
  for (const row of rows) addTo(index, column, row);
  return index;
}

function addTo(index: Map<string, Set<Row>>, column: string, row: Row): void {
  const cell = row.get(column);
  if (cell === undefined) return;
  const value = valueOf(cell);
  const same = index.get(value);
  if (same === undefined) index.set(value, new Set([row]));
  else same.add(row);
}

function swap({ rows, indexes }: Table, before: Row | undefined, after: Row | undefined): void {
  if (before !== undefined && rows.delete(before)) {
    for (const [column, index] of indexes) {
      const cell = before.get(column);
      if (cell !== undefined) index.get(valueOf(cell))?.delete(before);
    }
  }
  if (after === undefined) return;
  rows.add(after);
  for (const [column, index] of indexes) addTo(index, column, after);
}
