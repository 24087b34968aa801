import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Bundles everything that runs outside the tests into dist/. `--watch` is not needed: a build takes a second. */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's `main` is a UMD file whose requires no bundler can follow.
  mainFields: ['module', 'main'],
  sourcemap: true,
  minify: true,
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  build({
    ...node,
    entryPoints: [join(root, 'client/extension.ts')],
    outfile: join(dist, 'client.cjs'),
    external: ['vscode'],
  }),
  build({
    ...node,
    entryPoints: [join(root, 'server/main.ts')],
    outfile: join(dist, 'server.cjs'),
  }),
  build({ ...node, entryPoints: [join(root, 'cli/main.ts')], outfile: join(dist, 'cli.cjs') }),
  build({
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: [join(root, 'client/webview/rows.ts')],
    outfile: join(dist, 'rows.js'),
  }),
  copyFile(join(root, 'client/webview/rows.css'), join(dist, 'rows.css')),
  copyFile(
    join(dirname(createRequire(import.meta.url).resolve('sql.js')), 'sql-wasm.wasm'),
    join(dist, 'sql-wasm.wasm'),
  ),
]);
