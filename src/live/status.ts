import { key } from '../metadata/merge.ts';
import type { Write } from './batch.ts';
import type { Environment, MapState, Outcome } from './model.ts';

/** A map with its state and, while it is paused, what waits. */
export interface MapStatus {
  state: MapState;
  /** Days since it was paused. */
  pausedDays: number;
  queue: readonly Write[];
  queuedMegabytes: number;
  readonly enqueue: (write: Write, megabytes: number) => Enqueued;
  readonly withdraw: (write: Write, megabytes: number) => void;
}

interface Enqueued {
  readonly code: 'added' | 'perhapsBlocked' | 'blocked' | 'behind';
  readonly position: number;
  readonly outcomes: readonly Outcome[];
}

/** The states of all maps; one that nobody spoke of is running. */
export interface Statuses {
  readonly of: (map: string) => MapStatus;
  readonly all: () => readonly MapStatus[];
}

/** The documentation of 2021 said seven days, that of 2023 says one (pause-for-maintenance). */
export const PAUSE_LIMITS = { shortest: 1, longest: 7 } as const;
/** 1 GB of queued records (`dualwrite.md` 7.1). */
export const MOST_QUEUED_MEGABYTES = 1024;

export function statusesOf({ states, pauseLimitDays }: Environment): Statuses {
  const known = new Map<string, MapStatus>();
  return {
    of(map) {
      const before = known.get(key(map));
      if (before !== undefined) return before;
      const state = states.find((each) => key(each.map.value) === key(map))?.state ?? 'running';
      const status = statusIn(state, pauseLimitDays);
      known.set(key(map), status);
      return status;
    },
    all: () => [...known.values()],
  };
}

function statusIn(state: MapState, limit: number | undefined): MapStatus {
  const status: MapStatus = {
    state,
    pausedDays: 0,
    queue: [],
    queuedMegabytes: 0,
    enqueue(write, megabytes) {
      const { pausedDays, queuedMegabytes } = status;
      const isFull = queuedMegabytes + megabytes > MOST_QUEUED_MEGABYTES;
      if (isFull || pausedDays >= (limit ?? PAUSE_LIMITS.longest)) {
        // What a block does to the transaction, nobody publishes: it fails, or the other side never hears of it.
        return { code: 'blocked', position: 0, outcomes: ['failed', 'notTriggered'] };
      }
      status.queue = [...status.queue, write];
      status.queuedMegabytes += megabytes;
      const position = status.queue.length;
      if (status.state !== 'paused') {
        return { code: 'behind', position, outcomes: ['queued', 'synchronized'] };
      }
      return pausedDays >= (limit ?? PAUSE_LIMITS.shortest)
        ? { code: 'perhapsBlocked', position, outcomes: ['queued', 'failed', 'notTriggered'] }
        : { code: 'added', position, outcomes: ['queued'] };
    },
    withdraw(write, megabytes) {
      if (!status.queue.includes(write)) return;
      status.queuedMegabytes -= megabytes;
      status.queue = status.queue.filter((each) => each !== write);
    },
  };
  return status;
}
