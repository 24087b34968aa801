import { equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { press, screenshot } from './driver.ts';
import { diagnosticsWhen, extensionApi, openSample } from './kit.ts';

/** What editing a filter inside JSON feels like: the editor's own commands, answered by the server. */
describe('editing a filter inside a map', () => {
  it('offers fields, operators and values', async () => {
    await extensionApi();
    const editor = await openSample('maps/customers-accounts.json');
    const place = placeOf(editor.document, 'PartyType ==', 'PartyType'.length - 2);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      place,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    ok(labels.includes('PartyType'), labels.join());
    ok(labels.includes('CustomerAccount'), labels.join());
  });

  it('explains a field on hover', async () => {
    const editor = await openSample('maps/projects.json');
    const place = placeOf(editor.document, 'ParentProject ==', 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      place,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    ok(text.includes('ParentProjTable'), text);
    editor.selection = new vscode.Selection(place, place);
    await vscode.commands.executeCommand('editor.action.showHover');
    await screenshot('hover');
    await press('Escape');
  });

  it('shows a syntax error as a sentence while one types', async () => {
    const editor = await openSample('maps/customers-accounts.json');
    const end = placeOf(
      editor.document,
      String.raw`\"Organization\"))`,
      String.raw`\"Organization\"`.length,
    );
    editor.selection = new vscode.Selection(end, end);
    await editor.edit((edit) => edit.insert(end, ' && '));
    const found = await diagnosticsWhen(editor.document.uri, (all) => all.length > 0);
    equal(found.length, 1);
    ok(found[0]?.message.includes('`&&`'), found[0]?.message);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await screenshot('syntax-error');
    await press('Escape');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await diagnosticsWhen(editor.document.uri, (all) => all.length === 0);
  });
});

function placeOf(document: vscode.TextDocument, text: string, into: number): vscode.Position {
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `${text} stands in the document`);
  return document.positionAt(offset + into);
}
