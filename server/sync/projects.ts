import type { CancellationToken } from 'vscode-languageserver';
import { message } from '../../src/engine/model/message.ts';
import { sayIn } from '../../src/engine/surface/say.ts';
import type { ErrorsPage } from '../../src/engine/surface/views/errors.ts';
import type { Sentence } from '../../src/engine/surface/views/names.ts';
import { rowsChangedNotification } from '../../src/service/protocol/maps.ts';
import {
  type SyncChanged,
  syncChangedNotification,
  type SyncProject,
  syncProgressNotification,
  type SyncProjectsResult,
  type SyncRunResult,
} from '../../src/service/protocol/sync.ts';
import { isProjectFile, isRowFile } from '../../src/workspace/kinds.ts';
import type { FeatureHost } from '../feature.ts';
import { readSyncSchedule } from '../settings.ts';
import type { SyncQuestion, SyncStatus } from './syncQuestions.ts';
import { type SyncThread, ThreadEnded } from './syncThreads.ts';

/** The sync projects of the workspace, as far as they are asked about. */
export interface Projects {
  readonly isOpen: (uri: string) => boolean;
  /** Somebody looks at records of a project: when it changes, they are to be asked for again. */
  readonly previewed: (uri: string) => void;
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
export function projectsOf(host: FeatureHost): Projects {
  const { connection, session, syncThread, syncErrors } = host;
  const threads = new Map<string, SyncThread>();
  const ended = new Map<string, string>();
  const previewed = new Set<string>();
  let folders = '';
  const changed = (params: SyncChanged): void => {
    void connection.sendNotification(syncChangedNotification, params);
    if (params.project === undefined) return;
    void tellErrors(params.project);
    if (previewed.has(params.project)) void connection.sendNotification(rowsChangedNotification);
  };
  /** Who shows problems is told how many errors each mapping has; of a closed project, that there are none. */
  const tellErrors = async (project: string): Promise<void> => {
    const thread = threads.get(project);
    const request = { groupBy: 'mapping', limit: 0 } as const;
    const page = await thread
      ?.ask({ method: 'errors', params: { project, request } })
      .catch(() => undefined);
    if (threads.get(project) !== thread) return;
    const { groups = [] } = (page ?? {}) as Partial<ErrorsPage>;
    syncErrors.told(
      project,
      groups.map(({ key, count }) => ({ mapping: key, count })),
    );
  };
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
      void tellErrors(uri);
      await thread.end();
    }
  };

  return {
    isOpen: (uri) => threads.has(uri),
    previewed: (uri) => void previewed.add(uri),
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
