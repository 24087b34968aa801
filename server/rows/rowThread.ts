import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { Condition } from '../../src/filter/meaning/condition.ts';
import { rowEngine, type RowEngine, type RowSource } from '../../src/preview/rowEngine.ts';
import { RowsLost } from '../../src/preview/rowsLost.ts';
import type { RowQuery } from '../../src/preview/rowStore.ts';
import { nodeFiles } from '../../src/workspace/nodeFiles.ts';
import { loadedSqlJs } from '../../src/workspace/sqlJs.ts';

/**
 * The thread in which rows are read and judged, so that a million of them keep nobody waiting who edits a filter. It is
 * spoken to by rowThreadEngine.ts.
 */

/** What the thread is asked: a method of `RowEngine` with its arguments. */
export type RowQuestion = { readonly id: number; readonly key: string } & (
  | {
      readonly method: 'load';
      readonly source: RowSource;
      /** Shared: its first number is 1 once the reading is to end, for a thread that reads hears no message. */
      readonly stop: Int32Array;
    }
  | { readonly method: 'counts'; readonly condition: Condition }
  | {
      readonly method: 'page';
      readonly condition: Condition;
      readonly query: RowQuery;
      readonly offset: number;
      readonly limit: number;
    }
  | { readonly method: 'row'; readonly number: number }
  | { readonly method: 'csv'; readonly condition: Condition; readonly query: RowQuery }
  | {
      readonly method: 'asSql';
      readonly condition: Condition;
      /** As of `load`. */
      readonly stop: Int32Array;
    }
  | { readonly method: 'forget' }
);

/** What it says: how far it has read, or the answer. */
export type RowAnswer = { readonly id: number } & (
  | { readonly kind: 'progress'; readonly rows: number }
  | { readonly kind: 'answer'; readonly value: unknown }
  /** `isLost` where the table is to be loaded again. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isLost: boolean }
);

const engine = rowEngine({ files: nodeFiles, sqlJs: loadedSqlJs });

parentPort?.on('message', (question: RowQuestion) => void answer(question));

async function answer(question: RowQuestion): Promise<void> {
  const { id } = question;
  try {
    say({ id, kind: 'answer', value: await answerTo(question, engine) });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ id, kind: 'failed', reason, isLost: error instanceof RowsLost });
  }
}

const say = (message: RowAnswer): void => parentPort?.postMessage(message);

function answerTo(
  question: RowQuestion,
  { load, counts, page, row, csv, asSql, forget }: RowEngine,
) {
  const { id, key } = question;
  switch (question.method) {
    case 'load':
      return load(key, question.source, (rows) => {
        say({ id, kind: 'progress', rows });
        return Atomics.load(question.stop, 0) === 0;
      });
    case 'counts':
      return counts(key, question.condition);
    case 'page':
      return page(key, question.condition, question.query, question.offset, question.limit);
    case 'row':
      return row(key, question.number);
    case 'csv':
      return csv(key, question.condition, question.query);
    case 'asSql':
      return asSql(key, question.condition, async () => {
        say({ id, kind: 'progress', rows: 0 });
        // Whoever types asks for counts meanwhile, and is answered first.
        await setImmediate();
        return Atomics.load(question.stop, 0) === 0;
      });
    case 'forget':
      return forget(key);
  }
}
