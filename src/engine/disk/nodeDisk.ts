import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** A folder of the machine; it is made when something is written. */
export function nodeDisk(folder: string): Disk {
  const pathOf = (name: string): string => join(folder, name);
  return {
    list: () => absent([], () => readdirSync(folder)),
    read: (name) => absent(undefined, () => new Uint8Array(readFileSync(pathOf(name)))),
    replace(name, parts) {
      mkdirSync(folder, { recursive: true });
      const temporary = pathOf(`${name}.${process.pid}.tmp`);
      try {
        withFile(temporary, 'w', (file) => {
          for (const part of parts) writeAll(file, part);
          fsyncSync(file);
        });
        renameSync(temporary, pathOf(name));
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
      syncFolder(folder);
    },
    append(name, at, bytes) {
      mkdirSync(folder, { recursive: true });
      const isNew = absent(true, () => statSync(pathOf(name)).size === -1);
      withFile(pathOf(name), isNew ? 'w' : 'r+', (file) => {
        ftruncateSync(file, at);
        writeAll(file, bytes, at);
        fsyncSync(file);
      });
      if (isNew) syncFolder(folder);
    },
    create(name, bytes) {
      mkdirSync(folder, { recursive: true });
      const temporary = pathOf(`${name}.${process.pid}.tmp`);
      try {
        // Its name appears with its content: nobody reads a file that is about to be written.
        withFile(temporary, 'w', (file) => writeAll(file, bytes));
        linkSync(temporary, pathOf(name));
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        rmSync(temporary, { force: true });
      }
    },
    remove: (name) => rmSync(pathOf(name), { force: true }),
    touchedAt: (name) => absent(undefined, () => statSync(pathOf(name)).mtimeMs),
    touch: (name, at) => absent(undefined, () => utimesSync(pathOf(name), at / 1000, at / 1000)),
  };
}

function withFile(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}

/** One call may write less than all: at the end of a disk that fills up, before the next one fails. */
function writeAll(file: number, bytes: Uint8Array, at?: number): void {
  for (let done = 0; done < bytes.length;) {
    const place = at === undefined ? null : at + done;
    done += writeSync(file, bytes, done, bytes.length - done, place);
  }
}

/** A file's name is on disk when its folder is. Windows has no such call, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  withFile(folder, 'r', fsyncSync);
}

function absent<T>(instead: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return instead;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
