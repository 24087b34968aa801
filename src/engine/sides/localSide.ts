import { idAt, type Ids } from '../model/ids.ts';
import { foreignText, message } from '../model/message.ts';
import type { SideName } from '../model/side.ts';
import type { BusinessRule, FieldValues, Row, Written } from '../model/table.ts';
import { refusingRule } from '../run/rules.ts';
import { take } from '../store/counters.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import { archive, blankOf, cellOf, type RowTable, valueOf } from '../store/rowTables.ts';
import { nextInSeries } from './numberSeries.ts';
import type { Side } from './side.ts';

interface LocalSide {
  readonly store: SqlStore;
  readonly tables: () => readonly RowTable[];
  readonly side: SideName;
  readonly now: () => number;
  readonly ids: Ids;
  readonly user: () => string;
}

/** A side whose rows lie in the store themselves: no app behind them, but its rules. */
export function localSide({ store, tables, side, now, ids, user }: LocalSide): Side {
  const tableNamed = (name: string): RowTable => tableOf(tables(), side, name);

  const guarded = (table: RowTable, on: BusinessRule['on'], work: () => Row): Written =>
    store.transaction(() => {
      const row = work();
      const rule = refusingRule(store, table, on, row.id);
      return rule === undefined ? { kind: 'written', row } : new Refused(rule).throw();
    });

  const answered = (work: () => Written): Written => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Refused) {
        const { error: text, transient = false } = error.rule;
        return { kind: 'refused', error: foreignText(text), transient };
      }
      throw error;
    }
  };

  const readById = (name: string, id: string): Row | undefined => {
    const row = readRow(store, tableNamed(name), id);
    return row?.alive === true ? row : undefined;
  };

  const current = (name: string, id: string, version: number): Written | undefined => {
    const row = readById(name, id);
    return row?.version === version ? undefined : { kind: 'stale', row };
  };

  return {
    readById,
    readChangedSince(name, version, limit) {
      const table = tableNamed(name);
      return store
        .rows(`SELECT id FROM ${table.rows} WHERE seq > ? ORDER BY seq LIMIT ?`, [version, limit])
        .flatMap(([id]) => {
          const row = readRow(store, table, String(id));
          return row === undefined
            ? []
            : [{ id: row.id, version: row.version, row: row.alive ? row : undefined }];
        });
    },
    insert: (name, values) =>
      answered(() => {
        const table = tableNamed(name);
        const { prefix, first } = ids.block(1);
        const id = idAt(prefix, first);
        return guarded(table, 'insert', () => {
          insertRow(store, table, id, values, { at: now(), by: user() });
          return rowAt(store, table, id);
        });
      }),
    write: (name, id, version, values) =>
      answered(
        () =>
          current(name, id, version) ??
          guarded(tableNamed(name), 'modify', () => {
            const table = tableNamed(name);
            writeRow(store, table, id, values, { at: now(), by: user() });
            return rowAt(store, table, id);
          }),
      ),
    delete: (name, id, version) =>
      answered(
        () =>
          current(name, id, version) ??
          guarded(tableNamed(name), 'delete', () => {
            const table = tableNamed(name);
            const row = rowAt(store, table, id);
            buryRow(store, table, id, { at: now(), by: user() });
            return row;
          }),
      ),
  };
}

class Refused extends Error {
  readonly rule: BusinessRule;

  constructor(rule: BusinessRule) {
    super(rule.error);
    this.rule = rule;
  }

  throw(): never {
    throw this;
  }
}

export interface Stamp {
  readonly at: number;
  readonly by: string;
}

export function tableOf(tables: readonly RowTable[], side: SideName, name: string): RowTable {
  const found = tables.find(
    (table) => table.side === side && table.definition.name.toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined) throw new UnknownTable(message('unknownTable', { table: name }).code);
  return found;
}

/** A mapping or a caller names a table that the project does not define. */
class UnknownTable extends Error {}

