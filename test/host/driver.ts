/**
 * The suite's hands and eyes outside the extension host; `scripts/vscode/driver.ts` is the other end.
 * A desktop VS Code has no other end: there every request answers `false`, and a test skips its picture.
 */
const address = process.env['DUALWRITE_TEST_DRIVER'];

/** Saves what the window shows as `out/screenshots/<name>.png`; answers the file's path. */
export const screenshot = async (name: string): Promise<string | false> =>
  await ask('screenshot', { name });

/** Presses a key or a chord, for example `Control+Shift+P`. */
export const press = async (keys: string): Promise<boolean> =>
  (await ask('press', { keys })) !== false;

/** Types a text where the keyboard focus is. */
export const type = async (text: string): Promise<boolean> =>
  (await ask('type', { text })) !== false;

/** Clicks the first element that matches, in the window or in one of its webviews. */
export const click = async (selector: string): Promise<boolean> =>
  (await ask('click', { selector })) !== false;

/** What an expression is worth, as JSON, in the webview that has an element that matches. */
export const evaluate = async (selector: string, expression: string): Promise<string | false> =>
  await ask('evaluate', { selector, expression });

/** Waits until something that matches is visible in the window; fails where it never is. */
export const appears = async (selector: string): Promise<boolean> =>
  (await ask('wait', { selector })) !== false;

/** What a person can read in the window, webviews included, or in the elements that match. */
export const pageText = async (selector = 'body'): Promise<string | false> =>
  await ask('text', { selector });

/** Types into the list that is asked, and takes the row of that text; false where there is no window to type in. */
export async function pick(row: string): Promise<boolean> {
  const input = '.quick-input-widget:visible';
  if (!(await appears(`${input} input:focus`))) return false;
  await type(row);
  // Not before the list has found it: Enter takes the row that is marked.
  await appears(`${input} .monaco-list-row.focused:has-text("${row}")`);
  return press('Enter');
}

/** Looks until a person can read a text in the window, webviews included; false where nobody can look. */
export async function shows(text: string): Promise<boolean> {
  for (;;) {
    const page = await pageText();
    if (page === false) return false;
    if (page.includes(text)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Time for the window to draw what it has read; for pictures, which no test depends on. */
export const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

/** Prints a line to the terminal that runs the tests. */
export async function print(text: string): Promise<void> {
  if ((await ask('print', { text })) === false) {
    console.log(text);
  }
}

/** Leaves a text to the window after this one. */
export const note = async (name: string, text: string): Promise<boolean> =>
  (await ask('note', { name, text })) !== false;

/** What an earlier window of this run left; blank where none did. */
export const noted = async (name: string): Promise<string> => (await ask('noted', { name })) || '';

/** Closes the window and opens it again; the run goes on in the new one. False where nobody can do that. */
export async function reload(): Promise<boolean> {
  const isAsked = (await ask('reload', {})) !== false;
  isGoing = isAsked;
  return isAsked;
}

/** A window that goes has nothing more to say: what fails in it now fails because it goes. */
let isGoing = false;

async function ask(action: string, request: Record<string, string>): Promise<string | false> {
  if (address === undefined) {
    return false;
  }
  if (isGoing) {
    return new Promise(() => undefined);
  }
  const response = await fetch(`${address}/${action}`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(text);
  }
  return text;
}
