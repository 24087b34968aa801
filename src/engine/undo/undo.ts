import type { Engine } from '../engine.ts';
import { type EngineMessage, EngineRefusal, foreignText, message } from '../model/message.ts';
import { take } from '../store/counters.ts';
import { archive, type RowTable } from '../store/rowTables.ts';
import { columnsOf, trackedTables } from '../store/tracked.ts';
import { actionNumbered, recordedAtOnce } from './record.ts';

/** What an action was, as far as undoing it needs to know: the versions it began and ended with. */
interface Extent {
  readonly no: number;
  readonly seqBefore: number;
  readonly seqAfter: number;
  readonly jobBefore: number;
  readonly withLogs: boolean;
}

/**
 * Undoes an action: rows, couplings, flags and mappings are what they were before it. Versions go on: a row that gets
 * its old values back has a new version, and keeps its old time of change. The log is left alone; what an action
 * deleted of it comes back. It is recorded like any action, so that undoing it does the action again.
 *
 * Throws an EngineRefusal, having changed nothing, where what the action changed has changed since.
 *
 * @param titled what undoing is called, by the title of the action.
 */
export function undoAction(
  engine: Engine,
  no: number,
  titled = (title: string): string => title,
): { readonly action: number } {
  const refusal = undoRefusal(engine, no);
  if (refusal !== undefined) throw new EngineRefusal(refusal);
  const extent = extentOf(engine, no);
  const action = actionNumbered(engine, no);
  if (extent === undefined || action === undefined) throw new EngineRefusal(message('undoGone'));
  const title = titled(action.title);
  const request = JSON.stringify({ undo: no });
  const work = (): void =>
    engine.store.transaction(() => {
      bringBack(engine, extent);
      engine.store.run('UPDATE action SET is_undone = 1 WHERE no = ?', [no]);
    });
  try {
    return {
      action: recordedAtOnce(engine, { title, request, deletesLogs: extent.withLogs }, work),
    };
  } catch (error) {
    // Somebody has taken the key of a row, or its partner.
    if (!(error instanceof Error) || !error.message.includes('constraint failed')) throw error;
    throw new EngineRefusal(message('undoBlocked', { error: foreignText(error.message) }));
  }
}

/** Why an action can't be undone: undefined where it can. */
export function undoRefusal(engine: Engine, no: number): EngineMessage | undefined {
  const extent = extentOf(engine, no);
  if (extent === undefined) return message('undoGone');
  const rows = engine.tables().reduce((sum, table) => sum + changedSince(engine, table, extent), 0);
  if (rows > 0) return message('undoRowsChanged', { count: rows });
  const entries = trackedTables(extent.withLogs)
    .filter(({ isHard }) => isHard)
    .reduce((sum, table) => sum + staleEntries(engine, table, extent), 0);
  return entries > 0 ? message('undoEntriesChanged', { count: entries }) : undefined;
}

function extentOf({ store }: Engine, no: number): Extent | undefined {
  const [found] = store.rows(
    'SELECT seq_before, seq_after, job_before, logs FROM action WHERE no = ? AND finished_at IS NOT NULL AND NOT is_undone',
    [no],
  );
  if (found === undefined) return undefined;
  const [seqBefore, seqAfter, jobBefore, logs] = found;
  return {
    no,
    seqBefore: Number(seqBefore),
    seqAfter: Number(seqAfter),
    jobBefore: Number(jobBefore),
    withLogs: logs === 1,
  };
}

/** Versions that an action wrote, as a condition; those of the base of a coupling (`apply.ts`) have earlier jobs. */
const ofItsTime = ({ jobBefore }: Extent): string => `(h.job IS NULL OR h.job > ${jobBefore})`;

/** Rows that the action left otherwise than they are now; one that came back to what it was is none of them. */
function changedSince({ store }: Engine, table: RowTable, extent: Extent): number {
  const { rows, history, columns } = table;
  const same = ['modified_at', 'modified_by', 'alive', ...columns.map(({ column }) => column)]
    .map((column) => `r.${column} IS h.${column}`)
    .join(' AND ');
  const left = `(SELECT max(seq) FROM ${history} h WHERE h.rid = r.rid AND h.seq > ?1 AND h.seq <= ?2 AND ${ofItsTime(extent)})`;
  return Number(
    store.value(
      `SELECT count(*) FROM ${rows} r JOIN ${history} h ON h.rid = r.rid AND h.seq = ${left} WHERE r.seq > ?2 AND NOT (${same})`,
      [extent.seqBefore, extent.seqAfter],
    ),
  );
}