export function readRow(
  store: SqlStore,
  { rows, columns }: RowTable,
  id: string,
): (Row & { readonly rid: number; readonly alive: boolean }) | undefined {
  const names = columns.map(({ column }) => `, ${column}`).join('');
  const [found] = store.rows(
    `SELECT rid, seq, modified_at, modified_by, alive${names} FROM ${rows} WHERE id = ?`,
    [id],
  );
  if (found === undefined) return undefined;
  const [rid, seq, modifiedAt, modifiedBy, alive, ...cells] = found;
  return {
    id,
    rid: Number(rid),
    version: Number(seq),
    modifiedAt: Number(modifiedAt),
    modifiedBy: String(modifiedBy),
    alive: alive === 1,
    values: Object.fromEntries(
      columns.map(({ field }, index) => [field.name, valueOf(cells[index] ?? null, field)]),
    ),
  };
}

function rowAt(store: SqlStore, table: RowTable, id: string): Row {
  const row = readRow(store, table, id);
  if (row === undefined) throw new Error(`no row ${id} in ${table.definition.name}`);
  return row;
}

/** Adds a row; a field without a value is blank in Business Central and null in Dataverse. */
export function insertRow(
  store: SqlStore,
  table: RowTable,
  id: string,
  values: FieldValues,
  { at, by }: Stamp,
): number {
  const rid = take(store, 'rid', 1) + 1;
  const seq = take(store, 'seq', 1) + 1;
  const given = lowerKeys(values);
  const cells = table.columns.map(({ field }): Cell => {
    const value = given.get(field.name.toLowerCase());
    if (value !== undefined && value !== null) return cellOf(value);
    return (
      nextInSeries(store, table, field) ?? (table.side === 'Dataverse' ? null : blankOf(field))
    );
  });
  store.run(`INSERT INTO ${table.rows} VALUES(?, ?, ?, ?, ?, 1${', ?'.repeat(cells.length)})`, [
    rid,
    id,
    seq,
    at,
    by,
    ...cells,
  ]);
  return rid;
}

/** What somebody writes into a row. */
export interface RowChange extends Stamp {
  readonly id: string;
  readonly values: FieldValues;
}

export const writeRow = (
  store: SqlStore,
  table: RowTable,
  id: string,
  values: FieldValues,
  stamp: Stamp,
): void => writeRows(store, table, [{ id, values, ...stamp }]);

/** Writes rows in their order, none of them twice. What they were is kept in one go, and their versions taken at once. */
export function writeRows(store: SqlStore, table: RowTable, changes: readonly RowChange[]): void {
  const { rows, columns } = table;
  const columnsByName = new Map(
    columns.map(({ field, column }) => [field.name.toLowerCase(), column]),
  );
  // One row with all the row ids, as many as there are changes: null for a row that is not there.
  const rids = String(
    store.value(
      `SELECT json_group_array(r.rid) FROM json_each(?) j LEFT JOIN ${rows} r ON r.id = j.value`,
      [JSON.stringify(changes.map(({ id }) => id))],
    ),
  );
  archive(store, table, null, 'rid IN (SELECT value FROM json_each(?))', [rids]);
  const known = JSON.parse(rids) as readonly (number | null)[];
  const before = take(store, 'seq', changes.length);
  for (const [index, { values, at, by }] of changes.entries()) {
    const changed = Object.entries(values).flatMap(([name, value]) => {
      const column = columnsByName.get(name.toLowerCase());
      return column === undefined || value === undefined ? [] : [{ column, cell: cellOf(value) }];
    });
    const assignments = changed.map(({ column }) => `, ${column} = ?`).join('');
    store.run(
      `UPDATE ${rows} SET seq = ?, modified_at = ?, modified_by = ?${assignments} WHERE rid = ?`,
      [before + 1 + index, at, by, ...changed.map(({ cell }) => cell), known[index] ?? null],
    );
  }
}

/** Deletes a row: a tombstone stays, with the values it had. */
export function buryRow(store: SqlStore, table: RowTable, id: string, { at, by }: Stamp): void {
  archive(store, table, null, 'id = ?', [id]);
  store.run(
    `UPDATE ${table.rows} SET seq = ?, modified_at = ?, modified_by = ?, alive = 0 WHERE id = ?`,
    [take(store, 'seq', 1) + 1, at, by, id],
  );
}

const lowerKeys = (values: FieldValues): ReadonlyMap<string, FieldValues[string]> =>
  new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
