import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { PlacedFile } from '../src/import/archive.ts';
import { importMaps as imported } from '../src/import/importMaps.ts';
import { type Command, EXIT } from './command.ts';
import type { Surroundings } from './surroundings.ts';
import { readWords, WrongUsage } from './words.ts';
import { writeNew } from './write.ts';

/**
 * `dual-write import`: the maps of solution archives, customizations.xml and exported records, a file of formatted
 * JSON for each.
 */
export const importMaps: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    out: { type: 'string', default: '.' },
    force: { type: 'boolean', default: false },
  });
  if (positionals.length === 0) throw new WrongUsage('noPath', { command: 'import' });
  const troubles: string[] = [];
  const tell = (kind: string, path: string): void =>
    void troubles.push(translate(`import.trouble.${kind}`, { path }));
  const files: PlacedFile[] = [];
  for (const path of positionals) {
    const found = await filesAt(path, around);
    if (found.length === 0) tell('missing', path);
    for (const file of found) {
      if (file.bytes === undefined) tell('denied', file.path);
      else files.push({ path: file.path, bytes: file.bytes });
    }
  }
  const { maps, troubles: met } = imported(files);
  for (const { kind, path } of met) tell(kind, path);
  if (maps.length === 0 && troubles.length === 0) {
    troubles.push(translate('import.none', { path: positionals.join(', ') }));
  }
  const folder = values.out.replace(/(?<=.)[/\\]$/u, '');
  const counts = { written: 0, same: 0, exists: 0 };
  for (const { fileName, text } of maps) {
    const uri = URI.file(resolve(around.folder, folder, fileName)).toString();
    const outcome = await writeNew(uri, text, values.force, around);
    counts[outcome] += 1;
    if (outcome === 'exists') {
      troubles.push(translate('cli.export.exists', { path: `${folder}/${fileName}` }));
    }
  }
  for (const sentence of troubles) around.error(`${sentence}\n`);
  if (maps.length > 0) {
    const { written, same } = counts;
    around.out(`${translate('cli.import.written', { count: written, path: folder, same })}\n`);
  }
  return troubles.length === 0 ? EXIT.clean : EXIT.findings;
};

/** A file, or those of a folder that may hold maps; without content what can't be read. */
async function filesAt(
  path: string,
  { files, folder }: Surroundings,
): Promise<readonly { readonly path: string; readonly bytes: Uint8Array | undefined }[]> {
  const uri = URI.file(resolve(folder, path)).toString();
  const uris = await files.list(uri);
  const wanted = uris.includes(uri)
    ? [uri]
    : uris.filter((each) => /\.(?:xml|jsonc?|zip|cab)$/iu.test(each));
  return Promise.all(
    wanted.map(async (each) => ({
      path: each === uri ? path : `${path}/${decodeURIComponent(each.slice(uri.length + 1))}`,
      bytes: await files.read(each).catch(() => undefined),
    })),
  );
}
