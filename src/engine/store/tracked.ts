import type { SqlStore } from './database.ts';

/**
 * Tables whose rows an action may change beside those of the two sides, which have a history of their own. While an
 * action runs, `before_coupling` is a copy of `coupling`; afterwards `undo_coupling` has the rows that differ: as they
 * were (`was` 1) and as the action left them (`was` 0).
 */
interface Tracked {
  readonly table: string;
  readonly key: readonly string[];
  /** Whether rows that changed meanwhile stand in the way; others are left as they are. */
  readonly isHard: boolean;
  /** Columns that go on by themselves, and stand in nobody's way. */
  readonly moving?: readonly string[];
}

const tracked: readonly Tracked[] = [
  { table: 'coupling', key: ['bc_rid'], isHard: true },
  { table: 'option_value', key: ['tbl', 'field', 'value'], isHard: true },
  { table: 'full_line', key: ['name'], isHard: true },
  {
    table: 'mapping',
    key: ['name'],
    isHard: true,
    // Put back however far a later run has read: what it reads again it finds unchanged.
    moving: ['to_watermark', 'from_watermark', 'to_seq', 'from_seq'],
  },
  { table: 'meta', key: ['key'], isHard: true },
  // Both go on by themselves: the next run tries again, the next start is planned.
  { table: 'pending', key: ['mapping', 'direction', 'rid'], isHard: false },
  { table: 'queue_entry', key: ['id'], isHard: false },
];

/** What only the actions that delete entries of the log take away. */
const logs: readonly Tracked[] = [
  { table: 'synch_job', key: ['no'], isHard: true },
  { table: 'synch_error', key: ['no'], isHard: true },
  { table: 'outcome', key: ['job', 'n'], isHard: true },
];

export const trackedTables = (withLogs: boolean): readonly Tracked[] =>
  withLogs ? [...tracked, ...logs] : tracked;

const all = trackedTables(true);

export function columnsOf(store: SqlStore, { table }: Tracked): readonly string[] {
  return store
    .rows(`SELECT name FROM pragma_table_info('${table}', 'm') ORDER BY cid`)
    .map(([name]) => String(name));
}

export function copyBefore(store: SqlStore, withLogs: boolean): void {
  for (const { table } of trackedTables(withLogs)) {
    store.run(`DELETE FROM before_${table}`);
    store.run(`INSERT INTO before_${table} SELECT * FROM ${table}`);
  }
}

/** Keeps what differs from the copy, and drops the copy. */
export function keepDifferences(store: SqlStore, action: number, withLogs: boolean): void {
  for (const { table } of trackedTables(withLogs)) {
    const keep = (was: 0 | 1, from: string, other: string): void => {
      store.run(
        `INSERT INTO undo_${table} SELECT ?, ?, * FROM (SELECT * FROM ${from} EXCEPT SELECT * FROM ${other})`,
        [action, was],
      );
    };
    keep(1, `before_${table}`, table);
    // A log that grew meanwhile is no change of the action.
    if (!logs.some((log) => log.table === table)) keep(0, table, `before_${table}`);
    store.run(`DELETE FROM before_${table}`);
  }
}

/** Forgets actions before a number. */
export function forgetBefore(store: SqlStore, action: number): void {
  for (const { table } of all) store.run(`DELETE FROM undo_${table} WHERE action < ?`, [action]);
  store.run('DELETE FROM action WHERE no < ?', [action]);
}

/** The table of an action and its shadows, made by a step of the schema. */
export const undoSchema: readonly string[] = [
  `CREATE TABLE m.action(no INTEGER PRIMARY KEY, title TEXT NOT NULL, request TEXT NOT NULL, logs INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
    seq_before INTEGER NOT NULL, seq_after INTEGER, job_before INTEGER NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0, couplings INTEGER NOT NULL DEFAULT 0)`,
  'CREATE TABLE m.undo_target(n INTEGER PRIMARY KEY, rid INTEGER NOT NULL UNIQUE, was INTEGER)',
  ...all.flatMap(({ table }) => [
    `CREATE TABLE m.before_${table} AS SELECT * FROM ${table} WHERE 0`,
    `CREATE TABLE m.undo_${table} AS SELECT 0 AS action, 0 AS was, * FROM ${table} WHERE 0`,
    `CREATE INDEX m.undo_${table}_action ON undo_${table}(action, was)`,
  ]),
];
