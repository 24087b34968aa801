import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleProgram } from './bundle/bundle.ts';
import { commandLineGroups, serverGroups } from './bundle/lazyGroups.ts';

/** Bundles everything that runs outside the tests into dist/. `--watch` is not needed: a build takes a second. */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** The driver loads ways to sign in that are larger than itself; the editor signs in, and hands over a token. */
const withoutAzureIdentity: Plugin = {
  name: 'without @azure/identity',
  setup(build) {
    build.onResolve({ filter: /^@azure\/(?:identity|keyvault-keys)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

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
  bundleProgram('server', 'server/main.ts', serverGroups, dist, 'server/start.ts'),
  bundleProgram('rowThread', 'server/rows/rowThread.ts', [], dist),
  bundleProgram('syncThread', 'server/sync/syncThread.ts', [], dist),
  build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    entryPoints: [join(root, 'server/rows/sqlServerDriver.ts')],
    outfile: join(dist, 'sqlServer.cjs'),
    plugins: [withoutAzureIdentity],
  }),
  bundleProgram('cli', 'cli/main.ts', commandLineGroups, dist, 'cli/start.ts'),
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
  copyFile(join(root, 'client/webview/review.css'), join(dist, 'review.css')),
  copyFile(
    join(dirname(createRequire(import.meta.url).resolve('sql.js')), 'sql-wasm.wasm'),
    join(dist, 'sql-wasm.wasm'),
  ),
]);
