import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { URI } from 'vscode-uri';
import { isFree, type LockHost, type Owner } from '../../src/engine/disk/lock.ts';
import { nodeDisk } from '../../src/engine/disk/nodeDisk.ts';
import { openProject } from '../../src/engine/disk/openProject.ts';
import { stampOf } from '../../src/engine/disk/savedStore.ts';
import { storeFolderOf } from '../../src/engine/project/places.ts';
import { nodeFiles } from '../../src/workspace/nodeFiles.ts';
import { loadedSqlJs } from '../../src/workspace/sqlJs.ts';
import { syncProject } from './syncProject.ts';
import type { SyncEvent, SyncQuestion } from './syncQuestions.ts';

/**
 * The thread of one sync project, so that no run keeps anybody waiting who edits. Clocks and ids of the engine begin
 * here. It is spoken to by syncThreads.ts.
 */

/** What the thread begins with. */
export interface SyncThreadData {
  readonly uri: string;
  readonly locale: string;
  readonly owner: Owner;
}

export interface AskedQuestion {
  readonly id: number;
  readonly question: SyncQuestion;
}

export type SyncMessage =
  | SyncEvent
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** Between two signs of life; what is due waits at most so long. */
const TICK_MS = 5000;

const { uri, locale, owner } = workerData as SyncThreadData;
const lock: LockHost = { owner, now: () => Date.now(), isAlive };
const disk = nodeDisk(URI.parse(storeFolderOf(uri)).fsPath);
let stamp = '';

const project = syncProject({
  uri,
  locale,
  async open() {
    stamp = stampOf(disk);
    return openProject({
      ...lock,
      uri,
      files: nodeFiles,
      sqlJs: await loadedSqlJs(),
      disk,
      clock: { BusinessCentral: () => Date.now(), Dataverse: () => Date.now() },
      ids: { block: () => ({ prefix: randomUUID().slice(0, 24), first: 1 }) },
    });
  },
  isOutdated: () => isFree(disk, lock) || stampOf(disk) !== stamp,
  tell: say,
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
});

parentPort?.on('message', (asked: AskedQuestion) => void answer(asked));
setInterval(() => void project.tick(), TICK_MS).unref();

async function answer({ id, question }: AskedQuestion): Promise<void> {
  try {
    say({ kind: 'answer', id, value: await project.answer(question) });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ kind: 'failed', id, reason });
  }
}

function say(message: SyncMessage): void {
  parentPort?.postMessage(message);
}

/** Whether this machine has a process of a number. One of another user is alive, though it can't be asked. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
