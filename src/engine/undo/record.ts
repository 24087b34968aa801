import type { Engine } from '../engine.ts';
import { lastOf } from '../store/counters.ts';
import type { Cell } from '../store/database.ts';
import { watchFromHere, forgetBefore, keepDifferences, trackedTables } from '../store/tracked.ts';

/** An action that was recorded so that it can be undone, and begun again where it was interrupted. */
export interface RecordedAction {
  readonly no: number;
  /** What it is to people; nothing here reads it. */
  readonly title: string;
  /** What was asked for, as JSON: enough to ask for it again. */
  readonly request: string;
  readonly startedAt: number;
  /** Undefined while it runs, and after an interruption. */
  readonly finishedAt: number | undefined;
  /** Rows and couplings that it changed. */
  readonly rows: number;
  readonly couplings: number;
}

export interface NewAction {
  readonly title: string;
  readonly request: string;
  /** Whether it deletes entries of the log, which others only add to. */
  readonly deletesLogs?: boolean;
}

/** How many actions can be undone. */
const KEPT_ACTIONS = 20;

/**
 * Runs an action and remembers how things stood before, so that `undoAction` can bring that back. Where the steps are
 * left early, or throw, what was done until then is recorded all the same.
 */
export function* recorded<S, T>(
  engine: Engine,
  action: NewAction,
  work: () => Generator<S, T>,
): Generator<S, { readonly value: T; readonly action: number }> {
  const no = beginAction(engine, action);
  try {
    return { value: yield* work(), action: no };
  } finally {
    finishAction(engine, no);
  }
}

/** The same of what is done in one go; answers the number of the action. */
export function recordedAtOnce(engine: Engine, action: NewAction, work: () => void): number {
  const no = beginAction(engine, action);
  try {
    work();
    return no;
  } finally {
    finishAction(engine, no);
  }
}

/** Ends the record of an action whose process ended before it did: what it did until then can be undone. */
export function endInterrupted(engine: Engine): RecordedAction | undefined {
  const [interrupted] = read(engine, 'finished_at IS NULL');
  if (interrupted !== undefined) finishAction(engine, interrupted.no);
  return interrupted;
}

/** The actions that changed something and were not undone, the latest first. */
export const recordedActions = (engine: Engine): readonly RecordedAction[] =>
  read(engine, 'finished_at IS NOT NULL AND NOT is_undone');

export const actionNumbered = (engine: Engine, no: number): RecordedAction | undefined =>
  recordedActions(engine).find((action) => action.no === no);

function beginAction(
  { store, clock }: Engine,
  { title, request, deletesLogs = false }: NewAction,
): number {
  return store.transaction(() => {
    const job = lastOf(store, 'job');
    store.run(
      'INSERT INTO action(title, request, logs, started_at, seq_before, job_before) VALUES(?, ?, ?, ?, ?, ?)',
      [title, request, deletesLogs ? 1 : 0, clock.BusinessCentral(), lastOf(store, 'seq'), job],
    );
    watchFromHere(store, deletesLogs);
    return Number(store.value('SELECT max(no) FROM action'));
  });
}

/** An action that changed nothing leaves nothing behind. */
function finishAction(engine: Engine, no: number): void {
  const { store, clock } = engine;
  store.transaction(() => {
    const withLogs = store.value('SELECT logs FROM action WHERE no = ?', [no]) === 1;
    keepDifferences(store, no, withLogs);
    const before = Number(store.value('SELECT seq_before FROM action WHERE no = ?', [no]));
    const after = lastOf(store, 'seq');
    const rows = engine
      .tables()
      .reduce(
        (sum, table) =>
          sum +
          Number(store.value(`SELECT count(*) FROM ${table.rows} WHERE seq > ?`, [before]) ?? 0),
        0,
      );
    const couplings = Number(
      store.value('SELECT count(DISTINCT bc_rid) FROM undo_coupling WHERE action = ?', [no]),
    );
    store.run(
      'UPDATE action SET finished_at = ?, seq_after = ?, rows = ?, couplings = ? WHERE no = ?',
      [clock.BusinessCentral(), after, rows, couplings, no],
    );
    if (rows === 0 && !changedAnything(engine, no, withLogs)) {
      store.run('DELETE FROM action WHERE no = ?', [no]);
    }
    forgetBefore(store, no - KEPT_ACTIONS + 1);
  });
}

function changedAnything({ store }: Engine, no: number, withLogs: boolean): boolean {
  return trackedTables(withLogs).some(
    ({ table }) => store.value(`SELECT 1 FROM undo_${table} WHERE action = ? LIMIT 1`, [no]) === 1,
  );
}

function read({ store }: Engine, where: string): readonly RecordedAction[] {
  return store
    .rows(
      `SELECT no, title, request, started_at, finished_at, rows, couplings FROM action WHERE ${where} ORDER BY no DESC`,
    )
    .map(([no, title, request, startedAt, finishedAt, rows, couplings]: readonly Cell[]) => ({
      no: Number(no),
      title: String(title),
      request: String(request),
      startedAt: Number(startedAt),
      finishedAt: typeof finishedAt === 'number' ? finishedAt : undefined,
      rows: Number(rows),
      couplings: Number(couplings),
    }));
}
