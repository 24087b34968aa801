import type { Engine } from '../engine.ts';
import type { SideName } from '../model/side.ts';
import type { FieldValues } from '../model/table.ts';
import { buryRow, insertRow, type RowChange, tableOf } from '../sides/localSide.ts';
import { deleteRow, editRows, reviveRow, rowNamed } from '../sides/people.ts';
import { blankOf, fieldOf, type RowTable } from '../store/rowTables.ts';
import type { GivenRow } from './rows.ts';

export interface AppliedRows {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/**
 * Takes over what somebody changed in a file of rows since it was read last: new rows, other values, rows that are gone.
 * Values that a run wrote meanwhile stay, for the file never held them.
 */
export function applyRows(
  engine: Engine,
  side: SideName,
  tableName: string,
  given: readonly GivenRow[],
): AppliedRows {
  const { store } = engine;
  const table = tableOf(engine.tables(), side, tableName);
  const before = readBefore(engine, side, tableName);
  const after = new Map(
    given.filter(({ deleted }) => !deleted).map(({ id, values }) => [id, values]),
  );
  const named = new Set(given.map(({ id }) => id));
  const counts = { added: 0, changed: 0, deleted: 0 };
  // Written together, but before whatever comes after them: a row may take the key that another one had.
  let edits: RowChange[] = [];
  const writeEdits = (): void => {
    if (edits.length > 0) editRows(engine, side, tableName, edits);
    edits = [];
  };
  store.transaction(() => {
    const alive = new Map(
      store.rows(`SELECT id, alive FROM ${table.rows}`).map(([id, is]) => [String(id), is === 1]),
    );
    for (const { id, values, modifiedAt, modifiedBy = 'somebody', deleted } of given) {
      const at = modifiedAt ?? engine.clock[side]();
      const person = { at, by: modifiedBy };
      const known = before.get(id);
      if (!alive.has(id)) {
        writeEdits();
        insertRow(store, table, id, values, person);
        if (deleted) buryRow(store, table, id, person);
        counts.added += 1;
        continue;
      }
      if (deleted) {
        if (alive.get(id) === true && !before.has(id)) continue;
        if (alive.get(id) === true) {
          writeEdits();
          deleteRow(engine, side, tableName, id, person);
          counts.deleted += 1;
        }
        continue;
      }
      if (alive.get(id) !== true) {
        // A run deleted it, and the file does not know; or somebody put it back.
        if (known !== undefined) continue;
        writeEdits();
        reviveRow(engine, side, tableName, id, person);
      }
      const changes = changesOf(known ?? rowNamed(engine, side, tableName, id) ?? {}, values);
      if (changes === undefined) continue;
      edits.push({ id, values: blanked(table, changes), ...person });
      counts.changed += 1;
    }
    writeEdits();
    for (const id of before.keys()) {
      if (named.has(id) || alive.get(id) !== true) continue;
      deleteRow(engine, side, tableName, id);
      counts.deleted += 1;
    }
    store.run('DELETE FROM given_rows WHERE side = ? AND name = ?', [side, tableName]);
    store.run('INSERT INTO given_rows(side, name, content) VALUES(?, ?, ?)', [
      side,
      tableName,
      JSON.stringify([...after]),
    ]);
  });
  return counts;
}

/** The rows of the file as they were read last. */
function readBefore(
  { store }: Engine,
  side: SideName,
  table: string,
): ReadonlyMap<string, FieldValues> {
  const kept = store.value('SELECT content FROM given_rows WHERE side = ? AND name = ?', [
    side,
    table,
  ]);
  return new Map(kept === null ? [] : (JSON.parse(String(kept)) as [string, FieldValues][]));
}

/** The fields that differ; undefined where none does. Null and the empty text are the same nothing. */
function changesOf(before: FieldValues, after: FieldValues): FieldValues | undefined {
  const changed = Object.entries(after).filter(
    ([name, value]) => (before[name] ?? '') !== (value ?? ''),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** Business Central has no null. */
const blanked = (table: RowTable, values: FieldValues): FieldValues =>
  table.side === 'Dataverse'
    ? values
    : Object.fromEntries(
        Object.entries(values).map(([name, value]) => {
          const field = fieldOf(table, name);
          return [name, value ?? (field === undefined ? null : blankOf(field))];
        }),
      );