type TrackedTable = ReturnType<typeof trackedTables>[number];

/** Whether an entry is still as the action left it, for a row `u` of its shadow. */
function isAsLeft(engine: Engine, tracked: TrackedTable): string {
  const { table, key, moving = [] } = tracked;
  const keyIs = (alias: string): string =>
    key.map((column) => `${alias}.${column} IS u.${column}`).join(' AND ');
  const same = columnsOf(engine.store, tracked)
    .filter((column) => !moving.includes(column))
    .map((column) => `t.${column} IS a.${column}`)
    .join(' AND ');
  return `(CASE WHEN EXISTS (SELECT 1 FROM undo_${table} a WHERE a.action = u.action AND a.was = 0 AND ${keyIs('a')})
    THEN EXISTS (SELECT 1 FROM undo_${table} a JOIN ${table} t ON ${same} WHERE a.action = u.action AND a.was = 0 AND ${keyIs('a')} AND ${keyIs('t')})
    ELSE NOT EXISTS (SELECT 1 FROM ${table} t WHERE ${keyIs('t')}) END)`;
}

function staleEntries(engine: Engine, tracked: TrackedTable, { no }: Extent): number {
  return Number(
    engine.store.value(
      `SELECT count(*) FROM undo_${tracked.table} u WHERE u.action = ? AND NOT ${isAsLeft(engine, tracked)}`,
      [no],
    ),
  );
}

function bringBack(engine: Engine, extent: Extent): void {
  const { store } = engine;
  for (const table of engine.tables()) bringRowsBack(engine, table, extent);
  for (const tracked of trackedTables(extent.withLogs)) {
    const { table, key } = tracked;
    const names = columnsOf(engine.store, tracked).join(', ');
    const keys = key.join(', ');
    // Decided before anything of the table is touched.
    store.run(
      `DELETE FROM undo_${table} AS u WHERE u.action = ? AND NOT ${isAsLeft(engine, tracked)}`,
      [extent.no],
    );
    store.run(
      `DELETE FROM ${table} WHERE (${keys}) IN (SELECT ${keys} FROM undo_${table} WHERE action = ? AND was = 0)`,
      [extent.no],
    );
    store.run(
      `INSERT INTO ${table} SELECT ${names} FROM undo_${table} WHERE action = ? AND was = 1`,
      [extent.no],
    );
  }
}

/** Rows that the action changed get the version before it back; those that it made are deleted. */
function bringRowsBack(engine: Engine, table: RowTable, extent: Extent): void {
  const { store } = engine;
  const { rows, history, columns } = table;
  store.run('DELETE FROM undo_target');
  store.run(
    `INSERT INTO undo_target(rid, was) SELECT r.rid, (SELECT max(h.seq) FROM ${history} h WHERE h.rid = r.rid AND h.seq <= ?1 AND ${ofItsTime(extent)})
     FROM ${rows} r WHERE r.seq > ?1 AND (r.seq <= ?2 OR EXISTS (SELECT 1 FROM ${history} h WHERE h.rid = r.rid AND h.seq > ?1 AND h.seq <= ?2 AND ${ofItsTime(extent)}))`,
    [extent.seqBefore, extent.seqAfter],
  );
  const count = Number(store.value('SELECT ifnull(max(n), 0) FROM undo_target'));
  if (count === 0) return;
  archive(store, table, null, 'rid IN (SELECT rid FROM undo_target)');
  const seq = take(store, 'seq', count);
  // In two steps: rows that exchanged their keys would stand in each other's way.
  store.run(
    `UPDATE ${rows} AS r SET alive = 0, seq = ?1 + u.n FROM undo_target u WHERE u.rid = r.rid`,
    [seq],
  );
  const values = ['modified_at', 'modified_by', 'alive', ...columns.map(({ column }) => column)]
    .map((column) => `${column} = h.${column}`)
    .join(', ');
  store.run(
    `UPDATE ${rows} AS r SET ${values} FROM undo_target u JOIN ${history} h ON h.rid = u.rid AND h.seq = u.was WHERE u.rid = r.rid`,
  );
}
