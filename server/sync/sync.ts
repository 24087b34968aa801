import { type CancellationToken, Disposable } from 'vscode-languageserver';
import { message } from '../../src/engine/model/message.ts';
import { sayIn } from '../../src/engine/surface/say.ts';
import type { Sentence } from '../../src/engine/surface/types.ts';
import {
  syncActionsRequest,
  type SyncChanged,
  syncChangedNotification,
  syncCloseRequest,
  syncCouplingsRequest,
  syncErrorsRequest,
  syncExplainRequest,
  syncJobErrorsRequest,
  syncJobsRequest,
  syncMappingsRequest,
  syncOpenRequest,
  type SyncParams,
  type SyncProject,
  syncProgressNotification,
  syncProjectsRequest,
  type SyncProjectsResult,
  syncQuestionsRequest,
  type SyncRunParams,
  syncReviewRequest,
  syncRunRequest,
  type SyncRunResult,
  syncUndoableRequest,
  type SyncUndoParams,
  syncUndoRequest,
} from '../../src/service/protocol/sync.ts';
import { isProjectFile, isRowFile } from '../../src/workspace/kinds.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import { readSyncSchedule } from '../settings.ts';
import type { SyncQuestion, SyncStatus } from './syncQuestions.ts';
import { type SyncThread, ThreadEnded } from './syncThreads.ts';

/** Requests that are answered from a project as it stands; what they ask for goes to it as it comes. */
const pages = {
  [syncMappingsRequest]: 'mappings',
  [syncReviewRequest]: 'review',
  [syncErrorsRequest]: 'errors',
  [syncCouplingsRequest]: 'couplings',
  [syncJobsRequest]: 'jobs',
  [syncJobErrorsRequest]: 'jobErrors',
  [syncActionsRequest]: 'actions',
  [syncQuestionsRequest]: 'questions',
  [syncExplainRequest]: 'explain',
  [syncUndoableRequest]: 'undoable',
} as const;

