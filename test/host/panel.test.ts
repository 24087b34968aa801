import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { source as axe } from 'axe-core';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { RowsResult } from '../../src/service/protocol/rows.ts';
import { click, evaluate, pageText, pick, press, screenshot, type } from './driver.ts';
import { diagnosticsWhen, extensionApi, next, openSample } from './kit.ts';

/** The preview beside the editor, in the real VS Code: by mouse, by keyboard, and by those who do not see it. */
describe('the preview (panel)', () => {
  const projects = 'maps/projects.json';

  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    const workbench = vscode.workspace.getConfiguration('workbench');
    await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const QUOTES = 'Nothing is NULL';
  const nullRuleIs =
    (rule: string) =>
    (result: RowsResult): boolean =>
      result.kind === 'rows' && result.source.kind === 'file' && result.source.nullRule === rule;

  const isOf =
    (text: string) =>
    (result: RowsResult): boolean =>
      result.kind === 'rows' && result.filter.includes(text);

  /** Does something, and looks whenever the page has drawn, until what it sees is expected. */
  const seenAfter = async <T>(
    act: () => Thenable<unknown>,
    look: () => Promise<T>,
    expected: T,
  ): Promise<void> => {
    const { rows } = await extensionApi();
    let drawn = next(rows.onDidShow);
    await act();
    while (!isDeepStrictEqual(await look(), expected)) {
      await drawn;
      drawn = next(rows.onDidShow);
    }
  };

  const openPreview = async (path = projects, text = 'ParentProject'): Promise<RowsResult> => {
    const { rows } = await extensionApi();
    const editor = await openSample(path);
    const place = editor.document.positionAt(editor.document.getText().indexOf(text));
    editor.selection = new vscode.Selection(place, place);
    const shown = next(rows.onDidShow, isOf(text));
    await vscode.commands.executeCommand('dualWrite.previewFilter');
    return shown;
  };

  /** What stands in the first column of the filter, row by row, in the nth grid. */
  const cells = async (grid = 0): Promise<unknown> => {
    const found = await evaluate(
      '[role="grid"]',
      `[...document.querySelectorAll('[role="grid"]')[${grid}].querySelectorAll('.body [aria-colindex="3"]')].map((cell) => cell.innerText.trim())`,
    );
    return found === false ? false : JSON.parse(found);
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
    match(tab?.label ?? '', /^Preview: /u);
    equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
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

  it('runs the filter in SQLite once its rows are seen, and says so', async () => {
    const { rows } = await extensionApi();
    const compared = next(rows.onDidCompare);
    await openPreview();
    deepEqual(await compared, { counts: { kept: 1, lostToNull: 3, dropped: 3 }, isSame: true });
    const summary = await pageText('.sql summary');
    if (summary !== false) equal(summary.trim(), 'SQL · run in SQLite: the same rows');
    await screenshot('preview-as-sql');
  });

  it('says what it would bring if NULL counted as empty', async function () {
    await openPreview();
    if ((await numbers()) === false) this.skip();
    const empties = ['NULL', 'NULL', 'empty text', 'NULL'];
    await seenAfter(
      () => click('[role="switch"]'),
      () => cells(),
      empties,
    );
    const page = await pageText('main');
    ok(page !== false);
    match(page, /3 more would be kept: 4 instead of 1\./u);
    await screenshot('preview-null-as-empty');
    await seenAfter(
      () => click('[role="switch"]'),
      () => numbers(),
      [5],
    );
  });

  it('sorts and searches', async function () {
    await openPreview();
    if ((await numbers()) === false) this.skip();
    const header = (): Promise<boolean> => click('.grid [aria-colindex="3"]');
    await seenAfter(
      () => click('.tab.all'),
      () => numbers(),
      [1, 2, 3, 4, 5, 6, 7],
    );
    await seenAfter(header, () => numbers(), [1, 4, 7, 5, 2, 3, 6]);
    await seenAfter(header, () => numbers(), [6, 3, 2, 5, 7, 4, 1]);
    await seenAfter(header, () => numbers(), [1, 2, 3, 4, 5, 6, 7]);
    await click('[type="search"]');
    await seenAfter(
      () => type('rob'),
      () => numbers(),
      [5, 6],
    );
    await seenAfter(
      () => type('?'),
      () => numbers(),
      [],
    );
    match((await pageText('.pane')) || '', /No row here contains “rob\?”\./u);
    await press('Control+A');
    await seenAfter(
      () => press('Delete'),
      () => numbers(),
      [1, 2, 3, 4, 5, 6, 7],
    );
  });

  it('is used by keyboard, and explains the row that it is at', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await numbers()) === false) this.skip();
    await seenAfter(
      () => click('.tab.all'),
      () => numbers(),
      [1, 2, 3, 4, 5, 6, 7],
    );
    await click('[type="search"]');
    for (const key of ['ArrowDown', 'End', 'Control+Home', 'ArrowDown']) await press(key);
    const explained = next(rows.onDidExplain);
    await press('Enter');
    equal(await explained, 2);
    const page = await pageText('.explanation');
    ok(page !== false);
    match(page, /Row 2, explained/u);
    match(page, /false[\s\S]*ParentProject/u);
    await screenshot('preview-explained');
  });

  it('pins a row, which the hover on the filter then explains', async () => {
    const { rows } = await extensionApi();
    await openPreview();
    const pinned = next(rows.onDidPin);
    await vscode.commands.executeCommand('dualWrite.pinRow', { number: 2 });
    await pinned;
    equal(rows.preview()?.pinned, 2);
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    match(text, /Row 2/u);
    const unpinned = next(rows.onDidPin);
    await vscode.commands.executeCommand('dualWrite.unpinRow');
    await unpinned;
    equal(rows.preview()?.pinned, undefined);
  });

  it('tells which changes of a row arrive', async () => {
    await openPreview();
    const uri: vscode.Uri = await vscode.commands.executeCommand('dualWrite.explainRowChange', {
      number: 2,
    });
    const report = await vscode.workspace.openTextDocument(uri);
    match(
      report.getText(),
      /^# Which changes of row 2 of [^]*## The row is inserted: not triggered/u,
    );
  });

  it('exports its rows, in which NULL and the empty text stay apart', async () => {
    await openPreview();
    const folder = await mkdtemp(join(tmpdir(), 'dual-write-rows-'));
    const target = vscode.Uri.file(join(folder, 'rows.csv'));
    await vscode.commands.executeCommand('dualWrite.exportRows', target);
    const [header, first, ...others] = (await readFile(target.fsPath, 'utf8')).split('\r\n');
    equal(header, 'PROJECTID,PROJECTNAME,PARENTPROJECT,SCHEDULED,PROJECTMANAGER');
    equal(first, 'P-100,Harbour expansion,,1,E-001');
    ok(others.includes('P-300,Warehouse robots,"",1,E-001'));
    await rm(folder, { recursive: true });
  });

  it('hands out the X++ job that tries the filter where it will run', async () => {
    await openPreview();
    equal(await vscode.commands.executeCommand('dualWrite.copyValidationJob'), true);
    match(await vscode.env.clipboard.readText(), /ParentProject/u);
  });

  it('takes NULL in a row file as it is told to, and remembers', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    const choose = async (rule: string): Promise<RowsResult> => {
      const shown = next(rows.onDidShow, nullRuleIs(rule === QUOTES ? 'quotes' : 'null'));
      const done = vscode.commands.executeCommand('dualWrite.chooseRows');
      await pick(rule);
      await done;
      return shown;
    };
    if ((await numbers()) === false) this.skip();
    const changed = await choose('Everything empty is NULL');
    const counts = changed.kind === 'rows' && changed.counts.asWritten;
    deepEqual(counts, { kept: 0, lostToNull: 4, dropped: 3 });
    await choose(QUOTES);
  });

  const themes = [
    { name: 'light', theme: 'Default Light Modern' },
    { name: 'dark', theme: 'Default Dark Modern' },
    { name: 'high-contrast', theme: 'Default High Contrast' },
    { name: 'high-contrast-light', theme: 'Default High Contrast Light' },
  ];
  for (const { name, theme } of themes) {
    it(`has nothing serious that axe finds: ${name}`, async function () {
      const { rows } = await extensionApi();
      const workbench = vscode.workspace.getConfiguration('workbench');
      await workbench.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await openPreview();
      if ((await numbers()) === false) this.skip();
      await seenAfter(
        () => click('.tab.all'),
        () => numbers(),
        [1, 2, 3, 4, 5, 6, 7],
      );
      const explained = next(rows.onDidExplain);
      await click('.body [aria-colindex="3"]');
      await explained;
      await click('summary');
      await screenshot(`preview-${name}`);
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
  }

  it('follows the caret from filter to filter', async () => {
    const { rows } = await extensionApi();
    await openPreview();
    const shown = next(rows.onDidShow, (result) => /Customers/u.test(result.title));
    const editor = await openSample('maps/customers-accounts.json');
    const offset = editor.document.getText().indexOf('sourceFilter');
    const place = editor.document.positionAt(offset + 20);
    editor.selection = new vscode.Selection(place, place);
    equal((await shown).kind, 'rows');
    const back = next(rows.onDidShow, isOf('ParentProject'));
    await openSample(projects);
    equal((await back).kind, 'rows');
  });

  it('follows what is typed, without saving', async () => {
    const { rows } = await extensionApi();
    await openPreview();
    const editor = await openSample(projects);
    const [warning] = await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
    ok(warning);
    const shown = next(rows.onDidShow, isOf('P-1*'));
    await editor.edit((edit) => edit.replace(warning.range, String.raw`ProjectId == \"P-1*\"`));
    equal((await shown).kind, 'rows');
    // Nothing but this edit asks for rows; the question must not overtake it on the way to the server.
    const again = next(rows.onDidShow, isOf('P-2*'));
    const digit = editor.document.positionAt(editor.document.getText().indexOf('P-1*') + 2);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(editor.document.uri, new vscode.Range(digit, digit.translate(0, 1)), '2');
    await vscode.workspace.applyEdit(edit);
    equal((await again).kind, 'rows');
    ok(editor.document.isDirty);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
  });

  it('comes back after a reload as it was left', async function () {
    const { rows } = await extensionApi();
    await openPreview();
    if ((await numbers()) === false) this.skip();
    await seenAfter(
      () => click('.tab.dropped'),
      () => numbers(),
      [2, 3, 6],
    );
    const saved = rows.saved();
    ok(saved);
    equal(saved.state.tab, 'dropped');
    const place = { viewColumn: vscode.ViewColumn.Two, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('dualWrite.preview', 'Preview', place);
    const shown = next(rows.onDidShow);
    await rows.deserializeWebviewPanel(panel, saved);
    await shown;
    deepEqual(await numbers(), [2, 3, 6]);
    deepEqual(rows.saved(), saved);
  });
});
