import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OUT } from '../bundle.ts';
import { type Figure, figure } from '../stats.ts';
import type { Server } from './servers.ts';
import { startupOf } from './startup.ts';

/** Runs inside the server, and tells at its end which files it has read; src/program reads those that it runs. */
const REPORTER = `const fs = require('node:fs');
const read = new Set();
const { readFileSync } = fs;
fs.readFileSync = (path, ...options) => {
  read.add(path);
  return readFileSync(path, ...options);
};
process.on('exit', () => {
  const loaded = [...read, ...Object.keys(require.cache)];
  fs.writeFileSync(process.env.LOADED_FILES, JSON.stringify(loaded));
});
`;

/** Kilobytes of JavaScript: of all files of the server, and of those loaded up to the diagnostics of 200 filters. */
export async function bundleFigures(server: Server, path: string): Promise<Record<string, Figure>> {
  const folder = dirname(path);
  const name = basename(path, '.cjs');
  const all = (await readdir(folder))
    .filter(
      (file) => file === `${name}.cjs` || (file.startsWith(`${name}-`) && file.endsWith('.cjs')),
    )
    .map((file) => join(folder, file));
  const reporter = join(OUT, 'reporter.cjs');
  const report = join(OUT, 'loaded.json');
  await writeFile(reporter, REPORTER);
  process.env['LOADED_FILES'] = report;
  await startupOf({ ...server, command: ['--require', reporter, ...server.command] });
  const loaded = new Set(JSON.parse(await readFile(report, 'utf8')) as readonly unknown[]);
  return {
    ...(await sizes('bundle.all', all)),
    ...(await sizes(
      'bundle.loaded',
      all.filter((file) => loaded.has(file)),
    )),
  };
}

async function sizes(key: string, files: readonly string[]): Promise<Record<string, Figure>> {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const kilobytes = (bytes: readonly number[]): Figure =>
    figure([bytes.reduce((sum, each) => sum + each, 0) / 1_024]);
  return {
    [`${key}.kb`]: kilobytes(contents.map(({ length }) => length)),
    [`${key}.gzip-kb`]: kilobytes(contents.map((each) => gzipSync(each, { level: 9 }).length)),
  };
}
