import { type EngineMessage, EngineRefusal, message } from '../../src/engine/model/message.ts';
import {
  type OpenProject,
  openElsewhere,
  type openProject,
} from '../../src/engine/disk/openProject.ts';
import type { Saved } from '../../src/engine/disk/openStore.ts';
import { dueEntries } from '../../src/engine/jobQueue/run.ts';
import { deleteEntries } from '../../src/engine/log/retention.ts';
import { sayIn } from '../../src/engine/surface/say.ts';
import { type Surface, surfaceOf } from '../../src/engine/surface/surface.ts';
import type { ActionRequest, ActionView } from '../../src/engine/surface/views/actions.ts';
import { recordedActions } from '../../src/engine/undo/record.ts';
import { undoAction, undoRefusal } from '../../src/engine/undo/undo.ts';
import type {
  SyncActionsParams,
  SyncRunResult,
  UndoableAction,
} from '../../src/service/protocol/sync.ts';
import { driveRun, failed, type Running, withUndo } from './driveRun.ts';
import { answerFromPages } from './syncPages.ts';
import type { SyncEvent, SyncQuestion, SyncSchedule, SyncStatus } from './syncQuestions.ts';
import { requestIn, startOf, titleOf } from './syncRun.ts';

export interface SyncHost {
  readonly uri: string;
  readonly locale: string;
  readonly open: () => ReturnType<typeof openProject>;
  /** Whether a project that another window has may be ours now, or is saved anew. */
  readonly isOutdated: () => boolean;
  readonly tell: (event: SyncEvent) => void;
  /** Lets other questions in between two batches. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds, for what is not to happen too often. */
  readonly now: () => number;
}

/** One project with its engine, wherever it runs: in a thread of its own, or in a test. */
export interface SyncProjectEngine {
  readonly answer: (question: SyncQuestion) => Promise<unknown>;
  /** To be called every few seconds: says that we are alive, and does what is due. */
  readonly tick: () => Promise<void>;
}

interface Opened extends OpenProject {
  readonly surface: Surface;
}

const DAY_MS = 24 * 3600 * 1000;

