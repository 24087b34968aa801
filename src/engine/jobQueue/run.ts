import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import { type EngineMessage, EngineRefusal } from '../model/message.ts';
import type { QueueEntry } from '../model/queue.ts';
import { type RunResult, runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { deleteEntry, entryWithId, queueEntries, saveEntry } from '../store/queue.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** From this attempt on a failed entry waits hours. */
const LAST_QUICK_ATTEMPT = 7;

/** The entries whose time has come, in their order: by priority, then by planned start. */
export const dueEntries = ({ store, clock }: Engine): readonly QueueEntry[] => {
  const now = clock.BusinessCentral();
  return queueEntries(store)
    .filter((entry) => isDue(entry, now))
    .toSorted((left, right) => left.priority - right.priority || left.startsAt - right.startsAt);
};

const isDue = ({ status, scheduled, startsAt }: QueueEntry, now: number): boolean =>
  scheduled &&
  startsAt <= now &&
  (status === 'Ready' || status === 'On Hold with Inactivity Timeout');

/**
 * Takes an entry into process; one whose category is busy waits (`bc-sync.md` 2.15). Answers whether it may run.
 */
export function beginEntry({ store }: Engine, id: string): boolean {
  return store.transaction(() => {
    const entry = entryWithId(store, id);
    if (entry === undefined) return false;
    const isBusy =
      entry.category !== undefined &&
      queueEntries(store).some(
        (other) => other.category === entry.category && other.status === 'In Process',
      );
    saveEntry(store, { ...entry, status: isBusy ? 'Waiting' : 'In Process' });
    return !isBusy;
  });
}

/** Runs one entry to its end and plans its next start. Undefined where its category is busy. */
export function* runEntry(
  engine: Engine,
  id: string,
): Generator<RunProgress, readonly SynchJob[] | undefined> {
  if (!beginEntry(engine, id)) return undefined;
  const entry = entryWithId(engine.store, id);
  if (entry === undefined) return undefined;
  try {
    const { jobs }: RunResult = yield* runMapping(engine, {
      mapping: entry.mapping,
      queueEntry: id,
    });
    finishEntry(engine, id, { jobs });
    return jobs;
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    finishEntry(engine, id, { error: error.reason });
    return [];
  }
}

export type EntryOutcome =
  { readonly jobs: readonly SynchJob[] } | { readonly error: EngineMessage };

/** Ends the process of an entry, and lets the next of its category go. */
export function finishEntry(engine: Engine, id: string, outcome: EntryOutcome): void {
  const { store, clock } = engine;
  store.transaction(() => {
    const entry = entryWithId(store, id);
    if (entry === undefined) return;
    const now = clock.BusinessCentral();
    const { message: _, ...rest } = entry;
    const after =
      'error' in outcome
        ? afterError(rest, outcome.error, now)
        : afterSuccess(rest, outcome.jobs, now);
    if (after === undefined) deleteEntry(store, id);
    else saveEntry(store, after);
    releaseCategory(engine, entry.category, now);
  });
}

/** An entry that is not recurring has done its work; undefined deletes it. */
function afterSuccess(
  entry: QueueEntry,
  jobs: readonly SynchJob[],
  now: number,
): QueueEntry | undefined {
  if (!entry.recurring) return undefined;
  const done = { ...entry, attempts: 0 };
  if (!haveBeenIdle(jobs)) {
    return { ...done, status: 'Ready', startsAt: now + entry.minutes * MINUTE, readyAt: now };
  }
  const wakes = entry.inactivityMinutes > 0;
  return {
    ...done,
    status: 'On Hold with Inactivity Timeout',
    scheduled: wakes,
    startsAt: wakes ? now + entry.inactivityMinutes * MINUTE : entry.startsAt,
  };
}

/** One failure keeps a job awake; a run without any job says nothing (`bc-oracle.md` N08). */
const haveBeenIdle = (jobs: readonly SynchJob[]): boolean =>
  jobs.length > 0 &&
  jobs.every(
    ({ counters: { inserted, modified, deleted, failed } }) =>
      inserted + modified + deleted + failed === 0,
  );

/** A connection that is broken is no failure of the job (`bc-oracle.md` N09). */
function afterError(entry: QueueEntry, error: EngineMessage, now: number): QueueEntry {
  if (error.code === 'connectionNotEnabled') {
    return {
      ...entry,
      status: 'Ready',
      attempts: 1,
      message: error,
      startsAt: now + entry.minutes * MINUTE,
      readyAt: now,
    };
  }
  const attempts = entry.attempts + 1;
  if (attempts >= entry.mostAttempts) {
    return { ...entry, status: 'Error', attempts, message: error, scheduled: false };
  }
  const pause = attempts <= LAST_QUICK_ATTEMPT ? 10 ** attempts : 6 * HOUR;
  return {
    ...entry,
    status: 'Ready',
    attempts,
    message: error,
    startsAt: now + entry.rerunDelaySeconds * SECOND + pause,
    readyAt: now,
  };
}

function releaseCategory({ store }: Engine, category: string | undefined, now: number): void {
  if (category === undefined) return;
  const [next] = queueEntries(store)
    .filter((entry) => entry.category === category && entry.status === 'Waiting')
    .toSorted((left, right) => left.priority - right.priority || left.startsAt - right.startsAt);
  if (next !== undefined) saveEntry(store, { ...next, status: 'Ready', readyAt: now });
}

/** Entries whose process ended with the host: they are Ready again, and their jobs say that they were interrupted. */
export function recoverInterrupted({ store, clock }: Engine): number {
  return store.transaction(() => {
    const now = clock.BusinessCentral();
    for (const entry of queueEntries(store)) {
      if (entry.status === 'In Process' || entry.status === 'Waiting') {
        saveEntry(store, { ...entry, status: 'Ready', startsAt: now, readyAt: now });
      }
    }
    return store.run(
      'UPDATE synch_job SET finished_at = ?, message = ? WHERE finished_at IS NULL',
      [now, JSON.stringify({ code: 'interrupted' })],
    );
  });
}
