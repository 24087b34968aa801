/**
 * Opens VS Code with this extension on samples/: `npm start -- [options]`.
 *   --port N     the port of the browser-served VS Code (any free one by default)
 *   --no-open    only print its address
 *   --browser    the browser-served VS Code even where a desktop one is found
 */
import { spawn } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { temporaryDirectory } from './vscode/cleanup.ts';
import { findDesktop, hasDisplay } from './vscode/desktop.ts';
import { startGroup } from './vscode/processGroup.ts';
import { extensionsDirectory, startServer } from './vscode/server.ts';
import { QUIET_SETTINGS } from './vscode/settings.ts';
import { ensureWorkbench } from './vscode/workbench.ts';

const ROOT = join(import.meta.dirname, '..');
const SAMPLES = join(ROOT, 'samples');
const CACHE = join(ROOT, '.vscode-test');

interface Options {
  readonly port: number;
  readonly open: boolean;
  readonly browserOnly: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: true },
      browser: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  return { port: Number(values.port), open: values.open, browserOnly: values.browser };
}

async function openDesktop(executable: string): Promise<void> {
  console.log('Opening samples/ in VS Code; close the window to end.');
  const profile = join(CACHE, 'profile');
  const group = startGroup(
    executable,
    [
      '--new-window',
      `--extensionDevelopmentPath=${ROOT}`,
      // A profile of its own: other extensions stay out, and the person's settings stay as they are.
      `--user-data-dir=${join(profile, 'user-data')}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
      SAMPLES,
    ],
    { echo: false },
  );
  const code = await group.exited.finally(group.stop);
  if (code !== 0) {
    throw new Error(`VS Code ended with code ${code}.\n${group.lastOutput()}`);
  }
}

async function serveToBrowser(options: Options): Promise<void> {
  const workbench = await ensureWorkbench(CACHE, console.log);
  const directory = temporaryDirectory();
  await linkExtension(extensionsDirectory(directory));
  const server = await startServer(workbench, {
    directory,
    port: options.port,
    settings: QUIET_SETTINGS,
    flags: [],
    verbose: false,
  });
  // The folder stands in the address: a default folder gets another authority than its problems, and no squiggles.
  const address = `${server.address.replace(/\/$/u, '')}/?folder=${encodeURI(SAMPLES)}`;
  console.log(`VS Code with Dual-write Workbench: ${address} (Ctrl+C ends it)`);
  if (options.open && hasDisplay()) {
    openInBrowser(address);
  }
  const code = await server.exited;
  throw new Error(`VS Code's server ended with code ${code}.`);
}

/**
 * Installs the extension as a link to this folder. Unlike a development path in the address,
 * that works in any browser, under any forwarded host name, and keeps the address short.
 */
async function linkExtension(extensions: string): Promise<void> {
  const { publisher, name, version } = manifest;
  await mkdir(extensions, { recursive: true });
  await symlink(ROOT, join(extensions, `${publisher}.${name}-${version}`));
}

/** Best effort: the address is printed as well. */
function openInBrowser(address: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

async function start(): Promise<void> {
  const options = readOptions();
  const desktop = options.browserOnly
    ? undefined
    : await findDesktop(CACHE, hasDisplay(), console.log);
  await (desktop === undefined ? serveToBrowser(options) : openDesktop(desktop));
}

await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
