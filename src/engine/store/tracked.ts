import type { SqlStore } from './database.ts';

/**
 * Tables whose rows an action may change beside those of the two sides, which have a history of their own. While an
 * action runs, `before_mapping` is a copy of `mapping`, and `before_coupling` has the couplings that it has changed, as
 * they were; afterwards `undo_mapping` has the rows that differ: as they were (`was` 1) and as the action left them
 * (`was` 0).
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

export function watchFromHere(store: SqlStore, withLogs: boolean): void {
  for (const { table } of trackedTables(withLogs)) {
    store.run(`DELETE FROM before_${table}`);
    if (table !== 'coupling') store.run(`INSERT INTO before_${table} SELECT * FROM ${table}`);
  }
  store.run('DELETE FROM touched_coupling');
  for (const trigger of couplingTriggers) {
    store.run(`DROP TRIGGER IF EXISTS m.${trigger.name}`);
    store.run(`CREATE TRIGGER m.${trigger.name} ${trigger.body}`);
  }
}

/** Keeps what differs from how it was, and stops watching. */
export function keepDifferences(store: SqlStore, action: number, withLogs: boolean): void {
  for (const { name } of couplingTriggers) store.run(`DROP TRIGGER IF EXISTS m.${name}`);
  for (const { table } of trackedTables(withLogs)) {
    const before = `SELECT * FROM before_${table}`;
    const now =
      table === 'coupling'
        ? 'SELECT c.* FROM touched_coupling t JOIN coupling c ON c.bc_rid = t.bc_rid'
        : `SELECT * FROM ${table}`;
    const keep = (was: 0 | 1, from: string, other: string): void => {
      store.run(`INSERT INTO undo_${table} SELECT ?, ?, * FROM (${from} EXCEPT ${other})`, [
        action,
        was,
      ]);
    };
    keep(1, before, now);
    // A log that grew meanwhile is no change of the action.
    if (!logs.some((log) => log.table === table)) keep(0, now, before);
    store.run(`DELETE FROM before_${table}`);
  }
  store.run('DELETE FROM touched_coupling');
}

/**
 * Couplings are too many to copy for an action that changes one: the first change of each keeps it as it was. A
 * statement that says OR REPLACE would say so for the trigger, too; nothing here meets a row that is there.
 */
const couplingTriggers: readonly { readonly name: string; readonly body: string }[] = [
  ...['UPDATE', 'DELETE'].map((event) => ({
    name: `coupling_${event.toLowerCase()}`,
    body: `BEFORE ${event} ON coupling WHEN NOT EXISTS (SELECT 1 FROM touched_coupling t WHERE t.bc_rid = old.bc_rid) BEGIN
      INSERT INTO before_coupling SELECT * FROM coupling c WHERE c.bc_rid = old.bc_rid;
      INSERT INTO touched_coupling VALUES(old.bc_rid);
    END`,
  })),
  {
    // Of what it replaces nothing else tells.
    name: 'coupling_replace',
    body: `BEFORE INSERT ON coupling BEGIN
      INSERT INTO before_coupling SELECT * FROM coupling c WHERE (c.bc_rid = new.bc_rid OR c.dv_rid = new.dv_rid) AND NOT EXISTS (SELECT 1 FROM touched_coupling t WHERE t.bc_rid = c.bc_rid);
      INSERT INTO touched_coupling SELECT c.bc_rid FROM coupling c WHERE (c.bc_rid = new.bc_rid OR c.dv_rid = new.dv_rid) AND NOT EXISTS (SELECT 1 FROM touched_coupling t WHERE t.bc_rid = c.bc_rid);
    END`,
  },
  {
    name: 'coupling_insert',
    body: `AFTER INSERT ON coupling WHEN NOT EXISTS (SELECT 1 FROM touched_coupling t WHERE t.bc_rid = new.bc_rid) BEGIN
      INSERT INTO touched_coupling VALUES(new.bc_rid);
    END`,
  },
];

/** Forgets actions before a number. */
export function forgetBefore(store: SqlStore, action: number): void {
  for (const { table } of all) store.run(`DELETE FROM undo_${table} WHERE action < ?`, [action]);
  store.run('DELETE FROM action WHERE no < ?', [action]);
}

/** The table of an action and its shadows, made by a step of the schema. */
export const undoSchema: readonly string[] = [
  `CREATE TABLE m.action(no INTEGER PRIMARY KEY, title TEXT NOT NULL, request TEXT NOT NULL, logs INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
    seq_before INTEGER NOT NULL, seq_after INTEGER, job_before INTEGER NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0, couplings INTEGER NOT NULL DEFAULT 0)`,
  'CREATE TABLE m.touched_coupling(bc_rid INTEGER PRIMARY KEY)',
  'CREATE TABLE m.undo_target(n INTEGER PRIMARY KEY, rid INTEGER NOT NULL UNIQUE, was INTEGER)',
  ...all.flatMap(({ table }) => [
    `CREATE TABLE m.before_${table} AS SELECT * FROM ${table} WHERE 0`,
    `CREATE TABLE m.undo_${table} AS SELECT 0 AS action, 0 AS was, * FROM ${table} WHERE 0`,
    `CREATE INDEX m.undo_${table}_action ON undo_${table}(action, was)`,
  ]),
];
