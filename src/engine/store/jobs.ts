import {
  type CounterName,
  counterNames,
  type Counters,
  type JobType,
  type SynchJob,
} from '../model/job.ts';
import type { EngineMessage } from '../model/message.ts';
import type { JobDirection } from '../model/side.ts';
import { take } from './counters.ts';
import type { Cell, SqlStore } from './database.ts';

export interface NewJob {
  readonly id: string;
  readonly mapping: string;
  readonly direction: JobDirection | undefined;
  readonly type: JobType;
  readonly startedAt: number;
  readonly queueEntry?: string;
}

/** Begins a job; answers its number, which no job has again: couplings and history still name jobs that are deleted. */
export function beginJob(store: SqlStore, job: NewJob): number {
  const no = take(store, 'job', 1) + 1;
  store.run(
    'INSERT INTO synch_job(no, id, mapping, direction, type, started_at, queue_entry) VALUES(?, ?, ?, ?, ?, ?, ?)',
    [
      no,
      job.id,
      job.mapping,
      job.direction ?? null,
      job.type,
      job.startedAt,
      job.queueEntry ?? null,
    ],
  );
  return no;
}

export function finishJob(
  store: SqlStore,
  no: number,
  finishedAt: number,
  text?: EngineMessage,
): void {
  store.run('UPDATE synch_job SET finished_at = ?, message = ? WHERE no = ?', [
    finishedAt,
    text === undefined ? null : JSON.stringify(text),
    no,
  ]);
}

/** Adds to the counters of a job. */
export function count(
  store: SqlStore,
  no: number,
  counters: Partial<Counters>,
  deviations = 0,
): void {
  const added = counterNames.filter((name) => counters[name] !== undefined && counters[name] > 0);
  const assignments = [...added, 'deviations'].map((name) => `${name} = ${name} + ?`);
  store.run(`UPDATE synch_job SET ${assignments.join(', ')} WHERE no = ?`, [
    ...added.map((name) => counters[name] ?? 0),
    deviations,
    no,
  ]);
}

export function jobNumbered(store: SqlStore, no: number): SynchJob | undefined {
  return read(store, 'WHERE no = ?', [no])[0];
}

/** Jobs, newest first, of a mapping or of all (`bc-oracle.md` O04). */
export const jobsOf = (store: SqlStore, mapping?: string): readonly SynchJob[] =>
  mapping === undefined ? read(store, '', []) : read(store, 'WHERE mapping = ?', [mapping]);

function read(store: SqlStore, where: string, parameters: readonly Cell[]): readonly SynchJob[] {
  return store
    .rows(
      `SELECT no, id, mapping, direction, type, started_at, finished_at, message, deviations, ${counterNames.join(', ')} FROM synch_job ${where} ORDER BY started_at DESC, no DESC`,
      parameters,
    )
    .map(
      ([no, id, mapping, direction, type, startedAt, finishedAt, text, deviations, ...counts]) => ({
        no: Number(no),
        id: String(id),
        mapping: String(mapping),
        direction: direction === null ? undefined : (String(direction) as JobDirection),
        type: String(type) as JobType,
        startedAt: Number(startedAt),
        finishedAt:
          finishedAt === null || finishedAt === undefined ? undefined : Number(finishedAt),
        message: typeof text === 'string' ? (JSON.parse(text) as EngineMessage) : undefined,
        deviations: Number(deviations),
        counters: Object.fromEntries(
          counterNames.map((name, index) => [name, Number(counts[index])]),
        ) as Record<CounterName, number>,
      }),
    );
}
