import type { OpenStore, Saved } from '../../src/engine/disk/openStore.ts';
import { type EngineMessage, foreignText } from '../../src/engine/model/message.ts';
import type { Say } from '../../src/engine/surface/say.ts';
import type { Surface } from '../../src/engine/surface/surface.ts';
import type { ActionRequest, ActionResult } from '../../src/engine/surface/views/actions.ts';
import { actionNumbered, recorded, recordedActions } from '../../src/engine/undo/record.ts';
import { recover } from '../../src/engine/undo/recover.ts';
import type { SyncProgress, SyncRunResult } from '../../src/service/protocol/sync.ts';
import { notDone, progressOf } from './syncRun.ts';

/** A run as others see it, and what they ask of it meanwhile. */
export interface Running {
  progress: SyncProgress;
  isStopped: boolean;
  /** The project is being closed, and the run goes on when it is opened again. */
  isLeft: boolean;
}

/** What a run is driven in. */
export interface RunSurroundings {
  readonly surface: Surface;
  readonly store: OpenStore;
  readonly say: Say;
  /** Why nothing could be saved; undefined where it was. */
  readonly noteSaved: (saved: Saved) => EngineMessage | undefined;
  readonly tell: (progress: SyncProgress) => void;
  readonly breathe: () => Promise<void>;
  readonly now: () => number;
}

/** Of a run that is interrupted, at most so much is done again. */
const SAVE_MS = 500;
const TELL_MS = 100;

/** Runs an action to its end, or until it is stopped or left. Never fails. */
export async function driveRun(
  running: Running,
  request: ActionRequest,
  { surface, store, say, noteSaved, tell, breathe, now }: RunSurroundings,
): Promise<SyncRunResult> {
  const { engine } = store;
  const steps = recorded(
    engine,
    {
      title: running.progress.title,
      request: JSON.stringify(request),
      deletesLogs: request.action.endsWith('Entries') || request.action.includes('Older Than'),
    },
    () => surface.run(request),
  );
  let [savedAt, toldAt] = [-Infinity, -Infinity];
  try {
    for (;;) {
      const step = steps.next();
      // Records that go one by one are too many to write and to tell of each.
      const isDue = step.done === true || now() - savedAt >= SAVE_MS;
      const refused = isDue ? noteSaved(store.save()) : undefined;
      if (isDue) savedAt = now();
      if (refused !== undefined) {
        steps.return({ value: notDone, action: 0 });
        recover(engine);
        return failed(say, refused);
      }
      if (step.done === true) return withUndo(store, step.value.action, step.value.value);
      running.progress = { ...running.progress, ...progressOf(step.value) };
      if (now() - toldAt >= TELL_MS) {
        store.beat();
        tell(running.progress);
        toldAt = now();
      }
      await breathe();
      if (running.isLeft) {
        // Its end is not recorded: who opens the project next finds it interrupted, as after a kill.
        noteSaved(store.save());
        return { kind: 'cancelled' };
      }
      if (running.isStopped) {
        steps.return({ value: notDone, action: 0 });
        recover(engine);
        noteSaved(store.save());
        const [action] = recordedActions(engine);
        return { kind: 'cancelled', ...(action === undefined ? {} : { undo: action.no }) };
      }
    }
  } catch (error) {
    recover(engine);
    noteSaved(store.save());
    return failed(say, foreignText(error instanceof Error ? error.message : String(error)));
  }
}

/** The result of an action, which may be undone if it is recorded. */
export const withUndo = (
  { engine }: OpenStore,
  action: number,
  result: ActionResult,
): SyncRunResult =>
  actionNumbered(engine, action) === undefined ? result : { ...result, undo: action };

export const failed = (say: Say, reason: EngineMessage): SyncRunResult => ({
  kind: 'failed',
  reason: say(reason),
});
