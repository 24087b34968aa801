import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import { reactivateJobs } from '../jobQueue/reactivate.ts';
import type { SideName } from '../model/side.ts';
import type { FieldValues } from '../model/table.ts';
import { take } from '../store/counters.ts';
import {
  buryRow,
  insertRow,
  readRow,
  type RowChange,
  type Stamp,
  tableOf,
  writeRows,
} from './localSide.ts';

/**
 * What people do in the two apps between the runs. Their apps have accepted it already, so no rule is asked.
 */
export interface Person {
  readonly by?: string;
  /** By the clock of the side if absent. */
  readonly at?: number;
}

const stampOf = (engine: Engine, side: SideName, { by = 'somebody', at }: Person): Stamp => ({
  by,
  at: at ?? engine.clock[side](),
});

/** Only Business Central wakes its jobs (`bc-oracle.md` N04, N05). */
function noticed(engine: Engine, side: SideName, table: string): void {
  if (side === 'BusinessCentral') reactivateJobs(engine, table);
}

/** Adds a row; answers its id, which is a new one if none is given. */
export function addRow(
  engine: Engine,
  side: SideName,
  table: string,
  values: FieldValues,
  { id, ...person }: Person & { readonly id?: string } = {},
): string {
  const { prefix, first } = id === undefined ? engine.ids.block(1) : { prefix: '', first: 0 };
  const known = id ?? idAt(prefix, first);
  const rows = tableOf(engine.tables(), side, table);
  engine.store.transaction(() => {
    insertRow(engine.store, rows, known, values, stampOf(engine, side, person));
    noticed(engine, side, table);
  });
  return known;
}

/** Changes fields of a row; no values at all only touch it. */
export function editRow(
  engine: Engine,
  side: SideName,
  table: string,
  id: string,
  values: FieldValues,
  person: Person = {},
): void {
  editRows(engine, side, table, [{ id, values, ...stampOf(engine, side, person) }]);
}

/** Changes fields of many rows, each of them once. */
export function editRows(
  engine: Engine,
  side: SideName,
  table: string,
  changes: readonly RowChange[],
): void {
  const rows = tableOf(engine.tables(), side, table);
  engine.store.transaction(() => {
    writeRows(engine.store, rows, changes);
    noticed(engine, side, table);
  });
}

export function deleteRow(
  engine: Engine,
  side: SideName,
  table: string,
  id: string,
  person: Person = {},
): void {
  const rows = tableOf(engine.tables(), side, table);
  engine.store.transaction(() => {
    buryRow(engine.store, rows, id, stampOf(engine, side, person));
    if (rows.definition.uncouplesOnDelete === true) {
      const rid = `(SELECT rid FROM ${rows.rows} WHERE id = ?1)`;
      engine.store.run(`DELETE FROM coupling WHERE bc_rid = ${rid} OR dv_rid = ${rid}`, [id]);
    }
  });
}

/** Brings a deleted row back under its id. */
export function reviveRow(
  engine: Engine,
  side: SideName,
  table: string,
  id: string,
  person: Person = {},
): void {
  const { rows } = tableOf(engine.tables(), side, table);
  const { at, by } = stampOf(engine, side, person);
  const { store } = engine;
  store.transaction(() =>
    store.run(
      `UPDATE ${rows} SET alive = 1, seq = ?, modified_at = ?, modified_by = ? WHERE id = ?`,
      [take(store, 'seq', 1) + 1, at, by, id],
    ),
  );
}

/** The row with an id as it stands, or undefined if there is none. */
export function rowNamed(
  engine: Engine,
  side: SideName,
  table: string,
  id: string,
): FieldValues | undefined {
  const row = readRow(engine.store, tableOf(engine.tables(), side, table), id);
  return row?.alive === true ? row.values : undefined;
}
