import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { nodeDisk } from '../src/engine/disk/nodeDisk.ts';
import { openProject } from '../src/engine/disk/openProject.ts';
import type { OpenStore } from '../src/engine/disk/openStore.ts';
import { storeFolderOf } from '../src/engine/project/places.ts';
import { sayIn } from '../src/engine/surface/say.ts';
import { type Surface, surfaceOf } from '../src/engine/surface/surface.ts';
import type { Translate } from '../src/problem/message.ts';
import { textOf } from '../src/workspace/load.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { Refused } from './command.ts';
import { faultyProject } from './faultyProject.ts';
import type { Surroundings } from './surroundings.ts';

/** A project that is open: its pages, and the store that keeps what happens. */
export interface OpenedProject {
  readonly surface: Surface;
  readonly store: OpenStore;
}

export interface OpenOptions {
  /** Looks only: a project that somebody else works on is shown as it was saved last. */
  readonly onlyReads?: boolean;
  /** Forgets the store: couplings, log and what was synchronized. */
  readonly reset?: boolean;
}

/**
 * Opens a sync project and its store, does some work and saves. The rows that changed in its files since the last time
 * are taken over first, as edits of people. Throws Refused, having changed nothing.
 */
export async function withProject<T>(
  path: string,
  around: Surroundings,
  translate: Translate,
  work: (project: OpenedProject) => T,
  { reset = false, onlyReads = false }: OpenOptions = {},
): Promise<T> {
  const uri = URI.file(resolve(around.folder, path)).toString();
  const now = around.now ?? Date.now;
  const disk = nodeDisk(URI.parse(storeFolderOf(uri)).fsPath);
  if (reset) for (const name of disk.list()) disk.remove(name);
  const opened = await openProject({
    uri,
    files: around.files,
    sqlJs: await loadedSqlJs(),
    disk,
    clock: { BusinessCentral: now, Dataverse: now },
    ids: { block: () => ({ prefix: randomUUID().slice(0, 24), first: 1 }) },
    owner: { id: randomUUID(), pid: process.pid, host: hostname(), name: 'dual-write sync' },
    now: Date.now,
    isAlive,
  });
  const say = sayIn(around.locale);
  if (opened.kind === 'failed') {
    const { code, text } = say(opened.reason);
    const faulty = code === 'projectInvalid' ? await textOf(around.files, uri) : undefined;
    throw new Refused(
      faulty === undefined ? `${path}: ${text}` : faultyProject(path, faulty, translate),
    );
  }
  const { store, troubles } = opened;
  for (const trouble of troubles) around.error(`${say(trouble).text}\n`);
  try {
    if (store.owner !== undefined && !onlyReads) {
      throw new Refused(translate('cli.sync.locked', { path, owner: store.owner.name }));
    }
    return work({ surface: surfaceOf(store.engine, around.locale), store });
  } finally {
    const saved = store.close();
    if (saved.kind !== 'saved') {
      const code = saved.kind === 'failed' ? saved.code : saved.kind;
      around.error(`${translate('cli.sync.notSaved', { path, code })}\n`);
    }
  }
}

/** Signal 0 asks without harming. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
