import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser, newWorkbenchPage, workbenchAddress } from './browser.ts';
import type { Locale } from './browser.ts';
import { temporaryDirectory } from './cleanup.ts';
import { hasDisplay } from './desktop.ts';
import { startDriver } from './driver.ts';
import type { Page } from './playwright.ts';
import { startGroup } from './processGroup.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';
import { quietSettings } from './settings.ts';
import type { Workbench } from './workbench.ts';

export interface HostRun {
  /** The folder with the extension's package.json. */
  readonly extension: string;
  /** The bundle that exports run(). */
  readonly suite: string;
  /** Copied before the run, because tests change files. */
  readonly workspace: string;
  readonly screenshots: string;
  readonly locale: Locale;
  readonly theme?: string;
  readonly env: Record<string, string>;
  readonly limitMs: number;
  readonly verbose: boolean;
}

const LAST_PICTURE = 'time-limit';

/** Runs the suite in the browser-served VS Code and answers its exit code. */
export async function runInBrowser(workbench: Workbench, run: HostRun): Promise<number> {
  const directory = temporaryDirectory();
  const workspace = await copyWorkspace(run, directory);
  let printed = false;
  const driver = await startDriver({
    screenshots: run.screenshots,
    print: (line) => {
      printed = true;
      console.log(line);
    },
  });
  const server = await startServer(workbench, {
    directory,
    settings: quietSettings(run.theme),
    env: { ...run.env, DUALWRITE_TEST_DRIVER: driver.address },
    flags: ['--enable-smoke-test-driver'],
    verbose: run.verbose,
  });
  const browser = await launchBrowser(workbench);
  const ended = Promise.withResolvers<number>();
  let lastError = '';
  try {
    const page = await newWorkbenchPage(browser, run.locale, {
      exit: ended.resolve,
      log: (type, values) => {
        const line = values.map(String).join(' ');
        if (type === 'error') {
          lastError = line;
        }
        if (run.verbose) {
          console.log(`[${type}] ${line}`);
        }
      },
    });
    driver.attach(page);
    page.on('crash', () => ended.reject(new Error('The browser page crashed.')));
    void server.exited.then(() =>
      ended.reject(new Error("VS Code's server ended during the run.")),
    );
    await page.goto(testAddress(server, workspace, run));
    const code = await within(run.limitMs, ended.promise, async () => await keepPicture(page, run));
    if (code !== 0 && !printed) {
      // The suite never spoke, so it could not be loaded; the error before the end tells why.
      console.error(lastError);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
    driver.close();
  }
}

function testAddress(server: Server, workspace: string, run: HostRun): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  return workbenchAddress(server.address, workspace, {
    extensionDevelopmentPath: remote(run.extension),
    extensionTestsPath: remote(run.suite),
    skipWelcome: 'true',
  });
}

async function keepPicture(page: Page, run: HostRun): Promise<string> {
  const path = join(run.screenshots, `${LAST_PICTURE}.png`);
  await page.screenshot({ path });
  return `; the last picture is ${path}`;
}

/** Runs the suite in a desktop VS Code, on a virtual display where there is no other. */
export async function runOnDesktop(executable: string, run: HostRun): Promise<number> {
  const directory = temporaryDirectory();
  const workspace = await copyWorkspace(run, directory);
  const userData = join(directory, 'user-data');
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(
    join(userData, 'User', 'settings.json'),
    JSON.stringify(quietSettings(run.theme)),
  );
  const launch = [
    executable,
    workspace,
    `--extensionDevelopmentPath=${run.extension}`,
    `--extensionTestsPath=${run.suite}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(directory, 'extensions')}`,
    `--locale=${run.locale}`,
    // The switches of @vscode/test-electron: a sandbox or an update must not decide about a test run.
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-updates',
    '--disable-telemetry',
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
  ];
  const [command = executable, ...args] = hasDisplay() ? launch : ['xvfb-run', '-a', ...launch];
  const group = startGroup(command, args, { env: run.env, echo: true });
  try {
    return await within(run.limitMs, group.exited);
  } finally {
    await group.stop();
  }
}

async function copyWorkspace(run: HostRun, directory: string): Promise<string> {
  const copy = join(directory, 'workspace');
  await cp(run.workspace, copy, { recursive: true });
  return copy;
}

/** Waits for `outcome` no longer than `limitMs`; `evidence` may add to the error what the end looked like. */
async function within(
  limitMs: number,
  outcome: Promise<number>,
  evidence?: () => Promise<string>,
): Promise<number> {
  const limit = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => limit.resolve('late'), limitMs);
  const first = await Promise.race([outcome, limit.promise]).finally(() => clearTimeout(timer));
  if (first !== 'late') {
    return first;
  }
  const seen = (await evidence?.().catch(() => '')) ?? '';
  throw new Error(`The suite did not end within ${limitMs / 1000} seconds${seen}.`);
}
