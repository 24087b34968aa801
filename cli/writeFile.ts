import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { URI } from 'vscode-uri';

/** Writes a file of this machine's disk, and the folders above it where there are none. Throws errors of Node. */
export async function writeFileAt(uri: string, content: string | Uint8Array): Promise<void> {
  const path = URI.parse(uri).fsPath;
  await makeFolder(dirname(path));
  await writeFile(path, content);
}

/** Whether a folder stands there, or a link to one. */
export const isFolder = (uri: string): Promise<boolean> => isFolderAt(URI.parse(uri).fsPath);

const isFolderAt = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

/**
 * Not `mkdir` with `recursive`: that makes the folder above where one can't be made, and tries again, for ever where
 * the one above is there and takes none, as in `/proc`.
 */
async function makeFolder(path: string): Promise<void> {
  if (await isFolderAt(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolderAt(path))) throw error;
  }
}
