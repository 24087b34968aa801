import {
  close,
  type Dirent,
  open,
  read,
  readdir,
  readFile,
  realpath,
  stat,
  type Stats,
} from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { URI } from 'vscode-uri';
import { breathe } from './breathe.ts';
import type { Files } from './files.ts';

// Not of `node:fs/promises`: that loads readline, the history of a prompt and more, 2 ms of each start.
const disk = {
  close: promisify(close),
  open: promisify(open),
  read: promisify(read),
  readdir: promisify(readdir),
  readFile: promisify(readFile),
  realpath: promisify(realpath.native),
  stat: promisify(stat),
};

/** Folders that hold nothing a person wrote for the workspace. */
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'out', 'bin']);

/** Files on this machine's disk. */
export const nodeFiles: Files = {
  async list(folder, found = () => undefined) {
    const path = URI.parse(folder).fsPath;
    const [kind, real, entries] = await Promise.all([
      statOf(path),
      realPathOf(path),
      entriesOf(path),
    ]);
    if (kind === undefined) return [];
    if (kind.isFile()) return [URI.file(path).toString()];
    // Some drives don't tell: a disk in memory, one that a path was substituted for.
    const root = real ?? path;
    const walk: Walk = { root, uris: [], found, visited: new Set(), links: [] };
    await collect({ path, real: root }, entries, walk);
    // After everything that stands in its own place, which then is known under that name.
    for (const link of walk.links) await follow(link, walk);
    return walk.uris;
  },
  async size(uri) {
    const found = await statOf(URI.parse(uri).fsPath);
    return found?.size;
  },
  async head(uri, bytes) {
    const file = await disk.open(URI.parse(uri).fsPath, 'r');
    try {
      const { buffer, bytesRead } = await disk.read(file, new Uint8Array(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await disk.close(file);
    }
  },
  async read(uri) {
    const path = URI.parse(uri).fsPath;
    const found = await disk.stat(path);
    if (found.size > MOST_BYTES_READ) throw new Error(`${path} is too large to be read.`);
    return disk.readFile(path);
  },
};

/** More would make no text (2^29 characters), and nobody waits for a file of gigabytes that only may hold a map. */
const MOST_BYTES_READ = 500 * 1024 * 1024;

interface Walk {
  readonly root: string;
  readonly uris: string[];
  readonly found: () => void;
  /** Real paths of folders, and of files that only a link leads to: a link may lead back to where it stands. */
  readonly visited: Set<string>;
  readonly links: string[];
}

interface Folder {
  readonly path: string;
  /** Where it is found without following a link: below another folder that is its real path and a name. */
  readonly real: string;
}

async function collect(
  { path, real }: Folder,
  entries: readonly Dirent[] | undefined,
  walk: Walk,
): Promise<void> {
  if (entries === undefined || walk.visited.has(real)) return;
  walk.visited.add(real);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    await breathe();
    const inner = { path: join(path, entry.name), real: join(real, entry.name) };
    if (entry.isFile()) add(inner.path, walk);
    else if (SKIPPED.has(entry.name)) continue;
    else if (entry.isDirectory()) await collect(inner, await entriesOf(inner.path), walk);
    else if (entry.isSymbolicLink()) walk.links.push(inner.path);
  }
}

function add(path: string, { uris, found }: Walk): void {
  uris.push(URI.file(path).toString());
  found();
}

async function follow(link: string, walk: Walk): Promise<void> {
  const [kind, real] = await Promise.all([statOf(link), realPathOf(link)]);
  if (kind === undefined || real === undefined || walk.visited.has(real)) return;
  if (kind.isDirectory()) {
    if (!isAbove(real, walk.root)) await collect({ path: link, real }, await entriesOf(link), walk);
  } else if (kind.isFile() && !walk.visited.has(dirname(real))) {
    walk.visited.add(real);
    add(link, walk);
  }
}

/** A link to a folder above is a loop by a longer way. */
function isAbove(folder: string, other: string): boolean {
  const way = relative(folder, other);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

/** Undefined where a folder went away since it was listed, or has no permission: it hides its files and nothing else. */
const entriesOf = (folder: string): Promise<Dirent[] | undefined> =>
  disk.readdir(folder, { withFileTypes: true }).catch(() => undefined);

const statOf = (path: string): Promise<Stats | undefined> => disk.stat(path).catch(() => undefined);

const realPathOf = (path: string): Promise<string | undefined> =>
  disk.realpath(path).catch(() => undefined);
