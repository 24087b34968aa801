import { BACKDATE_MS } from '../constants.ts';
import type { Engine } from '../engine.ts';
import { takeNumbers } from '../sides/numberSeries.ts';
import { take } from '../store/counters.ts';
import type { SqlStore } from '../store/database.ts';
import { archive, blankSql, type RowTable } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import { batchLines, type BatchLines, rowsIn } from './batchLines.ts';
import type { CompiledRun } from './compiled.ts';
import { failureLines, linesThat } from './decision.ts';
import { insertedSql } from './newRow.ts';
import { WRITTEN_BITS } from './masks.ts';
import { inLines, insertLines, modifiedSql, modifyLines, plannedSql } from './plan.ts';

const settledLines = linesThat(({ settles, action }) => settles === true && action !== 'Insert');
const backdatedLines = linesThat(({ backdates }) => backdates === true);

/** Statements of a run that need no value of their own; worked out once, run for every batch. */
export interface ApplySql {
  readonly insertRows: string;
  readonly couple: string;
  /** Given the bits of the fields that any row of the batch changes. */
  readonly modifyRows: (changed: bigint) => string;
  readonly settle: string;
  readonly rebase: string | undefined;
}

/** ?1 is the number before the batch, then row id, version, time and job as each statement needs them. */
export function applySql(run: CompiledRun): ApplySql {
  const { source, destination, own, fields, settings, mapping, direction } = run;
  const user = sqlText(
    destination.side === 'Dataverse' ? settings.integrationUser : settings.jobUser,
  );
  const values = destination.columns.map((stored) => insertedSql(run, stored, '?6 + w.n - ?1'));
  const assignments = fields.map((field) => `, ${field.column} = ${plannedSql(run, field)}`);
  const isOldGone = mapping.deletionConflictResolution === 'Restore Records';
  const table = direction === 'ToIntegrationTable' ? source : destination;
  const backdate = BACKDATE_MS[destination.side];
  // Where both rows are equal now, a failure of the other direction has nothing left to fail at.
  const healed =
    run.facts.mode === 'improved'
      ? `, ${own.back}_result = CASE WHEN c.${own.back}_result IS 2 AND NOT w.kept THEN NULL ELSE c.${own.back}_result END`
      : '';
  const basesSql = ` LEFT JOIN coupling c ON c.${own.s}_rid = s.rid
      LEFT JOIN ${source.history} sb ON sb.rid = s.rid AND sb.seq = c.${own.s}_seq
      LEFT JOIN ${destination.history} db ON db.rid = w.d_rid AND db.seq = c.${own.d}_seq`;
  return {
    insertRows: `INSERT OR IGNORE INTO ${destination.rows} SELECT ?2 + w.n - ?1, ?5 || printf('%012x', ?7 + w.n - ?1), ?3 + w.n - ?1, ?4, ${user}, 1${values.map((value) => `, ${value}`).join('')}
      FROM work w JOIN ${source.rows} s ON s.rid = w.s_rid WHERE w.${inLines(insertLines)} ORDER BY w.n`,
    couple: `INSERT ${isOldGone ? 'OR REPLACE ' : ''}INTO coupling(${own.s}_rid, ${own.d}_rid, tbl, ${own.s}_seq, ${own.d}_seq, ${own.s}_synched, ${own.d}_synched, ${own.to}_result, ${own.to}_job)
      SELECT s.rid, ?2 + w.n - ?1, ${table.no}, s.seq, ?3 + w.n - ?1, s.modified_at, ?4, 1, ?5
      FROM work w JOIN ${source.rows} s ON s.rid = w.s_rid WHERE w.${inLines(insertLines)} ORDER BY w.n`,
    // Columns that no row changes are left out, and with them the work on their indexes.
    modifyRows: (
      changed,
    ) => `UPDATE OR IGNORE ${destination.rows} AS d SET seq = ?2 + w.n - ?1, modified_at = ?3, modified_by = ${user}${assignments.filter((_, bit) => bit >= WRITTEN_BITS || ((changed >> BigInt(bit)) & 1n) === 1n).join('')}
      FROM work w CROSS JOIN ${source.rows} s ON s.rid = w.s_rid${fields.length > WRITTEN_BITS ? basesSql : ''}
      WHERE d.rid = w.d_rid AND w.${inLines(modifyLines)}`,
    settle: `UPDATE coupling AS c SET ${own.s}_seq = s.seq, ${own.d}_seq = CASE WHEN w.kept THEN ?2 + w.n - ?1 ELSE d.seq END,
      ${own.s}_synched = max(ifnull(c.${own.s}_synched, 0), s.modified_at),
      ${own.d}_synched = max(ifnull(c.${own.d}_synched, 0), d.modified_at - CASE WHEN w.${inLines(backdatedLines)} THEN ${backdate} ELSE 0 END),
      ${own.to}_result = 1, ${own.to}_job = ?3, ${own.to}_text = NULL${healed}
      FROM work w CROSS JOIN ${source.rows} s ON s.rid = w.s_rid CROSS JOIN ${destination.rows} d ON d.rid = w.d_rid
      WHERE c.${own.s}_rid = w.s_rid AND w.${inLines(settledLines)}`,
    rebase: run.facts.mode === 'improved' && run.facts.bidirectional ? rebaseSql(run) : undefined,
  };
}

/**
 * Where the destination keeps changes of its own, what was agreed on is no version that ever stood there: the fields
 * it alone changed are still at their base. Such a version is written into the history.
 */
