import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { appears, pageText, screenshot } from './driver.ts';
import { diagnosticsWhen, extensionApi, next, openSample } from './kit.ts';

const CONTACT = 'rehearsals/contact-address.rehearsal.json';

/** Ends when the window shows a text, webviews included; a desktop window can't be read. */
async function drawn(text: string): Promise<void> {
  for (;;) {
    const shown = await pageText();
    if (shown === false || shown.includes(text)) return;
  }
}

describe('rehearsals', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('are tests in the Test Explorer, which pass', async function () {
    // Some thirty of them, one after the other.
    this.timeout(60_000);
    const { rehearsals } = await extensionApi();
    await rehearsals.refresh();
    const items = rehearsals.items();
    const contact = items.find(({ id }) => id.endsWith(CONTACT));
    ok(contact, String(items.map(({ id }) => id)));
    deepEqual(
      [...contact.children].map(([, { label }]) => label),
      ['The contact moves to Brno'],
    );
    await openSample(CONTACT);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    const finished = next(rehearsals.onDidFinish);
    await vscode.commands.executeCommand('testing.runAll');
    const { passed, failed, broken } = await finished;
    equal(failed + broken, 0);
    ok(passed >= items.length, `${passed} passed`);
    await appears('.test-explorer .monaco-list-row');
    await screenshot('rehearsals');
  });

  it('tell at its place what is not as expected', async () => {
    const { rehearsals } = await extensionApi();
    const editor = await openSample(CONTACT);
    const { document } = editor;
    const expected = '"result": "notTriggered"';
    const offset = document.getText().indexOf(expected);
    const range = new vscode.Range(
      document.positionAt(offset),
      document.positionAt(offset + expected.length),
    );
    await editor.edit((edit) => edit.replace(range, '"result": "synchronized"'));
    const [problem] = await diagnosticsWhen(document.uri, (all) => all.length > 0);
    equal(typeof problem?.code === 'object' ? problem.code.value : '', 'rehearsal-failed');
    equal(problem?.range.start.line, range.start.line);
    const finished = next(rehearsals.onDidFinish);
    await vscode.commands.executeCommand('testing.runCurrentFile');
    const { failed } = await finished;
    equal(failed, 1);
    await vscode.commands.executeCommand('testing.openOutputPeek');
    const shown = await pageText('.test-output-peek');
    ok(shown === false || shown.includes('Expected'), String(shown));
    await screenshot('rehearsal-failed');
  });

  it('explain why a change of a field does not sync', async () => {
    await extensionApi();
    const editor = await openSample('maps/projects.json');
    const offset = editor.document.getText().indexOf('PARENTPROJECT"');
    const place = editor.document.positionAt(offset);
    editor.selection = new vscode.Selection(place, place);
    const uri: vscode.Uri = await vscode.commands.executeCommand('dualWrite.explainChange');
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    ok(text.includes('outer joined and read only'), text);
    await drawn('In Finance and Operations');
    await screenshot('explain-change');
  });

  it('explain which changes of a map arrive', async () => {
    await extensionApi();
    const editor = await openSample('maps/projects.json');
    const start = new vscode.Position(0, 0);
    editor.selection = new vscode.Selection(start, start);
    const uri: vscode.Uri = await vscode.commands.executeCommand('dualWrite.explainChange');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    ok(text.includes('outer joined and read only') && text.includes('`PROJECTID`'), text);
    await drawn('Field mapping');
    await screenshot('explain-map-changes');
  });
});
