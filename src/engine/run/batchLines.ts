import type { SqlStore } from '../store/database.ts';

/** What the rows of a batch came to, counted once for everything that follows the plan. */
export interface BatchLines {
  /** How many rows take each line. */
  readonly rows: ReadonlyMap<string, number>;
  /** Rows that the faithful mode would have decided otherwise. */
  readonly deviations: number;
  /** Whether any destination keeps changes of its own. */
  readonly isKeeping: boolean;
}

/** The lines of the table `work`. */
export function batchLines(store: SqlStore): BatchLines {
  const found = store.rows(
    'SELECT line, count(*), sum(deviates), max(kept) FROM work GROUP BY line',
  );
  return {
    rows: new Map(found.map(([line, rows]) => [String(line), Number(rows)])),
    deviations: found.reduce((sum, [, , deviating]) => sum + Number(deviating), 0),
    isKeeping: found.some(([, , , kept]) => kept === 1),
  };
}

/** How many rows take one of some lines. */
export const rowsIn = ({ rows }: BatchLines, lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + (rows.get(line) ?? 0), 0);
