import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from './playwright.ts';

export interface DriverOptions {
  readonly screenshots: string;
  print(line: string): void;
}

export interface Driver {
  readonly address: string;
  /** Requests that come before a page is attached are refused. */
  attach(page: Page): void;
  close(): void;
}

type Request = Readonly<Record<string, unknown>>;

interface Desk extends DriverOptions {
  readonly notes: Map<string, string>;
}

/**
 * Lets the suite inside the extension host ask for what only the outside can do: look at the page,
 * press keys, and print to the terminal. `test/host/driver.ts` is the other end.
 */
export async function startDriver(options: DriverOptions): Promise<Driver> {
  let page: Page | undefined;
  /** What a window leaves to the one after it. */
  const notes = new Map<string, string>();
  const server = createServer((request, response) => {
    void answer(request, response, { ...options, notes }, page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    attach: (attached) => {
      page = attached;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The test driver has no port.');
  }
  return address.port;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: Desk,
  page: Page | undefined,
): Promise<void> {
  try {
    const result = await perform(request.url ?? '', await readBody(request), options, page);
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(result);
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.message : String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<Request> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

async function perform(
  action: string,
  request: Request,
  options: Desk,
  page: Page | undefined,
): Promise<string> {
  if (action === '/print') {
    options.print(textOf(request, 'text'));
    return '';
  }
  if (action === '/note') {
    options.notes.set(textOf(request, 'name'), textOf(request, 'text'));
    return '';
  }
  if (action === '/noted') {
    return options.notes.get(textOf(request, 'name')) ?? '';
  }
  if (page === undefined) {
    throw new Error('No page is open yet.');
  }
  switch (action) {
    case '/reload':
      // Whoever asks for it is gone before there is an answer.
      void page.reload();
      return '';
    case '/screenshot':
      return await takeScreenshot(page, options.screenshots, textOf(request, 'name'));
    case '/press':
      await page.keyboard.press(textOf(request, 'keys'));
      return '';
    case '/type':
      await page.keyboard.type(textOf(request, 'text'));
      return '';
    case '/click':
      await click(page, textOf(request, 'selector'));
      return '';
    case '/wait':
      await page
        .frames()[0]
        ?.locator(textOf(request, 'selector'))
        .first()
        .waitFor({ timeout: PATIENCE });
      return '';
    case '/text':
      return await visibleText(
        page,
        request['selector'] === undefined ? 'body' : textOf(request, 'selector'),
      );
    case '/evaluate':
      return await evaluate(page, textOf(request, 'selector'), textOf(request, 'expression'));
    default:
      throw new Error(`The test driver does not know ${action}.`);
  }
}

/** Milliseconds until something that does not show counts as missing. */
const PATIENCE = 15_000;

function textOf(request: Request, name: string): string {
  const value = request[name];
  if (typeof value !== 'string') {
    throw new Error(`The request has no "${name}".`);
  }
  return value;
}

async function takeScreenshot(page: Page, directory: string, name: string): Promise<string> {
  if (!/^[\w-]+$/.test(name)) {
    throw new Error(`"${name}" is not a name for a picture: use letters, digits, "-" and "_".`);
  }
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

/** Clicks the first match, in the workbench or in one of its webviews. */
async function click(page: Page, selector: string): Promise<void> {
  const frame = await frameWith(page, selector);
  await frame.locator(selector).first().click({ timeout: 5000 });
}

/** What an expression is worth, as JSON, in the workbench or the webview that has an element of that kind. */
async function evaluate(page: Page, selector: string, expression: string): Promise<string> {
  const frame = await frameWith(page, selector);
  return JSON.stringify(await frame.evaluate(expression));
}

/** The newest frame in which something matches: one that was closed stays around for a moment. */
async function frameWith(page: Page, selector: string): Promise<Frame> {
  for (const frame of page.frames().toReversed()) {
    // A frame that has just gone has no matches.
    const count = await frame
      .locator(selector)
      .count()
      .catch(() => 0);
    if (count > 0) return frame;
  }
  throw new Error(`Nothing on the page matches ${selector}.`);
}

/** What a person can read: the text of the workbench and of every webview in it. */
async function visibleText(page: Page, selector: string): Promise<string> {
  const texts = await Promise.all(
    page.frames().map(async (frame) => await frameText(frame, selector)),
  );
  // Editors show a space as a no-break space.
  return texts.filter(Boolean).join('\n').replaceAll('\u00a0', ' ');
}

async function frameText(frame: Frame, selector: string): Promise<string> {
  const expression = `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => element.innerText).join('\\n')`;
  return String(await frame.evaluate(expression).catch(() => ''));
}
