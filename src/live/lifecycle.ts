import { key } from '../metadata/merge.ts';
import type { Write } from './batch.ts';
import { initialSync } from './initialSync.ts';
import type { Action, Happening, MapState, Wait } from './model.ts';
import { MOST_QUEUED_MEGABYTES, PAUSE_LIMITS } from './status.ts';
import { sendBatch } from './send.ts';
import type { World } from './world.ts';

/** What an action comes to. `lost`: it is taken and nothing of it is kept. */
export type ActionOutcome = 'done' | 'refused' | 'lost' | 'failed';

export interface Acted {
  readonly happenings: readonly Happening[];
  readonly outcomes: readonly string[];
}

/** What can be done with a map in each state (enable-entity-map, table of statuses). */
export const ALLOWED: Readonly<Record<MapState, readonly Action['action'][]>> = {
  notRunning: ['run', 'edit'],
  initializing: [],
  running: ['stop', 'pause'],
  paused: ['run'],
  resuming: [],
};

export function act(action: Action, world: World): Acted {
  const map = action.map.value;
  const status = world.statuses.of(map);
  const { state } = status;
  const happenings: Happening[] = [];
  const tell = (kind: string, code: string, args: Happening['args'] = {}): void =>
    void happenings.push({ kind, code, args, map });
  const answer = (outcome: ActionOutcome): Acted => ({ happenings, outcomes: [outcome] });
  const goTo = (next: MapState): void => {
    status.state = next;
    tell('state', next);
  };
  if (!ALLOWED[state].includes(action.action)) {
    // Edited all the same, the changes are not saved (`dualwrite.md` 1.1).
    if (action.action === 'edit') {
      tell('action', 'editLost', { state });
      return answer('lost');
    }
    tell('action', `refused.${state}`, { action: action.action });
    return answer('refused');
  }
  switch (action.action) {
    case 'edit':
      tell('action', 'edited');
      return answer('done');
    case 'stop':
      goTo('notRunning');
      return answer('done');
    case 'pause':
      status.pausedDays = 0;
      goTo('paused');
      return answer('done');
    case 'run': {
      if (state === 'paused') return resume(action, world, happenings);
      if (action.initialSync === undefined) {
        tell('sync', 'skipped');
        goTo('running');
        return answer('done');
      }
      goTo('initializing');
      const leg = world.legs.find((each) => key(each.map) === key(map));
      const synced = initialSync(action.initialSync, leg, world.rows, world.environment);
      happenings.push(...synced.happenings.map((each) => ({ ...each, map })));
      if (synced.hasFailed) return answer('failed');
      goTo('running');
      return answer('done');
    }
  }
}

/** The queue is written in the order in which it grew; what fails stays as an error of the catch-up. */
function resume({ map, catchUp }: Action, world: World, happenings: Happening[]): Acted {
  const name = map.value;
  const status = world.statuses.of(name);
  const { queue } = status;
  const tell = (kind: string, code: string, args: Happening['args'] = {}): void =>
    void happenings.push({ kind, code, args, map: name });
  status.queue = [];
  status.queuedMegabytes = 0;
  status.pausedDays = 0;
  tell('state', 'resuming');
  let errors = 0;
  if (catchUp === 'replay') {
    tell('queue', 'replay', { count: queue.length });
    for (const write of queue) errors += replay(write, world, happenings);
  } else tell('queue', catchUp, { count: queue.length });
  if (errors > 0) tell('queue', 'errors', { count: errors });
  status.state = 'running';
  tell('state', 'running');
  return { happenings, outcomes: ['done'] };
}

/** One queued record by itself; answers how many errors it leaves. */
function replay(write: Write, world: World, happenings: Happening[]): number {
  const none = { side: write.side, megabytes: undefined, seconds: undefined };
  const sent = sendBatch([write], none, 1, world);
  happenings.push(...sent.happenings);
  return sent.happenings.filter(({ kind }) => kind === 'error').length;
}

/** Time goes by for what is paused. */
export function wait({ days }: Wait, world: World): Acted {
  const happenings: Happening[] = [{ kind: 'wait', code: 'days', args: { count: days } }];
  const limit = world.environment.pauseLimitDays;
  for (const { map } of world.legs) {
    const status = world.statuses.of(map);
    if (status.state !== 'paused') continue;
    status.pausedDays += days;
    const isOver = status.pausedDays >= (limit ?? PAUSE_LIMITS.longest);
    const mayBeOver = status.pausedDays >= (limit ?? PAUSE_LIMITS.shortest);
    if (!mayBeOver) continue;
    const code = isOver ? 'limitReached' : 'limitPerhaps';
    const args = { days: status.pausedDays, megabytes: MOST_QUEUED_MEGABYTES };
    happenings.push({ kind: 'queue', code, args, map });
  }
  return { happenings, outcomes: ['done'] };
}
