import { equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { appears, pageText, screenshot } from './driver.ts';
import { extensionApi, openSample, sampleUri } from './kit.ts';

/** What a generator writes is shown before it is written. */
describe('a generator', () => {
  const CLASS = 'ProjectEntity_DualWrite_Extension.xml';

  it('shows file by file what it would write', async function () {
    await extensionApi();
    const { caret } = await openAtField();
    await actionAt(caret);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    // Not waited for: it ends when what it would write is accepted or discarded.
    void vscode.commands.executeCommand('editor.action.codeAction', {
      kind: 'refactor.generate',
      apply: 'first',
    });
    // Without a window that can be looked at there is nothing to wait for.
    if (!(await appears('.part.panel .monaco-list-row'))) this.skip();
    await screenshot('generate-preview');
    const page = await pageText('.part.panel');
    ok(page !== false && page.includes(CLASS));
    await vscode.commands.executeCommand('refactorPreview.discard');
  });

  it('writes the fields and the method', async () => {
    await extensionApi();
    const { caret } = await openAtField();
    const { edit } = await actionAt(caret);
    ok(edit);
    equal(await vscode.workspace.applyEdit(edit), true);
    const written = await vscode.workspace.openTextDocument(
      sampleUri(`metadata/Projects/AxClass/${CLASS}`),
    );
    match(written.getText(), /tableNum\(ProjTable\)/u);
    await vscode.workspace.saveAll(false);
  });

  async function openAtField(): Promise<{ readonly caret: vscode.Position }> {
    const editor = await openSample('maps/projects.json');
    const text = editor.document.getText();
    const caret = editor.document.positionAt(text.indexOf('PARENTPROJECT') + 1);
    editor.selection = new vscode.Selection(caret, caret);
    return { caret };
  }

  async function actionAt(caret: vscode.Position): Promise<vscode.CodeAction> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      sampleUri('maps/projects.json'),
      new vscode.Range(caret, caret),
      'refactor.generate',
      10,
    );
    const action = actions.find(({ title }) => title.includes('PARENTPROJECT'));
    ok(action);
    return action;
  }
});
