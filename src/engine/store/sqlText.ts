import type { Cell } from './database.ts';

/** A value as a literal of SQL. */
export const sqlText = (cell: Cell): string => {
  if (cell === null) return 'NULL';
  return typeof cell === 'number'
    ? String(cell)
    : `'${cell.replaceAll("'", "''").replaceAll('\0', '')}'`;
};
