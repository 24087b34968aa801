import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { fileNames } from '../src/import/fileNames.ts';
import { analyse } from '../src/service/analysis.ts';
import { mapsInMarkdown } from '../src/service/maps/mapMarkdown.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { type Command, EXIT } from './command.ts';
import { listPaths, readDocument } from './files.ts';
import { readWords, WrongUsage } from './words.ts';
import { writeNew } from './write.ts';

/** `dual-write export`: maps as Markdown for people, printed or, with `--out`, a file for each document. */
export const exportMaps: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
    force: { type: 'boolean', default: false },
  });
  if (positionals.length === 0) throw new WrongUsage('noPath', { command: 'export' });
  if (values.force && values.out === undefined) {
    throw new WrongUsage('needsOption', { option: '--force', needed: '--out' });
  }
  const { listed, metadata } = await listPaths(positionals, values.metadata, around);
  const workspace: Workspace = { ...emptyWorkspace, metadata };
  const written: { readonly name: string; readonly version: string; readonly text: string }[] = [];
  let isComplete = true;
  const trouble = (sentence: string): void => {
    isComplete = false;
    around.error(`${sentence}\n`);
  };
  for (const { path, isMissing, files } of listed) {
    const before = written.length;
    if (isMissing) trouble(translate('import.trouble.missing', { path }));
    for (const { uri, name, below } of files) {
      const document = await readDocument(uri, around.files);
      if (typeof document === 'string') {
        // A folder may hold what it likes besides maps.
        if (document === 'denied' || below === '') {
          trouble(translate('import.trouble.denied', { path: name }));
        }
        continue;
      }
      const text = mapsInMarkdown(analyse(document, workspace), translate);
      if (text !== '') written.push({ name: stemOf(name), version: '', text });
    }
    if (!isMissing && written.length === before && isComplete) {
      trouble(translate('import.none', { path }));
    }
  }
  if (values.out === undefined) {
    around.out(written.map(({ text }) => text).join('\n'));
    return isComplete ? EXIT.clean : EXIT.findings;
  }
  const names = fileNames(written, '.md');
  for (const [index, { text }] of written.entries()) {
    const path = `${values.out.replace(/\/$/u, '')}/${names[index] ?? ''}`;
    const uri = URI.file(resolve(around.folder, path)).toString();
    const outcome = await writeNew(uri, text, values.force, around);
    if (outcome === 'exists') trouble(translate('cli.export.exists', { path }));
  }
  return isComplete ? EXIT.clean : EXIT.findings;
};

const stemOf = (name: string): string =>
  (name.split(/[/\\]/u).at(-1) ?? name).replace(/\.(?:jsonc?|xml)$/iu, '');
