import { textOf } from '../src/workspace/load.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Writes a file. One that says something else is written over only where that is asked for; one that says the same
 * is left alone.
 */
export async function writeNew(
  uri: string,
  text: string,
  isForced: boolean,
  { files, write, isFolder }: Surroundings,
): Promise<'written' | 'same' | 'exists'> {
  // In place of a folder nothing can be written, which is no reason to list all that it holds.
  const isThere = !(await isFolder(uri)) && (await files.list(uri)).includes(uri);
  if (isThere && (await textOf(files, uri)) === text) return 'same';
  if (isThere && !isForced) return 'exists';
  await write(uri, text);
  return 'written';
}
