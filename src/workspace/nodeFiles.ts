import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { Files } from './files.ts';

/** Folders that hold nothing a person wrote for the workspace. */
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'out', 'bin']);

/** Files on this machine's disk. */
export const nodeFiles: Files = {
  async list(folder) {
    const path = URI.parse(folder).fsPath;
    try {
      if ((await stat(path)).isFile()) return [URI.file(path).toString()];
    } catch {
      return [];
    }
    const found: string[] = [];
    await collect(path, found);
    return found.map((file) => URI.file(file).toString());
  },
  read: (uri) => readFile(URI.parse(uri).fsPath),
};

async function collect(folder: string, found: string[]): Promise<void> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder without permission hides its files and nothing else.
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !SKIPPED.has(entry.name)) await collect(path, found);
  }
}
