import type { Worker } from 'node:worker_threads';
import type { RowsAsSql } from '../../src/preview/asSql.ts';
import type { LoadedRows, RowEngine } from '../../src/preview/rowEngine.ts';
import { RowsLost } from '../../src/preview/rowsLost.ts';
import type { RowAnswer, RowQuestion } from './rowThread.ts';

/** A question without its number. */
type Question = RowQuestion extends infer Q ? (Q extends unknown ? Omit<Q, 'id'> : never) : never;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: (rows: number) => void;
}

/** A thread, and what it was asked and has not answered. */
interface Running {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** Why it has ended; a thread that has hears nothing and says nothing. */
  end: string | undefined;
}

/**
 * Tables in a thread of their own (rowThread.ts), started by the first question. Where the thread ends, whoever waits is
 * told `RowsLost`, and the next question starts another.
 *
 * @param start the thread. What it may hold is limited there: running out of memory then ends it alone.
 * @param ended told of each end that nobody wished for.
 */
export function rowThreadEngine(
  start: () => Promise<Worker>,
  ended: (reason: string) => void,
): RowEngine {
  let current: Promise<Running> | undefined;
  let lastId = 0;

  const begin = async (): Promise<Running> => {
    const worker = await start();
    const running: Running = { worker, waiting: new Map(), end: undefined };
    const { waiting } = running;
    let reason: string | undefined;
    worker.on('message', (message: RowAnswer) => {
      const asked = waiting.get(message.id);
      if (message.kind === 'progress') {
        asked?.progress(message.rows);
        return;
      }
      waiting.delete(message.id);
      if (message.kind === 'answer') asked?.resolve(message.value as never);
      else asked?.reject(failure(message));
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', (code) => {
      running.end = reason ?? `exit code ${code}`;
      current = undefined;
      for (const { reject } of waiting.values()) reject(new RowsLost(running.end));
      waiting.clear();
      ended(running.end);
    });
    // An editor that has gone doesn't wait for rows.
    worker.unref();
    return running;
  };

  /** The thread, started where none runs. One that can't be started is tried again by the next question. */
  const thread = async (): Promise<Running> => {
    current ??= begin();
    const asked = current;
    try {
      return await asked;
    } catch (error) {
      if (current === asked) current = undefined;
      throw new RowsLost(error instanceof Error ? error.message : String(error));
    }
  };

  const ask = async <T>(question: Question, progress = (_rows: number): void => undefined) => {
    const { worker, waiting, end } = await thread();
    if (end !== undefined) throw new RowsLost(end);
    lastId += 1;
    const id = lastId;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve, reject, progress });
      worker.postMessage({ ...question, id });
    });
  };

  return {
    load(key, source, onProgress) {
      const stop = sharedNumber();
      return ask<LoadedRows>({ method: 'load', key, source, stop }, (rows) => {
        if (!onProgress(rows)) Atomics.store(stop, 0, 1);
      });
    },
    counts: (key, condition) => ask({ method: 'counts', key, condition }),
    page: (key, condition, query, offset, limit) =>
      ask({ method: 'page', key, condition, query, offset, limit }),
    row: (key, number) => ask({ method: 'row', key, number }),
    csv: (key, condition, query) => ask({ method: 'csv', key, condition, query }),
    asSql(key, condition, goOn) {
      const stop = sharedNumber();
      return ask<RowsAsSql | undefined>({ method: 'asSql', key, condition, stop }, () => {
        void Promise.resolve(goOn()).then((isWanted) => {
          if (!isWanted) Atomics.store(stop, 0, 1);
        });
      });
    },
    async forget(key) {
      // A thread that has ended has forgotten all.
      if (current !== undefined) await ask({ method: 'forget', key });
    },
  };
}

const sharedNumber = (): Int32Array =>
  new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

const failure = ({ reason, isLost }: RowAnswer & { readonly kind: 'failed' }): Error =>
  isLost ? new RowsLost(reason) : new Error(reason);
