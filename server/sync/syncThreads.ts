import type { Worker } from 'node:worker_threads';
import type { SyncEvent, SyncQuestion } from './syncQuestions.ts';
import type { SyncMessage } from './syncThread.ts';

/** A project that answers, wherever its engine is. */
export interface SyncThread {
  /** Fails with ThreadEnded where it ended before the answer, and ever after. */
  readonly ask: (question: SyncQuestion) => Promise<unknown>;
  readonly end: () => Promise<void>;
}

export type StartSyncThread = (
  uri: string,
  locale: string,
  tell: (event: SyncEvent) => void,
) => SyncThread;

export class ThreadEnded extends Error {}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** @param start a worker that runs syncThread.ts. */
export const workerThreads =
  (start: (uri: string, locale: string) => Promise<Worker>): StartSyncThread =>
  (uri, locale, tell) => {
    const waiting = new Map<number, Waiting>();
    let lastId = 0;
    let end: string | undefined;
    const finish = (reason: string): void => {
      end ??= reason;
      for (const { reject } of waiting.values()) reject(new ThreadEnded(end));
      waiting.clear();
    };
    const started = start(uri, locale);
    void started.then(
      (worker) => {
        worker.on('message', (message: SyncMessage) => {
          if (message.kind === 'progress' || message.kind === 'changed') {
            tell(message);
            return;
          }
          const asked = waiting.get(message.id);
          waiting.delete(message.id);
          if (message.kind === 'answer') asked?.resolve(message.value);
          else asked?.reject(new Error(message.reason));
        });
        worker.on('error', (error) => {
          end = error instanceof Error ? error.message : String(error);
        });
        worker.on('exit', (code) => finish(`exit code ${code}`));
        // An editor that has gone doesn't wait for a project.
        worker.unref();
      },
      (error: unknown) => finish(String(error)),
    );
    return {
      async ask(question) {
        const worker = await started.catch((error: unknown) => {
          throw new ThreadEnded(String(error));
        });
        if (end !== undefined) throw new ThreadEnded(end);
        lastId += 1;
        const id = lastId;
        return new Promise((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          worker.postMessage({ id, question });
        });
      },
      async end() {
        await (await started).terminate();
      },
    };
  };
