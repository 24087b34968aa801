import { openProject } from '../../src/engine/disk/openProject.ts';
import { stampOf } from '../../src/engine/disk/savedStore.ts';
import { isFree, type LockHost } from '../../src/engine/disk/lock.ts';
import type { Disk } from '../../src/engine/disk/disk.ts';
import { syncProject, type SyncProjectEngine } from '../../server/sync/syncProject.ts';
import type { SyncQuestion } from '../../server/sync/syncQuestions.ts';
import { type StartSyncThread, ThreadEnded } from '../../server/sync/syncThreads.ts';
import type { Files } from '../../src/workspace/files.ts';
import { memoryDisk } from './memoryDisk.ts';
import { sqlJs } from './sqlJs.ts';

export interface SyncThreads extends StartSyncThread {
  /** The folder of a project's store. */
  readonly diskOf: (uri: string) => Disk;
  /** The project that answers for an URI now. */
  readonly engineOf: (uri: string) => SyncProjectEngine | undefined;
  /** Ends the thread of a project in the middle of whatever it does. */
  readonly crash: (uri: string) => void;
  /** Moves both clocks on. */
  readonly pass: (milliseconds: number) => void;
}

export interface SyncSetup {
  readonly files: Files;
  /** Stores that were kept before, by the URI of their project. */
  readonly disks?: Map<string, Disk>;
  readonly owner?: string;
  /** Called between two batches. */
  readonly breathe?: () => Promise<void>;
}

/** Sync projects in the process of the test: no thread, no clock of the machine, and a disk in memory. */
export function syncThreads({
  files,
  disks = new Map<string, Disk>(),
  owner = 'window',
  breathe = () => new Promise((resolve) => setImmediate(resolve)),
}: SyncSetup): SyncThreads {
  const engines = new Map<string, SyncProjectEngine>();
  const ends = new Map<string, (error: Error) => void>();
  let now = Date.UTC(2026, 0, 5, 8);
  // Each time a range of its own, as ids of another process are others.
  let last = disks.size * 1_000_000;
  const tick = (): number => (now += 1);
  const diskOf = (uri: string): Disk => {
    const disk = disks.get(uri) ?? memoryDisk();
    disks.set(uri, disk);
    return disk;
  };
  const lock: LockHost = {
    owner: { id: owner, pid: 1, host: 'here', name: owner },
    now: () => 0,
    isAlive: () => true,
  };
  const start: StartSyncThread = (uri, locale, tell) => {
    const disk = diskOf(uri);
    let stamp = '';
    const engine = syncProject({
      uri,
      locale,
      open() {
        stamp = stampOf(disk);
        return openProject({
          ...lock,
          uri,
          files,
          sqlJs,
          disk,
          clock: { BusinessCentral: tick, Dataverse: tick },
          ids: {
            block(count) {
              const first = last + 1;
              last += count;
              return { prefix: '00000000-0000-8000-8000-', first };
            },
          },
        });
      },
      isOutdated: () => isFree(disk, lock) || stampOf(disk) !== stamp,
      tell,
      breathe,
      now: tick,
    });
    engines.set(uri, engine);
    let ended: Error | undefined;
    const end = new Promise<never>((_resolve, reject) => {
      ends.set(uri, (error) => {
        ended = error;
        reject(error);
      });
    });
    end.catch(() => undefined);
    return {
      ask: (question: SyncQuestion) =>
        ended === undefined ? Promise.race([engine.answer(question), end]) : Promise.reject(ended),
      end: () => Promise.resolve(),
    };
  };
  return Object.assign(start, {
    diskOf,
    engineOf: (uri: string) => engines.get(uri),
    crash: (uri: string) => ends.get(uri)?.(new ThreadEnded('out of memory')),
    pass(milliseconds: number) {
      now += milliseconds;
    },
  });
}