/** What is asked of sync projects: their pages, their actions, their progress. */
export const sync: Feature = {
  capabilities: {},
  register(host) {
    const projects = projectsOf(host);
    known.set(host, projects);
    const { connection, handle } = host;
    const requests = [
      connection.onRequest<SyncProjectsResult, never>(
        syncProjectsRequest,
        handle<unknown, SyncProjectsResult>(syncProjectsRequest, [], () => projects.list()),
      ),
      connection.onRequest<SyncProject | null, never>(
        syncOpenRequest,
        handle<SyncParams, SyncProject | null>(syncOpenRequest, null, ({ project }) =>
          projects.status(project, true),
        ),
      ),
      connection.onRequest<null, never>(
        syncCloseRequest,
        handle<SyncParams, null>(syncCloseRequest, null, ({ project }) => projects.close(project)),
      ),
      ...Object.entries(pages).map(([request, method]) =>
        connection.onRequest<unknown, never>(
          request,
          handle<SyncParams, unknown>(request, null, (params) =>
            projects.ask(params.project, { method, params } as SyncQuestion),
          ),
        ),
      ),
      // Not by `handle`: who cancels a run still wants to know what became of it.
      connection.onRequest<SyncRunResult, never>(
        syncRunRequest,
        (params: SyncRunParams, token: CancellationToken) =>
          projects.run(params.project, { method: 'run', params }, token),
      ),
      connection.onRequest<SyncRunResult, never>(
        syncUndoRequest,
        (params: SyncUndoParams, token: CancellationToken) =>
          projects.run(params.project, { method: 'undo', params }, token),
      ),
    ];
    connection.onShutdown(() => projects.closeAll());
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
  surroundingsChanged: (host) => known.get(host)?.settingsChanged(),
  filesChanged: (host, uris) => known.get(host)?.filesChanged(uris),
};

const known = new WeakMap<FeatureHost, Projects>();

interface Projects {
  readonly list: () => Promise<SyncProjectsResult>;
  /** Null where the workspace has no such project. */
  readonly status: (uri: string, opens: boolean) => Promise<SyncProject | null>;
  readonly ask: (uri: string, question: SyncQuestion) => Promise<unknown>;
  readonly run: (
    uri: string,
    question: SyncQuestion,
    token: CancellationToken,
  ) => Promise<SyncRunResult>;
  readonly close: (uri: string) => Promise<null>;
  readonly closeAll: () => Promise<void>;
  readonly settingsChanged: () => void;
  readonly filesChanged: (uris: readonly string[]) => void;
}

/** A thread for each open project; one that ended is started anew by the next question, with its state from disk. */
function projectsOf(host: FeatureHost): Projects {
  const { connection, session, syncThread } = host;
  const threads = new Map<string, SyncThread>();
  const ended = new Map<string, string>();
  let folders = '';
  const changed = (params: SyncChanged): void =>
    void connection.sendNotification(syncChangedNotification, params);
  const sentence = (code: string, args?: Readonly<Record<string, string>>): Sentence =>
    sayIn(host.locale())(message(code, args));

  const uris = async (): Promise<readonly string[]> =>
    (await session.index.mapFiles()).filter(isProjectFile);

  const begin = (uri: string): SyncThread => {
    const thread = syncThread(uri, host.locale(), (event) => {
      if (event.kind === 'changed') changed({ project: uri });
      else void connection.sendNotification(syncProgressNotification, event.progress);
    });
    threads.set(uri, thread);
    void applySchedule(uri, thread);
    // Its state is another one now; whoever shows the list asks for it again.
    void thread.ask({ method: 'status' }).then(
      () => changed({ project: uri }),
      () => undefined,
    );
    return thread;
  };

  const applySchedule = async (uri: string, thread: SyncThread): Promise<void> => {
    const isSupported = host.editor().workspace?.configuration === true;
    const params = await readSyncSchedule(connection, uri, isSupported);
    await thread.ask({ method: 'schedule', params }).catch(() => undefined);
  };

  const asked = async (uri: string, question: SyncQuestion): Promise<unknown> => {
    const thread = threads.get(uri) ?? begin(uri);
    try {
      return await thread.ask(question);
    } catch (error) {
      if (error instanceof ThreadEnded && threads.get(uri) === thread) {
        threads.delete(uri);
        ended.set(uri, error.message);
        connection.console.error(`${uri}: ${error.message}`);
        changed({ project: uri });
      }
      throw error;
    }
  };

  const ask = async (uri: string, question: SyncQuestion): Promise<unknown> => {
    if (!(await uris()).includes(uri)) return null;
    try {
      return await asked(uri, question);
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error;
      return asked(uri, question);
    }
  };

  const status = async (uri: string, opens: boolean): Promise<SyncProject | null> => {
    if (!(await uris()).includes(uri)) return null;
    const isOpen = opens || threads.has(uri);
    const now = isOpen ? ((await ask(uri, { method: 'status' })) as SyncStatus) : closed;
    const reason = ended.get(uri);
    const trouble = reason === undefined ? undefined : sentence('threadEnded', { reason });
    return {
      uri,
      name: nameOf(uri),
      folder: folderOf(uri, host.folders()),
      ...now,
      trouble: now.trouble ?? trouble,
    };
  };

  const close = async (uri: string): Promise<null> => {
    const thread = threads.get(uri);
    threads.delete(uri);
    if (thread === undefined) return null;
    await thread.ask({ method: 'close' }).catch(() => undefined);
    await thread.end();
    changed({ project: uri });
    return null;
  };

  /** A project whose file is gone has nothing to save, and nowhere to. */
  const endGone = async (): Promise<void> => {
    const there = new Set(await uris());
    for (const [uri, thread] of threads) {
      if (there.has(uri)) continue;
      threads.delete(uri);
      await thread.end();
    }
  };

  return {
    async list() {
      const all = await Promise.all((await uris()).map((uri) => status(uri, false)));
      return all
        .filter((project) => project !== null)
        .toSorted((left, right) => (left.uri < right.uri ? -1 : 1));
    },
    status,
    ask,
    async run(uri, question, token) {
      const stop = token.onCancellationRequested(
        () =>
          void threads
            .get(uri)
            ?.ask({ method: 'stop' })
            .catch(() => undefined),
      );
      try {
        const answer = (await asked(uri, question)) as SyncRunResult;
        ended.delete(uri);
        return answer;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (!(error instanceof ThreadEnded)) connection.console.error(`${uri}: ${reason}`);
        const code = error instanceof ThreadEnded ? 'threadEnded' : 'projectFailed';
        return { kind: 'failed', reason: sentence(code, { reason, error: reason }) };
      } finally {
        stop.dispose();
      }
    },
    close,
    async closeAll() {
      await Promise.all([...threads.keys()].map(close));
    },
    settingsChanged() {
      for (const [uri, thread] of threads) void applySchedule(uri, thread);
      const now = host.folders().join(' ');
      if (now !== folders) changed({});
      folders = now;
    },
    filesChanged(files) {
      const isAbout = (file: string): boolean =>
        isProjectFile(file) || [...threads.keys()].some((uri) => uri.startsWith(`${file}/`));
      if (files.some(isAbout)) void endGone().then(() => changed({}));
      for (const [uri, thread] of threads) {
        const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
        const matters = files.some(
          (file) => file === uri || (isRowFile(file) && file.startsWith(folder)),
        );
        if (matters) void thread.ask({ method: 'reload' }).catch(() => undefined);
      }
    },
  };
}

const closed: SyncStatus = {
  state: 'closed',
  trouble: undefined,
  view: undefined,
  running: undefined,
};

const nameOf = (uri: string): string =>
  decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.sync\.jsonc?$/iu, '');

/** The innermost workspace folder around a file. */
const folderOf = (uri: string, folders: readonly string[]): string =>
  folders
    .filter((folder) => uri.startsWith(`${folder.replace(/\/$/u, '')}/`))
    .toSorted((left, right) => right.length - left.length)[0] ?? '';
