import type { SideName } from '../model/side.ts';
import type { FieldDefinition, FieldValue, TableDefinition } from '../model/table.ts';
import { sqlText } from './sqlText.ts';
import type { Cell, SqlStore } from './database.ts';

/**
 * A table of one side as it lies in the store: `r3` holds its rows, `h3` the versions that were overwritten. A
 * deleted row stays as a tombstone (`alive` 0), so that its coupling still knows whom it meant.
 */
export interface RowTable {
  readonly no: number;
  readonly side: SideName;
  readonly definition: TableDefinition;
  readonly rows: string;
  readonly history: string;
  /** The columns of the fields that are stored: `c0`, `c1`, … */
  readonly columns: readonly StoredField[];
}

export interface StoredField {
  readonly field: FieldDefinition;
  readonly column: string;
}

/**
 * Reads the tables of a store. Whatever is done asks for them, and a definition may have hundreds of fields: each is
 * parsed again only when it is another one.
 */
export function rowTablesOf(store: SqlStore): () => readonly RowTable[] {
  const known = new Map<number, { readonly text: string; readonly table: RowTable }>();
  return () =>
    store
      .rows('SELECT no, side, definition FROM row_table ORDER BY no')
      .map(([number, sideName, definition]) => {
        const [no, text] = [Number(number), String(definition)];
        const before = known.get(no);
        if (before?.text === text) return before.table;
        const side = sideName === 'Dataverse' ? 'Dataverse' : 'BusinessCentral';
        const table = rowTable(no, side, JSON.parse(text) as TableDefinition);
        known.set(no, { text, table });
        return table;
      });
}

function rowTable(no: number, side: SideName, definition: TableDefinition): RowTable {
  const columns = definition.fields
    .filter(({ calculated }) => calculated === undefined)
    .map((field, index) => ({ field, column: `c${index}` }));
  return { no, side, definition, rows: `r${no}`, history: `h${no}`, columns };
}

/** Creates the tables of a definition, or takes over its changes that leave the columns alone. */
export function addRowTable(
  store: SqlStore,
  side: SideName,
  definition: TableDefinition,
): RowTable {
  const text = JSON.stringify(definition);
  store.run('INSERT INTO row_table(side, name, definition) VALUES(?, ?, ?)', [
    side,
    definition.name,
    text,
  ]);
  const table = rowTable(Number(store.value('SELECT max(no) FROM row_table')), side, definition);
  const { rows, history, columns } = table;
  const fields = columns.map(({ column }) => `, ${column}`).join('');
  store.run(
    `CREATE TABLE m.${rows}(rid INTEGER PRIMARY KEY, id TEXT NOT NULL, seq INTEGER NOT NULL, modified_at INTEGER NOT NULL, modified_by TEXT NOT NULL, alive INTEGER NOT NULL${fields})`,
  );
  store.run(
    `CREATE TABLE m.${history}(rid INTEGER NOT NULL, seq INTEGER NOT NULL, modified_at INTEGER NOT NULL, modified_by TEXT NOT NULL, alive INTEGER NOT NULL, job INTEGER${fields}, PRIMARY KEY(rid, seq)) WITHOUT ROWID`,
  );
  store.run(`CREATE UNIQUE INDEX m.${rows}_id ON ${rows}(id)`);
  store.run(`CREATE INDEX m.${rows}_seq ON ${rows}(seq)`);
  const key = (definition.primaryKey ?? []).map((name) => columnOf(table, name) ?? 'NULL');
  if (key.length > 0) {
    store.run(`CREATE UNIQUE INDEX m.${rows}_key ON ${rows}(${key.join(', ')}) WHERE alive`);
  }
  return table;
}

/** Replaces what is said of a table beside its stored fields: rules, captions, number series. */
export function changeRowTable(
  store: SqlStore,
  table: RowTable,
  definition: TableDefinition,
): void {
  store.run('UPDATE row_table SET definition = ? WHERE no = ?', [
    JSON.stringify(definition),
    table.no,
  ]);
}

export function columnOf({ columns }: RowTable, name: string): string | undefined {
  return storedField(columns, name)?.column;
}

export const storedField = (
  columns: readonly StoredField[],
  name: string,
): StoredField | undefined =>
  columns.find(({ field }) => field.name.toLowerCase() === name.toLowerCase());

export const fieldOf = ({ definition }: RowTable, name: string): FieldDefinition | undefined =>
  definition.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());

/** Business Central has no null: a field without a value holds this (`bc-sync.md` 2.6). */
export function blankOf({ type }: FieldDefinition): Cell {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'option':
      return 0;
    default:
      return '';
  }
}

export const cellOf = (value: FieldValue): Cell =>
  typeof value === 'boolean' ? Number(value) : value;

export const valueOf = (cell: Cell, { type }: FieldDefinition): FieldValue =>
  type === 'boolean' && cell !== null ? cell === 1 : cell;

/** Keeps the version of rows that is about to be overwritten; it is the base of their coupling and the way back. */
export function archive(
  store: SqlStore,
  { rows, history, columns }: RowTable,
  job: number | null,
  where: string,
  parameters: readonly Cell[] = [],
): void {
  const fields = columns.map(({ column }) => `, ${column}`).join('');
  store.run(
    `INSERT OR IGNORE INTO ${history}(rid, seq, modified_at, modified_by, alive, job${fields}) SELECT rid, seq, modified_at, modified_by, alive, ?${fields} FROM ${rows} WHERE ${where}`,
    [job, ...parameters],
  );
}

/** A blank as SQL writes it. */
export const blankSql = (field: FieldDefinition): string => sqlText(blankOf(field));
