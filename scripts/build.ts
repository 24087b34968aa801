import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundleProgram } from './bundle/bundle.ts';
import { commandLineGroups, serverGroups } from './bundle/lazyGroups.ts';

/** Bundles everything that runs outside the tests into dist/. `--watch` is not needed: a build takes a second. */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    sourcemap: true,
    minify: true,
    logLevel: 'warning',
    entryPoints: [join(root, 'client/extension.ts')],
    outfile: join(dist, 'client.cjs'),
    external: ['vscode'],
  }),
  bundleProgram('server', 'server/main.ts', serverGroups, dist),
  bundleProgram('rowThread', 'server/rowThread.ts', [], dist),
  bundleProgram('cli', 'cli/main.ts', commandLineGroups, dist),
  build({
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: [join(root, 'client/webview/preview.ts')],
    outfile: join(dist, 'preview.js'),
  }),
  copyFile(join(root, 'client/webview/preview.css'), join(dist, 'preview.css')),
  copyFile(
    join(dirname(createRequire(import.meta.url).resolve('sql.js')), 'sql-wasm.wasm'),
    join(dist, 'sql-wasm.wasm'),
  ),
]);
