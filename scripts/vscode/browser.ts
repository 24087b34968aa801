import { existsSync } from 'node:fs';
import { loadPlaywright } from './playwright.ts';
import type { Browser, LaunchOptions, Page } from './playwright.ts';
import type { Workbench } from './workbench.ts';

export const LOCALES = ['en', 'cs', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const SYSTEM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
/** The Chromium of the npm package is a shell made for containers; it runs as one process. */
const PACKAGED_FLAGS = [
  '--headless=shell',
  '--no-sandbox',
  '--single-process',
  '--no-zygote',
  '--disable-gpu',
];
/** One size for every picture, so that pictures of two runs can be compared. */
const VIEW = { viewport: { width: 1600, height: 1000 }, deviceScaleFactor: 1 };

/** Launches CHROME_PATH, else the system's Chromium, else the one in the workbench's cache. */
export async function launchBrowser(workbench: Workbench): Promise<Browser> {
  const { chromium } = await loadPlaywright(workbench.playwright);
  const system = process.env['CHROME_PATH'] ?? SYSTEM_BROWSERS.find((file) => existsSync(file));
  if (system !== undefined) {
    return await chromium.launch({ executablePath: system, args: SYSTEM_FLAGS, env: process.env });
  }
  const plain: LaunchOptions = {
    executablePath: workbench.chromium,
    args: PACKAGED_FLAGS,
    env: fontEnvironment(workbench),
  };
  return await chromium.launch(plain).catch(
    // A bare container has no NSS libraries; the package brings some. The system's own come first, they fit better.
    async () =>
      await chromium.launch({
        ...plain,
        env: { ...plain.env, LD_LIBRARY_PATH: workbench.chromiumLibraries },
      }),
  );
}

function fontEnvironment(workbench: Workbench): Record<string, string | undefined> {
  return existsSync('/etc/fonts')
    ? process.env
    : { ...process.env, FONTCONFIG_PATH: workbench.chromiumFonts };
}

/** What the workbench calls in the page: the extension host's console, and the end of a test run. */
export interface WorkbenchEvents {
  log(type: string, values: readonly unknown[]): void;
  exit(code: number): void;
}

/** A page whose VS Code speaks `locale` and reports to `events`. */
export async function newWorkbenchPage(
  browser: Browser,
  locale: Locale,
  events: WorkbenchEvents,
): Promise<Page> {
  const context = await browser.newContext(VIEW);
  // VS Code's own switch: it sets vscode.env.language and picks the l10n bundles of extensions.
  await context.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = '${locale}';` });
  await context.exposeFunction('codeAutomationLog', (type, values) =>
    events.log(String(type), Array.isArray(values) ? values : [values]),
  );
  await context.exposeFunction('codeAutomationExit', (code) => events.exit(Number(code)));
  return await context.newPage();
}

/**
 * The address of a workbench that shows `folder` and honours `payload`, VS Code's command line in the browser.
 * A built workbench does so only when its server runs with --enable-smoke-test-driver.
 */
export function workbenchAddress(
  server: string,
  folder: string,
  payload: Readonly<Record<string, string>>,
): string {
  const address = new URL(server);
  address.searchParams.set('folder', folder);
  address.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
  return address.href;
}
