import type { SqlStore } from './database.ts';
import { undoSchema } from './tracked.ts';

/**
 * The tables every store has; those of rows come with the project (`rowTables.ts`). `bc_` and `dv_` are the columns
 * of the two sides, `to_` and `from_` those of the two directions. Times are milliseconds since 1970.
 * A released step is never edited: a change of the schema is one more step.
 */
const migrations: readonly (readonly string[])[] = [
  [
    'CREATE TABLE m.meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID',
    // Row ids and versions count through the whole store: no two rows, no two writes share one.
    'CREATE TABLE m.counter(name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID',
    'CREATE TABLE m.row_table(no INTEGER PRIMARY KEY, side TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, series_last INTEGER NOT NULL DEFAULT 0, UNIQUE(side, name))',
    'CREATE TABLE m.mapping(name TEXT PRIMARY KEY, position INTEGER NOT NULL, definition TEXT NOT NULL, to_watermark INTEGER, from_watermark INTEGER, to_seq INTEGER NOT NULL DEFAULT 0, from_seq INTEGER NOT NULL DEFAULT 0, full_session TEXT, full_started_at INTEGER) WITHOUT ROWID',
    // CRM Integration Record. `bc_seq` and `dv_seq` name the versions that were last agreed on: the base.
    `CREATE TABLE m.coupling(bc_rid INTEGER PRIMARY KEY, dv_rid INTEGER NOT NULL, tbl INTEGER NOT NULL,
      bc_seq INTEGER, dv_seq INTEGER, bc_synched INTEGER, dv_synched INTEGER,
      to_result INTEGER, to_job INTEGER, to_text TEXT, from_result INTEGER, from_job INTEGER, from_text TEXT,
      skipped INTEGER NOT NULL DEFAULT 0)`,
    'CREATE UNIQUE INDEX m.coupling_dv ON coupling(dv_rid)',
    'CREATE INDEX m.coupling_to ON coupling(tbl) WHERE to_result = 2',
    'CREATE INDEX m.coupling_from ON coupling(tbl) WHERE from_result = 2',
    'CREATE INDEX m.coupling_skipped ON coupling(tbl) WHERE skipped = 1',
    `CREATE TABLE m.synch_job(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mapping TEXT NOT NULL, direction TEXT, type TEXT NOT NULL,
      started_at INTEGER NOT NULL, finished_at INTEGER, message TEXT, inserted INTEGER NOT NULL DEFAULT 0, modified INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
      uncoupled INTEGER NOT NULL DEFAULT 0, coupled INTEGER NOT NULL DEFAULT 0, deviations INTEGER NOT NULL DEFAULT 0, queue_entry TEXT)`,
    'CREATE TABLE m.synch_error(no INTEGER PRIMARY KEY, job INTEGER NOT NULL, source_rid INTEGER, destination_rid INTEGER, message TEXT NOT NULL, at INTEGER NOT NULL, line TEXT, transient INTEGER NOT NULL)',
    'CREATE INDEX m.synch_error_job ON synch_error(job)',
    // What became of every row of a run: the lines of the decision table, faithful and improved.
    'CREATE TABLE m.outcome(job INTEGER NOT NULL, n INTEGER NOT NULL, source_rid INTEGER NOT NULL, destination_rid INTEGER, line TEXT NOT NULL, faithful_line TEXT NOT NULL, field TEXT, PRIMARY KEY(job, n)) WITHOUT ROWID',
    // Rows without a coupling whose insertion failed: the improved mode tries them again.
    'CREATE TABLE m.pending(mapping TEXT NOT NULL, direction TEXT NOT NULL, rid INTEGER NOT NULL, attempts INTEGER NOT NULL, not_before INTEGER NOT NULL, PRIMARY KEY(mapping, direction, rid)) WITHOUT ROWID',
    'CREATE TABLE m.option_value(tbl INTEGER NOT NULL, field TEXT NOT NULL, value INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(tbl, field, value)) WITHOUT ROWID',
    // Job Queue Entry: `status` is the caption; `scheduled` is whether the scheduler holds a task for it.
    `CREATE TABLE m.queue_entry(id TEXT PRIMARY KEY, position INTEGER NOT NULL, mapping TEXT NOT NULL, category TEXT, priority INTEGER NOT NULL, recurring INTEGER NOT NULL, minutes INTEGER NOT NULL,
      inactivity INTEGER NOT NULL, most_attempts INTEGER NOT NULL, rerun_delay INTEGER NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, starts_at INTEGER NOT NULL, scheduled INTEGER NOT NULL,
      ready_at INTEGER NOT NULL, message TEXT) WITHOUT ROWID`,
    `CREATE TABLE m.full_line(name TEXT PRIMARY KEY, position INTEGER NOT NULL, dependencies TEXT NOT NULL, status TEXT NOT NULL, to_job INTEGER, from_job INTEGER, session TEXT, recommendation TEXT NOT NULL, held TEXT) WITHOUT ROWID`,
    // One run at a time: what it examines, and the plan of the batch at hand; a bit of `written` for each field.
    'CREATE TABLE m.candidate(n INTEGER PRIMARY KEY, rid INTEGER NOT NULL)',
    'CREATE TABLE m.selection(rid INTEGER PRIMARY KEY)',
    `CREATE TABLE m.work(n INTEGER PRIMARY KEY, s_rid INTEGER NOT NULL, d_rid INTEGER, line TEXT NOT NULL, deviates INTEGER NOT NULL,
      faithful_line TEXT NOT NULL, kept INTEGER NOT NULL, field INTEGER NOT NULL, refused INTEGER NOT NULL,
      written INTEGER NOT NULL DEFAULT 0)`,
  ],
  undoSchema,
  [
    // What the files of rows held when they were read last, and the couplings that the project has set up already.
    'CREATE TABLE m.given_rows(no INTEGER PRIMARY KEY, side TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, UNIQUE(side, name))',
    'CREATE TABLE m.given_coupling(name TEXT PRIMARY KEY) WITHOUT ROWID',
  ],
  // The last line of a row, of all jobs or of one, without a look at those of the others.
  ['CREATE INDEX m.synch_error_source ON synch_error(source_rid, job)'],
  [
    // `older` is 1 where the row has an earlier time than its coupling remembers of it.
    'DROP TABLE m.candidate',
    'CREATE TABLE m.candidate(n INTEGER PRIMARY KEY, rid INTEGER NOT NULL, older INTEGER NOT NULL DEFAULT 0)',
  ],
];

const schemaVersion = migrations.length;

/** Brings a store of any earlier version up to date. Throws on one that a later version wrote. */
export function migrate(store: SqlStore): void {
  const known = Number(store.value('PRAGMA m.user_version') ?? 0);
  if (known > schemaVersion) throw new StoreTooNew(known);
  for (const [index, statements] of migrations.entries()) {
    if (index < known) continue;
    store.transaction(() => {
      for (const statement of statements) store.run(statement);
      store.run(`PRAGMA m.user_version = ${index + 1}`);
    });
  }
}

/** A newer version wrote the store; reading it as an older one would lose what it added. */
export class StoreTooNew extends Error {
  constructor(version: number) {
    super(`store version ${version}, known ${schemaVersion}`);
    this.name = 'StoreTooNew';
  }
}
