import type { Cell } from '../filter/meaning/values.ts';

/**
 * Rows by column. A column holds each of its distinct cells once, and for every row the number of its cell: what a
 * comparison answers is then found out once per distinct cell, and looked up per row.
 */
export interface ColumnTable {
  readonly columns: readonly Column[];
  readonly rowCount: number;
}

export interface Column {
  readonly name: string;
  /** Where nearly every cell is another, some may be here twice. */
  readonly cells: readonly Cell[];
  /** For each row the index of its cell. */
  readonly ids: Uint32Array;
}

export interface ColumnBuilder {
  /** Missing cells are NULL; what stands behind the last column is left out. */
  readonly add: (row: readonly (Cell | undefined)[]) => void;
  readonly rowCount: () => number;
  readonly finish: () => ColumnTable;
}

export function columnBuilder(names: readonly string[]): ColumnBuilder {
  const columns = names.map(growingColumn);
  let rowCount = 0;
  return {
    add(row) {
      // Not by entries(): this runs for every cell of a file.
      for (let index = 0; index < columns.length; index += 1) {
        columns[index]?.add(row[index] ?? null);
      }
      rowCount += 1;
    },
    rowCount: () => rowCount,
    finish: () => ({ columns: columns.map((column) => column.finish()), rowCount }),
  };
}

export const cellAt = ({ columns }: ColumnTable, column: number, row: number): Cell => {
  const found = columns[column];
  return found?.cells[found.ids[row] ?? 0] ?? null;
};

export const rowAt = (table: ColumnTable, row: number): readonly Cell[] =>
  table.columns.map((_, column) => cellAt(table, column, row));

/** Undefined for a name that no column has, in whatever case. */
export const columnNamed = (table: ColumnTable, name: string): Column | undefined =>
  table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());

/** What the cells of a column are, NULL and blanks aside; `mixed` also where there are none, or too many to look at. */
export type ColumnContents = 'numbers' | 'texts' | 'mixed';

/** Distinct cells that are looked at: elements of an enum are few. */
const MOST_LOOKED_AT = 1000;

export function contentsOf({ cells }: Column): ColumnContents {
  const told = cells.filter((cell) => cell !== null && cell.trim() !== '');
  if (told.length === 0 || told.length > MOST_LOOKED_AT) return 'mixed';
  const numbers = told.filter((cell) => !Number.isNaN(Number(cell))).length;
  if (numbers === told.length) return 'numbers';
  return numbers === 0 ? 'texts' : 'mixed';
}

/** From so many cells on, a column in which most are new is no longer searched for equal ones. */
const WORTH_SHARING = 50_000;

/** From so many on, one in which nearly every cell is new: keys and descriptions, which take most of the searching. */
const TELLING = 500;

function growingColumn(name: string): {
  readonly add: (cell: Cell) => void;
  readonly finish: () => Column;
} {
  const cells: Cell[] = [null];
  let known: Map<string, number> | undefined = new Map();
  let ids = new Uint32Array(1024);
  let count = 0;
  let nulls = 0;

  const idOf = (cell: Cell): number => {
    if (cell === null) {
      nulls += 1;
      return 0;
    }
    const shared = known?.get(cell);
    if (shared !== undefined) return shared;
    const id = cells.push(cell) - 1;
    known?.set(cell, id);
    if (id === TELLING && count - nulls < 1.02 * id) known = undefined;
    if (id === WORTH_SHARING && count < 2 * id) known = undefined;
    return id;
  };

  return {
    add(cell) {
      if (count === ids.length) {
        const grown = new Uint32Array(2 * ids.length);
        grown.set(ids);
        ids = grown;
      }
      ids[count] = idOf(cell);
      count += 1;
    },
    finish: () => ({ name, cells, ids: ids.slice(0, count) }),
  };
}