export function syncProject(host: SyncHost): SyncProjectEngine {
  const say = sayIn(host.locale);
  let opening: Promise<Opened | undefined> | undefined;
  let trouble: EngineMessage | undefined;
  let running: Running | undefined;
  /** The last run: it never fails. */
  let driving: Promise<unknown> = Promise.resolve();
  let schedule: SyncSchedule = { jobQueue: false, retention: false };
  let tidiedAt = 0;

  const open = async (): Promise<Opened | undefined> => {
    const found = await host.open();
    if (found.kind === 'failed') {
      trouble = found.reason;
      opening = undefined;
      return undefined;
    }
    [trouble] = found.troubles;
    const opened = { ...found, surface: surfaceOf(found.store.engine, host.locale) };
    const again = requestIn(found.interrupted?.request);
    // After the first answer: what was interrupted goes on as a run like any other.
    if (again !== undefined) {
      const resumed = message('actionResumed', { action: found.interrupted?.title ?? '' });
      trouble = resumed;
      setImmediate(() => {
        void run(again);
        trouble = resumed;
      });
    }
    return opened;
  };
  const current = (): Promise<Opened | undefined> => (opening ??= open());

  const close = async (): Promise<void> => {
    if (running !== undefined) running.isLeft = true;
    await driving;
    const opened = await opening;
    opening = undefined;
    opened?.store.close();
  };

  const noteSaved = (saved: Saved): EngineMessage | undefined => {
    if (saved.kind === 'saved') {
      if (trouble?.code === 'notSaved') trouble = undefined;
      return undefined;
    }
    trouble =
      saved.kind === 'lost' ? message('storeLost') : message('notSaved', { code: saved.code });
    return trouble;
  };

  const run = async (request: ActionRequest): Promise<SyncRunResult> => {
    // Said until the next run.
    if (trouble?.code === 'actionResumed') trouble = undefined;
    const opened = await current();
    if (opened === undefined) return failed(say, trouble ?? message('projectUnreadable'));
    const refusal = offReason(opened);
    if (refusal !== undefined) return { kind: 'refused', reason: say(refusal) };
    const driven = drive(opened, request);
    driving = driven;
    const result = await driven;
    host.tell({ kind: 'changed' });
    // Behind the answer: it may take longer than one should.
    setImmediate(() => noteSaved(opened.store.tidy()));
    return result;
  };

  const offReason = ({ store }: Opened): EngineMessage | undefined => {
    if (store.owner !== undefined) return openElsewhere(store.owner);
    return running === undefined ? undefined : message('busy', { action: running.progress.title });
  };

  const drive = async (opened: Opened, request: ActionRequest): Promise<SyncRunResult> => {
    const progress = startOf(host.uri, titleOf(opened.surface, request));
    running = { progress, isStopped: false, isLeft: false };
    try {
      return await driveRun(running, request, {
        ...opened,
        say,
        noteSaved,
        tell: (now) => host.tell({ kind: 'progress', progress: now }),
        breathe: host.breathe,
        now: host.now,
      });
    } finally {
      running = undefined;
    }
  };

  const undo = async (action: number): Promise<SyncRunResult> => {
    const opened = await current();
    if (opened === undefined) return failed(say, trouble ?? message('projectUnreadable'));
    const refusal = offReason(opened);
    if (refusal !== undefined) return { kind: 'refused', reason: say(refusal) };
    try {
      const titled = (title: string): string => say(message('undoOf', { action: title })).text;
      const undone = undoAction(opened.store.engine, action, titled);
      const refused = noteSaved(opened.store.save());
      if (refused !== undefined) return failed(say, refused);
      return withUndo(opened.store, undone.action, { kind: 'done', jobs: [], notifications: [] });
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      return { kind: 'refused', reason: say(error.reason) };
    } finally {
      host.tell({ kind: 'changed' });
    }
  };

  const status = async (): Promise<SyncStatus> => {
    const opened = await current();
    const said = trouble === undefined ? undefined : say(trouble);
    if (opened === undefined) {
      return { state: 'failed', trouble: said, view: undefined, running: undefined };
    }
    return {
      state: opened.store.owner === undefined ? 'open' : 'readOnly',
      trouble: said,
      view: opened.surface.project(),
      running: running?.progress,
    };
  };

  /** Reads the project and its files of rows again; between two runs. */
  const reload = async (): Promise<void> => {
    if (running !== undefined || opening === undefined) return;
    await close();
    await current();
    host.tell({ kind: 'changed' });
  };

  const actions = (opened: Opened, { target }: SyncActionsParams): readonly ActionView[] => {
    const reason = offReason(opened);
    const views = opened.surface.actions(target);
    return reason === undefined ? views : views.map((view) => off(view, reason));
  };
  const off = (view: ActionView, reason: EngineMessage): ActionView => ({
    ...view,
    enabled: false,
    reason: view.reason ?? say(reason),
  });

  const undoable = ({ store: { engine } }: Opened): readonly UndoableAction[] =>
    recordedActions(engine).map(({ no, title, finishedAt, startedAt, rows, couplings }) => {
      const refusal = undoRefusal(engine, no);
      return {
        number: no,
        title,
        at: finishedAt ?? startedAt,
        rows,
        couplings,
        refusal: refusal === undefined ? undefined : say(refusal),
      };
    });

  return {
    async answer(question) {
      switch (question.method) {
        case 'status':
          return status();
        case 'stop':
          if (running !== undefined) running.isStopped = true;
          return null;
        case 'close':
          await close();
          return null;
        case 'reload':
          await reload();
          return null;
        case 'schedule':
          schedule = question.params;
          return null;
        case 'run':
          return run(question.params.request);
        case 'undo':
          return undo(question.params.action);
        default:
      }
      const opened = await current();
      if (opened === undefined) return null;
      switch (question.method) {
        case 'actions':
          return actions(opened, question.params);
        case 'undoable':
          return undoable(opened);
        default:
          return answerFromPages(opened.surface, question);
      }
    },
    async tick() {
      const opened = await opening;
      if (opened === undefined || running !== undefined) return;
      const { store } = opened;
      if (store.owner !== undefined) {
        if (host.isOutdated()) await reload();
        return;
      }
      store.beat();
      noteSaved(store.tidy());
      const now = store.engine.clock.BusinessCentral();
      if (schedule.retention && now - tidiedAt > DAY_MS) {
        tidiedAt = now;
        if (deleteEntries(store.engine, 'older than 7 days') > 0) host.tell({ kind: 'changed' });
        noteSaved(store.save());
      }
      if (schedule.jobQueue && dueEntries(store.engine).length > 0) {
        await run({ action: 'Run Job Queue' });
      }
    },
  };
}