function rebaseSql(run: CompiledRun): string {
  const { destination, source, own, fields } = run;
  const columns = destination.columns.map(({ column, field }) => {
    const transfer = fields.find((each) => each.column === column);
    if (transfer === undefined) return `d.${column}`;
    const { destinationChanged, sourceChanged, bidirectional } = transfer;
    const written = modifiedSql(run, transfer);
    return bidirectional
      ? `CASE WHEN ${destinationChanged} AND NOT ${sourceChanged} THEN ifnull(db.${column}, ${blankSql(field)}) ELSE ${written} END`
      : written;
  });
  return `INSERT INTO ${destination.history} SELECT d.rid, ?2 + w.n - ?1, d.modified_at, d.modified_by, d.alive, ?3${columns.map((text) => `, ${text}`).join('')}
    FROM work w JOIN ${source.rows} s ON s.rid = w.s_rid JOIN ${destination.rows} d ON d.rid = w.d_rid JOIN coupling c ON c.${own.s}_rid = s.rid
    LEFT JOIN ${source.history} sb ON sb.rid = s.rid AND sb.seq = c.${own.s}_seq
    LEFT JOIN ${destination.history} db ON db.rid = d.rid AND db.seq = c.${own.d}_seq
    WHERE w.kept AND w.${inLines(settledLines)}`;
}

/**
 * Carries out a planned batch. A record whose key another one has is the only one that fails for it: it leaves the plan
 * for the line of refused writes, and the batch goes on (`bc-sync.md` 2.3 row 18).
 *
 * @param planned what the rows were decided to be.
 * @returns the row id of what the first number of the batch inserts, and what became of the rows.
 */
export function apply(
  engine: Engine,
  run: CompiledRun,
  sql: ApplySql,
  planned: BatchLines,
  { job, from, to }: { readonly job: number; readonly from: number; readonly to: number },
): { readonly firstRow: number; readonly lines: BatchLines } {
  const { store, clock, ids } = engine;
  const { destination } = run;
  const now = clock[destination.side]();
  const before = from - 1;
  const size = to - before;

  let firstRow = 0;
  let isRefused = false;
  const inserts = rowsIn(planned, insertLines);
  if (inserts > 0) {
    const rid = take(store, 'rid', size);
    const seq = take(store, 'seq', size);
    const { prefix, first } = ids.block(size);
    const number = takeNumbers(store, destination, size);
    firstRow = rid + 1;
    if (store.run(sql.insertRows, [before, rid, seq, now, prefix, number, first - 1]) < inserts) {
      const isMissing = `NOT EXISTS (SELECT 1 FROM ${destination.rows} WHERE rid = ?2 + n - ?1)`;
      store.run(`${refuseSql} WHERE ${inLines(insertLines)} AND ${isMissing}`, [before, rid]);
      isRefused = true;
    }
    store.run(sql.couple, [before, rid, seq, now, job]);
    if (store.value('SELECT 1 FROM pending LIMIT 1') === 1) {
      store.run(
        `DELETE FROM pending WHERE mapping = ? AND direction = ? AND rid IN (SELECT s_rid FROM work WHERE ${inLines(insertLines)})`,
        [run.mapping.parentName ?? run.mapping.name, run.direction],
      );
    }
  }
  // Before the rows are written: both need the versions that the decision compared.
  if (rowsIn(planned, settledLines) > 0) {
    const base = take(store, 'seq', size);
    const modifies = rowsIn(planned, modifyLines);
    const written = `rid IN (SELECT d_rid FROM work WHERE ${inLines(modifyLines)})`;
    if (modifies > 0) archive(store, destination, job, written);
    if (sql.rebase !== undefined && planned.isKeeping) store.run(sql.rebase, [before, base, job]);
    if (modifies > 0) {
      const seq = take(store, 'seq', size);
      if (store.run(sql.modifyRows(changedFields(store)), [before, seq, now]) < modifies) {
        leaveUnmodified(store, destination, { before, seq, base });
        isRefused = true;
      }
    }
    store.run(sql.settle, [before, base, job]);
  }
  return { firstRow, lines: isRefused ? batchLines(store) : planned };
}

/** A bit for each field that any row of the batch changes; as text, for a number of JavaScript ends at 53 bits. */
const changedFields = (store: SqlStore): bigint =>
  store
    .rows(`SELECT DISTINCT CAST(written AS TEXT) FROM work WHERE ${inLines(modifyLines)}`)
    .reduce((bits, [written]) => bits | BigInt(written ?? 0), 0n);

const refuseSql = `UPDATE work SET line = '${failureLines.write.line}', field = 0, refused = 0`;

/** Rows that kept their version were refused; what was put into the history for them was never overwritten. */
function leaveUnmodified(
  store: SqlStore,
  { rows, history }: RowTable,
  { before, seq, base }: Readonly<Record<'before' | 'seq' | 'base', number>>,
): void {
  const refused = `FROM work w JOIN ${rows} d ON d.rid = w.d_rid WHERE w.${inLines(modifyLines)} AND d.seq <> ?2 + w.n - ?1`;
  store.run(
    `DELETE FROM ${history} WHERE (rid, seq) IN (SELECT d.rid, d.seq ${refused}) OR (rid, seq) IN (SELECT d.rid, ?3 + w.n - ?1 ${refused})`,
    [before, seq, base],
  );
  store.run(`${refuseSql} WHERE n IN (SELECT w.n ${refused})`, [before, seq]);
}
