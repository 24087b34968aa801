/**
 * Runs test/host/ inside a real VS Code: `npm run test:host -- [options]`.
 *   --locale cs     the display language (en, cs, fr)
 *   --theme NAME    the colour theme, for pictures
 *   --grep TEXT     only tests whose full title contains TEXT
 *   --timeout S     seconds the whole run may take (600)
 *   --browser       the browser-served VS Code even where a desktop one is found
 *   --verbose       everything the server and the extension host say
 */
import { build } from 'esbuild';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LOCALES } from './vscode/browser.ts';
import type { Locale } from './vscode/browser.ts';
import { findDesktop, hasDisplay } from './vscode/desktop.ts';
import { runInBrowser, runOnDesktop } from './vscode/hostRun.ts';
import type { HostRun } from './vscode/hostRun.ts';
import { findOnPath } from './vscode/npm.ts';
import { EXIT_NO_VSCODE } from './vscode/exitCodes.ts';
import { ensureWorkbench } from './vscode/workbench.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, '.vscode-test');

/** This machine has no VS Code and can't get one: the tests did not fail, they did not run. */
class NoWorkbench extends Error {}

function readOptions(): { run: HostRun; browserOnly: boolean } {
  const { values } = parseArgs({
    options: {
      locale: { type: 'string', default: 'en' },
      theme: { type: 'string' },
      grep: { type: 'string' },
      timeout: { type: 'string', default: '600' },
      browser: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const run: HostRun = {
    extension: ROOT,
    suite: join(ROOT, 'out', 'host', 'index.cjs'),
    workspace: join(ROOT, 'samples'),
    screenshots: join(ROOT, 'out', 'screenshots'),
    locale: readLocale(values.locale),
    ...(values.theme === undefined ? {} : { theme: values.theme }),
    env: values.grep === undefined ? {} : { DUALWRITE_TEST_GREP: values.grep },
    limitMs: Number(values.timeout) * 1000,
    verbose: values.verbose,
  };
  return { run, browserOnly: values.browser };
}

function readLocale(name: string): Locale {
  const locale = LOCALES.find((known) => known === name);
  if (locale === undefined) {
    throw new Error(`--locale takes ${LOCALES.join(', ')}; "${name}" is none of them.`);
  }
  return locale;
}

async function bundleSuite(target: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'test', 'host', 'index.ts')],
    outfile: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // mocha looks for its reporters and its configuration on disk, so it stays in node_modules.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

async function runSuite(): Promise<number> {
  const { run, browserOnly } = readOptions();
  await bundleSuite(run.suite);
  const canShow = hasDisplay() || findOnPath('xvfb-run') !== undefined;
  const desktop = browserOnly ? undefined : await findDesktop(CACHE, canShow, console.log);
  if (desktop !== undefined) {
    console.log(`Running in the desktop VS Code (${run.locale}).`);
    return await runOnDesktop(desktop, run);
  }
  const workbench = await ensureWorkbench(CACHE, console.log).catch((error: unknown) => {
    throw new NoWorkbench(error instanceof Error ? error.message : String(error));
  });
  console.log(`Running in the browser-served VS Code (${run.locale}).`);
  return await runInBrowser(workbench, run);
}

process.exitCode = await runSuite().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return error instanceof NoWorkbench ? EXIT_NO_VSCODE : 1;
});
