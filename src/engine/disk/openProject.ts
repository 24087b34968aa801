import type { SqlJsStatic } from 'sql.js';
import { decodeText, type Files } from '../../workspace/files.ts';
import { createEngine, type EngineOptions } from '../engine.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import { applyProject } from '../project/applyProject.ts';
import { loadProject } from '../project/load.ts';
import { engineProjectOf } from '../project/open.ts';
import { keepsClosed, readProject } from '../project/read.ts';
import { StoreTooNew } from '../store/schema.ts';
import type { RecordedAction } from '../undo/record.ts';
import { recover } from '../undo/recover.ts';
import type { Disk } from './disk.ts';
import type { LockHost, Owner } from './lock.ts';
import { openStore, type OpenStore } from './openStore.ts';
import { StoreUnreadable } from './savedStore.ts';

export interface ProjectHost extends LockHost {
  /** The project file. */
  readonly uri: string;
  readonly files: Files;
  readonly sqlJs: SqlJsStatic;
  /** The folder of its store (`storeFolderOf`). */
  readonly disk: Disk;
  readonly clock: EngineOptions['clock'];
  readonly ids: EngineOptions['ids'];
  readonly onlyReads?: boolean;
}

export interface OpenProject {
  readonly kind: 'open';
  readonly store: OpenStore;
  /** What a person should know: files of rows that can't be read, damage that was found, who else works on it. */
  readonly troubles: readonly EngineMessage[];
  /** An action that was interrupted, to be asked for again. */
  readonly interrupted: RecordedAction | undefined;
}

/**
 * Opens a project: what its file and its files of rows say now, on the store that was kept beside it. What was
 * interrupted is put in order. Throws nothing: a project that can't be opened has a reason.
 */
export async function openProject(
  host: ProjectHost,
): Promise<OpenProject | { readonly kind: 'failed'; readonly reason: EngineMessage }> {
  const { uri, files, sqlJs, disk, clock, ids } = host;
  const text = await textOf(files, uri);
  if (text === undefined) return failed(message('projectUnreadable'));
  const { value: file, problems } = readProject(text);
  const wrong = problems.filter(keepsClosed);
  if (file === undefined || wrong.length > 0) {
    return failed(message('projectInvalid', { count: Math.max(1, wrong.length) }));
  }
  const loaded = await loadProject(file, { uri, files, sqlJs: () => Promise.resolve(sqlJs) });
  let store: OpenStore | undefined;
  try {
    store = openStore({
      ...host,
      disk,
      options: { sqlJs, clock, ids },
      create(options) {
        const engine = createEngine(engineProjectOf(file), options);
        applyProject(engine, file, loaded);
        return engine;
      },
    });
    const troubles = [...loaded.troubles, ...troublesOf(store)];
    if (store.owner !== undefined) return { kind: 'open', store, troubles, interrupted: undefined };
    const { action } = recover(store.engine);
    const applied = applyProject(store.engine, file, loaded);
    const saved = store.save();
    if (saved.kind === 'failed') troubles.push(message('notSaved', { code: saved.code }));
    const more = applied.troubles.filter((trouble) => !loaded.troubles.includes(trouble));
    return { kind: 'open', store, troubles: [...troubles, ...more], interrupted: action };
  } catch (error) {
    store?.close();
    return failed(reasonOf(error));
  }
}

const failed = (reason: EngineMessage) => ({ kind: 'failed', reason }) as const;

async function textOf(files: Files, uri: string): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}

function troublesOf({ owner, damage }: OpenStore): EngineMessage[] {
  const lost = damage.reduce((sum, each) => sum + (each.kind === 'journal' ? each.lost : 0), 0);
  const [first] = damage;
  return [
    ...(owner === undefined ? [] : [openElsewhere(owner)]),
    ...(first === undefined ? [] : [message('storeDamaged', { file: first.file, count: lost })]),
  ];
}

export const openElsewhere = ({ name, pid, host }: Owner): EngineMessage =>
  message('openElsewhere', { name, pid, host });

function reasonOf(error: unknown): EngineMessage {
  if (error instanceof EngineRefusal) return error.reason;
  if (error instanceof StoreUnreadable) return message('storeUnreadable', { file: error.message });
  if (error instanceof StoreTooNew) return message('storeTooNew');
  return message('projectFailed', {
    error: error instanceof Error ? error.message : String(error),
  });
}
