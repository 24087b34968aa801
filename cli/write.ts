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
  { files, write }: Surroundings,
): Promise<'written' | 'same' | 'exists'> {
  const before = (await files.list(uri)).includes(uri) ? await textOf(files, uri) : undefined;
  if (before === text) return 'same';
  const isThere = before !== undefined || (await files.list(uri)).length > 0;
  if (isThere && !isForced) return 'exists';
  await write(uri, text);
  return 'written';
}
