import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { source as axe } from 'axe-core';
import * as vscode from 'vscode';
import type { PreviewPanel } from '../../client/panel/panel.ts';
import type { RowsResult } from '../../src/service/rowsProtocol.ts';
import { click, evaluate, pageText, press, screenshot, type } from './driver.ts';
import { diagnosticsWhen, extensionApi, next, openSample } from './kit.ts';

/** The preview beside the editor, in the real VS Code: by mouse, by keyboard, and by those who do not see it. */
describe('the preview (panel)', () => {
  const projects = 'maps/projects.json';

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const isOf =
    (text: string) =>
    (result: RowsResult): boolean =>
      result.kind === 'rows' && result.filter.includes(text);

  /** The next time the page has drawn; asked for before something is done that makes it draw. */
  const drawn = async (
    { onDidShow }: Pick<PreviewPanel, 'onDidShow'>,
    act: () => Thenable<unknown>,
    expected?: (result: RowsResult) => boolean,
  ): Promise<RowsResult> => {
    const shown = next(onDidShow, expected);
    await act();
    return shown;
  };

  const openPreview = async (path = projects, text = 'ParentProject'): Promise<RowsResult> => {
    const { rows } = await extensionApi();
    const editor = await openSample(path);
    const place = editor.document.positionAt(editor.document.getText().indexOf(text));
    editor.selection = new vscode.Selection(place, place);
    return drawn(rows, () => vscode.commands.executeCommand('dualWrite.previewFilter'), isOf(text));
  };

  /** What stands in the first column of the filter, row by row, in the nth grid. */
  const cells = async (grid = 0): Promise<readonly string[] | false> => {
    const found = await evaluate(
      '[role="grid"]',
      `[...document.querySelectorAll('[role="grid"]')[${grid}].querySelectorAll('.body [aria-colindex="3"]')].map((cell) => cell.innerText.trim())`,
    );
    return found === false ? false : (JSON.parse(found) as string[]);
  };

  const numbers = async (grid = 0): Promise<unknown> => {
    const found = await evaluate(
      '[role="grid"]',
      `[...document.querySelectorAll('[role="grid"]')[${grid}].querySelectorAll('.body .number')].map((cell) => parseInt(cell.innerText.match(/\\d+/)[0]))`,
    );
    return found === false ? false : JSON.parse(found);
  };

  it('opens beside the editor and leaves the focus there', async () => {
    const editor = await openSample(projects);
    const result = await openPreview();
    ok(result.kind === 'rows');
    equal(result.source.kind, 'file');
    equal(vscode.window.activeTextEditor?.document.uri.path, editor.document.uri.path);
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input }) => input instanceof vscode.TabInputWebview);
    ok(tab?.label.startsWith('Preview: '), tab?.label);
    equal(tab.group.viewColumn, vscode.ViewColumn.Two);
  });

  it('shows the kept beside the lost rows, and NULL apart from the empty text', async () => {
    await openPreview();
    const kept = await cells(0);
    if (kept === false) return;
    deepEqual(kept, ['empty text']);
    deepEqual(await cells(1), ['NULL', 'NULL', 'NULL']);
    const page = await pageText('main');
    ok(page !== false);
    match(page, /Kept: 1 · Dropped: 3 · Lost to NULL: 3/u);
    await screenshot('preview');
  });

  it('says what it would bring if NULL counted as empty', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await pageText()) === false) this.skip();
    await drawn(rows, () => click('[role="switch"]'));
    const page = await pageText('main');
    ok(page !== false);
    match(page, /3 more would be kept: 4 instead of 1\./u);
    equal(((await cells(0)) || []).length, 4);
    await screenshot('preview-null-as-empty');
    await drawn(rows, () => click('[role="switch"]'));
    deepEqual(await numbers(0), [5]);
  });

  it('sorts and searches', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await pageText()) === false) this.skip();
    await drawn(rows, () => click('.tab.all'));
    deepEqual(await numbers(), [1, 2, 3, 4, 5, 6, 7]);
    await drawn(rows, () => click('.grid [aria-colindex="3"]'));
    deepEqual(await numbers(), [1, 4, 7, 5, 2, 3, 6]);
    await drawn(rows, () => click('.grid [aria-colindex="3"]'));
    deepEqual(await numbers(), [6, 3, 2, 5, 7, 4, 1]);
    await drawn(rows, () => click('.grid [aria-colindex="3"]'));
    await click('[type="search"]');
    await drawn(rows, () => press('r'));
    await drawn(rows, () => press('o'));
    await drawn(rows, () => press('b'));
    deepEqual(await numbers(), [5, 6]);
    for (const _ of 'rob') await drawn(rows, () => press('Backspace'));
    deepEqual(await numbers(), [1, 2, 3, 4, 5, 6, 7]);
  });

  it('is used by keyboard, and explains the row that it is at', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await pageText()) === false) this.skip();
    await click('[type="search"]');
    await press('ArrowDown');
    await press('End');
    await press('Control+Home');
    await press('ArrowDown');
    const explained = next(rows.onDidExplain);
    await press('Enter');
    equal(await explained, 2);
    const page = await pageText('.explanation');
    ok(page !== false);
    match(page, /Row 2, explained/u);
    match(page, /false[\s\S]*ParentProject/u);
    await screenshot('preview-explained');

    const pinned = next(rows.onDidPin);
    await vscode.commands.executeCommand('dualWrite.pinRow');
    await pinned;
    equal(rows.preview()?.pinned, 2);
    const [editor] = vscode.window.visibleTextEditors;
    ok(editor);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const text = hover?.contents
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    match(text ?? '', /Row 2/u);
    const unpinned = next(rows.onDidPin);
    await vscode.commands.executeCommand('dualWrite.unpinRow');
    await unpinned;
    equal(rows.preview()?.pinned, undefined);
  });

  it('has nothing serious that axe finds', async function () {
    await openPreview();
    if ((await pageText()) === false) this.skip();
    await evaluate('main', `${axe}; undefined`);
    const found = await evaluate(
      'main',
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]))`,
    );
    ok(found !== false);
    deepEqual(JSON.parse(found), []);
  });

  it('follows the caret from filter to filter, unless it is to stay', async () => {
    const { rows } = await extensionApi();
    await openPreview();
    const toCustomers = async (): Promise<void> => {
      const editor = await openSample('maps/customers-accounts.json');
      const place = editor.document.positionAt(
        editor.document.getText().indexOf('sourceFilter') + 20,
      );
      editor.selection = new vscode.Selection(place, place);
    };
    const result = await drawn(
      rows,
      toCustomers,
      (shown) => shown.kind === 'rows' && !shown.filter.includes('ParentProject'),
    );
    ok(result.kind === 'rows');
    match(result.title, /Customers/u);
    const back = await drawn(rows, () => openSample(projects), isOf('ParentProject'));
    equal(back.kind, 'rows');
  });

  it('follows what is typed, without saving', async () => {
    const { rows } = await extensionApi();
    await openPreview();
    const editor = await openSample(projects);
    const [warning] = await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
    ok(warning);
    const result = await drawn(
      rows,
      () => editor.edit((edit) => edit.replace(warning.range, 'ProjectId == \\"P-1*\\"')),
      isOf('P-1*'),
    );
    ok(result.kind === 'rows');
    ok(editor.document.isDirty);
    await vscode.commands.executeCommand('undo');
    await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
  });

  it('comes back after a reload as it was left', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await pageText()) === false) this.skip();
    await drawn(rows, () => click('.tab.dropped'));
    const saved = rows.saved();
    ok(saved);
    equal(saved.state.tab, 'dropped');
    const panel = vscode.window.createWebviewPanel(
      'dualWrite.preview',
      'Preview',
      { viewColumn: vscode.ViewColumn.Two, preserveFocus: true },
      {},
    );
    const result = await drawn(rows, () => rows.deserializeWebviewPanel(panel, saved));
    equal(result.kind, 'rows');
    deepEqual(await numbers(), [2, 3, 6]);
    await type('');
  });
});
