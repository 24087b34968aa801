import type { PlacedFile } from '../src/import/archive.ts';
import type { Files } from '../src/workspace/files.ts';
import { inParallel } from '../src/workspace/inParallel.ts';

/** The files at some places, folders opened; `unread` names those that can't be read. */
export async function filesToImport(
  uris: readonly string[],
  files: Files,
): Promise<{ readonly found: readonly PlacedFile[]; readonly unread: readonly string[] }> {
  const lists = await Promise.all(
    uris.map(async (uri) => {
      const all = await files.list(uri);
      return all.includes(uri) ? all : all.filter(mayHoldMaps);
    }),
  );
  const found: PlacedFile[] = [];
  const unread: string[] = [];
  await inParallel(lists.flat(), async (uri) => {
    const path = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    try {
      found.push({ path, bytes: await files.read(uri) });
    } catch {
      unread.push(path);
    }
  });
  return { found, unread };
}

const mayHoldMaps = (uri: string): boolean => /\.(?:xml|jsonc?|zip|cab)$/iu.test(uri);
