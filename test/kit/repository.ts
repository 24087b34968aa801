import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'mocha';

const root = new URL('../../', import.meta.url);

/** Path of a file of this repository. */
export const pathInRepository = (path: string): string => fileURLToPath(new URL(path, root));

export const readInRepository = (path: string): string =>
  readFileSync(pathInRepository(path), 'utf8');

/**
 * Material that stands beside the repository and is not part of it: filters and maps others published.
 * A test that needs it is skipped where it is absent.
 */
export function readShared(test: Context, path: string): string {
  const file = fileURLToPath(new URL(`../shared/${path}`, root));
  if (!existsSync(file)) test.skip();
  return readFileSync(file, 'utf8');
}
