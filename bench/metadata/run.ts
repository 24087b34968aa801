import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OUT } from '../bundle.ts';
import type { Measured } from '../parse/run.ts';
import { progress } from '../run.ts';
import { startClient } from '../server/client.ts';
import { type Figure, figure, shown } from '../stats.ts';
import { table } from '../table.ts';
import { LABEL, writePackage } from './aot.ts';

/** What a server was measured to do with a package beside an open map; times in milliseconds. */
interface Indexed {
  /** From the opening of the map to the diagnostics that text and map alone tell. */
  readonly first: number;
  /** From there to those that the metadata tell; undefined where there are none. */
  readonly whole: number | undefined;
  /** From an edit of the map, once all is read, to its diagnostics. */
  readonly edit: number;
  /** From the change of one file of metadata to the diagnostics that follow from it. */
  readonly again: number | undefined;
  /** The longest answer to a question asked while the index was made. */
  readonly busiest: number | undefined;
  readonly memory: number | undefined;
}

const MAP = JSON.stringify({
  name: 'Bench',
  legs: [
    {
      sourceSchema: LABEL,
      sourceFilter: '(ParentField == "")',
      destinationSchema: 'accounts',
      reversedSourceFilter: '',
      fieldMappings: [{ syncDirection: 3, sourceField: 'PARENTFIELD', destinationField: 'name' }],
    },
  ],
});

/** A map in a folder of thousands of AOT files: when what is told of it, and what the index costs. */
export async function measureMetadata(quick: boolean, server: string): Promise<Measured> {
  const counts = quick ? [0, 5_000] : [0, 1_000, 5_000, 20_000];
  const figures: Record<string, Figure> = {};
  const rows: string[][] = [];
  for (const count of counts) {
    const folder = join(OUT, `package-${count}`);
    progress(`metadata: writing ${count} files`);
    await writePackage(folder, count);
    await writeFile(join(folder, 'map.json'), MAP);
    const all: Indexed[] = [];
    for (let repeat = 0; repeat < (quick ? 2 : 5); repeat += 1) {
      progress(`metadata: ${count} files, ${repeat + 1}`);
      all.push(await indexed(server, folder));
    }
    const cell = (name: string, value: (one: Indexed) => number | undefined): string => {
      const values = all.map(value).filter((each) => each !== undefined);
      if (values.length === 0) return '-';
      const found = figure(values);
      figures[`metadata.${count}.${name}`] = found;
      return shown(found);
    };
    rows.push([
      count.toLocaleString('en'),
      cell('first', ({ first }) => first),
      cell('whole', ({ whole }) => whole),
      cell('busiest', ({ busiest }) => busiest),
      cell('edit', ({ edit }) => edit),
      cell('again', ({ again }) => again),
      cell('memory', ({ memory }) => memory),
    ]);
  }
  const head = [
    'files',
    'first diagnostics ms',
    'all metadata told ms',
    'longest answer meanwhile',
    'edit after',
    'one file changed',
    'RSS MB',
  ];
  return { figures, report: `### Metadata beside a map\n\n${table(head, rows)}` };
}

async function indexed(server: string, folder: string): Promise<Indexed> {
  const client = startClient([server, '--stdio'], {});
  const uri = pathToFileURL(join(folder, 'map.json')).href;
  await client.request('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
    capabilities: {
      workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
      textDocument: { diagnostic: {} },
      window: { workDoneProgress: true },
    },
  });
  let refreshed = Promise.withResolvers<void>();
  client.on('workspace/diagnostic/refresh', () => refreshed.resolve());
  const report = async (): Promise<readonly (string | undefined)[]> => {
    const { items } = await client.request<{
      readonly items: readonly { readonly code?: string }[];
    }>('textDocument/diagnostic', { textDocument: { uri } });
    return items.map(({ code }) => code);
  };
  /** Asks as an editor does, until the metadata say what they have to, or not. */
  const until = async (isTold: boolean): Promise<number> => {
    let longest = 0;
    for (;;) {
      const asked = performance.now();
      const codes = await report();
      longest = Math.max(longest, performance.now() - asked);
      if (codes.includes('null-lost') === isTold) return longest;
      await refreshed.promise;
      refreshed = Promise.withResolvers();
    }
  };
  client.notify('initialized', {});
  const begin = performance.now();
  client.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'json', version: 1, text: MAP },
  });
  await report();
  const first = performance.now() - begin;
  const hasMetadata = !folder.endsWith('-0');
  let whole: number | undefined;
  let again: number | undefined;
  let busiest: number | undefined;
  if (hasMetadata) {
    const indexing = { isDone: false };
    const questions = (async () => {
      while (!indexing.isDone) {
        const asked = performance.now();
        await client.request('textDocument/foldingRange', { textDocument: { uri } });
        busiest = Math.max(busiest ?? 0, performance.now() - asked);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await until(true);
    whole = performance.now() - begin;
    indexing.isDone = true;
    await questions;
  }
  const edited = performance.now();
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: `${MAP} ` }],
  });
  await report();
  const edit = performance.now() - edited;
  if (hasMetadata) {
    refreshed = Promise.withResolvers();
    const changed = performance.now();
    const entity = join(folder, 'BenchSuite/Bench1/AxDataEntityView/BenchEntity1.xml');
    client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(entity).href, type: 2 }],
    });
    await refreshed.promise;
    await report();
    again = performance.now() - changed;
  }
  const memory = await client.memory();
  await client.stop();
  return { first, whole, edit, again, busiest, memory };
}
