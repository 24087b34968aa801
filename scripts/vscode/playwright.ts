import { pathToFileURL } from 'node:url';

/** The part of playwright-core used here: the package is installed on demand, so its types are not at hand. */
export interface Playwright {
  readonly chromium: { launch(options: LaunchOptions): Promise<Browser> };
}

export interface LaunchOptions {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Record<string, string | undefined>;
}

export interface Browser {
  newContext(options: object): Promise<Context>;
  close(): Promise<void>;
}

interface Context {
  newPage(): Promise<Page>;
  addInitScript(script: { content: string }): Promise<void>;
  exposeFunction(name: string, callback: (...args: unknown[]) => void): Promise<void>;
}

export interface Page {
  readonly keyboard: {
    press(keys: string): Promise<void>;
    type(text: string): Promise<void>;
  };
  goto(address: string): Promise<unknown>;
  reload(): Promise<unknown>;
  frames(): readonly Frame[];
  screenshot(options: { path: string }): Promise<unknown>;
  on(event: 'crash', listener: () => void): void;
  on(event: 'console', listener: (message: { text(): string }) => void): void;
}

export interface Frame {
  /** A string: the function form would need the DOM's types in a Node project. */
  evaluate(expression: string): Promise<unknown>;
  locator(selector: string): Locator;
}

interface Locator {
  first(): Locator;
  count(): Promise<number>;
  click(options: { timeout: number }): Promise<void>;
  waitFor(options: { timeout: number }): Promise<void>;
}

export async function loadPlaywright(file: string): Promise<Playwright> {
  return (await import(pathToFileURL(file).href)) as Playwright;
}
