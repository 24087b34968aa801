import type { CouplingName } from '../../src/engine/actions/coupledErrors.ts';
import {
  syncCouplingsRequest,
  type SyncCouplingsResult,
  syncJobsRequest,
  type SyncJobsResult,
  syncRunRequest,
  type SyncRunResult,
} from '../../src/service/protocol/sync.ts';
import { type Editor, startEditor } from './protocol.ts';
import { syncProjectText } from './syncProjects.ts';
import { type SyncSetup, type SyncThreads, syncThreads } from './syncThreads.ts';

export const FOLDER = 'file:///workspace';
export const PROJECT = `${FOLDER}/sales.sync.json`;

/** An editor whose workspace has sync projects. */
export interface SyncEditor {
  readonly editor: Editor;
  readonly threads: SyncThreads;
  readonly files: Map<string, string>;
  readonly ask: <R>(request: string, params?: object) => Promise<R>;
  readonly run: (action: string, params?: object) => Promise<SyncRunResult>;
}

export async function startSync(
  texts: Readonly<Record<string, string>> = { [PROJECT]: syncProjectText() },
  setup: Partial<SyncSetup> & Parameters<typeof startEditor>[0] = {},
): Promise<SyncEditor> {
  const files = new Map(Object.entries(texts));
  const threads = syncThreads({
    files: {
      list: () => Promise.resolve([...files.keys()]),
      async read(uri) {
        const text = files.get(uri);
        if (text === undefined) throw new Error(`no file ${uri}`);
        return new TextEncoder().encode(text);
      },
    },
    ...setup,
  });
  const editor = await startEditor({ ...setup, files: texts, syncThread: threads });
  const ask = <R>(request: string, params: object = {}): Promise<R> =>
    editor.connection.sendRequest<R>(request, { project: PROJECT, ...params });
  return {
    editor,
    threads,
    files,
    ask,
    run: (action, params = {}) => ask(syncRunRequest, { request: { action, ...params } }),
  };
}

/** What an action on the one mapping works on. */
export const modified = { mapping: 'CUSTOMER' };
export const couplings = async ({ ask }: SyncEditor): Promise<readonly CouplingName[]> =>
  (await ask<SyncCouplingsResult>(syncCouplingsRequest))?.rows.map(
    ({ mapping, integrationId, crmId }) => ({ mapping, integrationId, crmId }),
  ) ?? [];
export const jobCount = async ({ ask }: SyncEditor): Promise<number> =>
  (await ask<SyncJobsResult>(syncJobsRequest))?.length ?? NaN;
