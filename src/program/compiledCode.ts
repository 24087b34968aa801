import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import type { Script } from 'node:vm';

/** Code as V8 compiled it, on disk from one run of a program to the next. Nothing fails without it. */
export interface CompiledCode {
  /** What was kept of a file, as long as that has not changed. V8 looks itself whether it can use it. */
  readonly of: (filename: string) => Buffer | undefined;
  /** Keeps what will be compiled of a file by the time its program has done something. */
  readonly keep: (filename: string, script: Script) => void;
}

/** Milliseconds after which a program has run what it runs at every start. */
const WARM = 10_000;
/** Milliseconds after which what was kept is thrown away. */
const OLD = 90 * 24 * 3600 * 1000;

/**
 * Chosen or forbidden by what names the folder of Node's own (`NODE_COMPILE_CACHE`, `NODE_DISABLE_COMPILE_CACHE`). Node's
 * compile cache itself holds the functions that are compiled before a file runs at all: 21 KB of the 755 that a start of
 * the server needs.
 */
export function compiledCode(): CompiledCode {
  const folder = folderOfCode();
  if (folder === undefined || !isOwn(folder)) return { of: () => undefined, keep: () => undefined };
  const waiting = new Map<string, Script>();
  const save = (): void => {
    if (waiting.size === 0) return;
    ignoringErrors(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    for (const [path, script] of waiting) write(path, script.createCachedData());
    waiting.clear();
    removeOld(folder);
  };
  process.once('exit', save);
  const version = cachedDataVersionTag();
  // One for each version of V8 and its flags. The name of a file tells its contents, as far as a build is concerned; V8
  // itself compares no more than its length.
  const pathOf = (filename: string): string =>
    `${folder}${filename.slice(filename.lastIndexOf(sep))}-${statSync(filename).mtimeMs}-${version}${EXTENSION}`;
  return {
    of: (filename) => readIfThere(pathOf(filename)),
    keep(filename, script) {
      if (waiting.size === 0) setTimeout(save, WARM).unref();
      waiting.set(pathOf(filename), script);
    },
  };
}

const EXTENSION = '.compiled';

/** One for each person: those of all may share the one for temporary files. */
function folderOfCode(): string | undefined {
  const { NODE_COMPILE_CACHE: chosen, NODE_DISABLE_COMPILE_CACHE: forbidden } = process.env;
  if (isSet(forbidden)) return undefined;
  return join(isSet(chosen) ? chosen : tmpdir(), `dual-write-${process.getuid?.() ?? 'code'}`);
}

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

/** What lies there is run: nobody else may have put it there. */
function isOwn(folder: string): boolean {
  try {
    const stats = statSync(folder, { throwIfNoEntry: false });
    return stats === undefined || process.getuid === undefined || stats.uid === process.getuid();
  } catch {
    return false;
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Under another name first: a process may be killed, and two may write the same. */
function write(path: string, data: Buffer): void {
  const unfinished = `${path}.${process.pid}${EXTENSION}`;
  ignoringErrors(() => {
    writeFileSync(unfinished, data, { mode: 0o600 });
    renameSync(unfinished, path);
  });
}

/** What was compiled of earlier versions; the program that is in use is compiled anew once in this time. */
function removeOld(folder: string): void {
  ignoringErrors(() => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith(EXTENSION) && Date.now() - statSync(path).mtimeMs > OLD) rmSync(path);
    }
  });
}

/** A full disk or a missing permission costs some milliseconds of the next start. */
function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {
    // Told nobody: there is nothing that a person should do about it.
  }
}
