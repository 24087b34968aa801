import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RowsResult } from '../../src/service/protocol/rows.ts';
import { pageText, press, screenshot } from './driver.ts';
import {
  codeOf,
  diagnosticsWhen,
  extensionApi,
  next,
  openSample,
  ownDiagnostics,
  sampleUri,
} from './kit.ts';

/** The way of the first user: see the warning, see why, see the rows, apply the fix, see it gone. */
describe('a filter that is valid and still wrong', () => {
  const map = 'maps/projects.json';

  it('is warned of, with the outer join as its reason', async () => {
    await extensionApi();
    const { document } = await openSample(map);
    const [warning, ...others] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    ok(warning);
    equal(others.length, 0);
    equal(codeOf(warning), 'null-lost');
    equal(warning.severity, vscode.DiagnosticSeverity.Warning);
    equal(document.getText(warning.range), String.raw`ParentProject == \"\"`);
    const [related] = warning.relatedInformation ?? [];
    ok(related);
    match(related.location.uri.path, /ProjectEntity\.xml$/u);
    const entity = await vscode.workspace.openTextDocument(related.location.uri);
    equal(entity.getText(related.location.range), '<JoinMode>OuterJoin</JoinMode>');
  });

  it('shows its statement and the rows it loses', async () => {
    const api = await extensionApi();
    const editor = await openSample(map);
    const [warning] = ownDiagnostics(editor.document.uri);
    ok(warning);
    editor.selection = new vscode.Selection(warning.range.start, warning.range.start);
    const shown = next(api.rows.onDidShow, isOf('ParentProject'));
    await vscode.commands.executeCommand('dualWrite.previewFilter');
    const result = await shown;
    deepEqual(countsOf(result), { kept: 1, dropped: 3, lostToNull: 3 });
    match(api.rows.preview()?.sql?.text ?? '', /\(PARENTPROJECT=''\)\)\nORDER BY T1\.PROJECTID/u);
    equal(vscode.window.activeTextEditor?.document.uri.path, editor.document.uri.path);

    const page = await pageText('.tabs');
    if (page !== false) match(page, /Lost to NULL\s+3/u);
    await screenshot('null-lost');
  });

  it('refreshes statement and rows as one types', async () => {
    const api = await extensionApi();
    const editor = await openSample(map);
    const [warning] = ownDiagnostics(editor.document.uri);
    ok(warning);
    const shown = next(api.rows.onDidShow, isOf('Scheduled == 1'));
    await editor.edit((edit) => edit.replace(warning.range, 'Scheduled == 1'));
    deepEqual(countsOf(await shown), { kept: 5, dropped: 2, lostToNull: 0 });
    match(api.rows.preview()?.sql?.text ?? '', /\(SCHEDULED=1\)/u);
    await vscode.commands.executeCommand('undo');
    await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
  });

  it('is answered by a computed column, and the warning is gone', async () => {
    const editor = await openSample(map);
    const [warning] = await diagnosticsWhen(editor.document.uri, (found) => found.length === 1);
    ok(warning);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      warning.range,
      vscode.CodeActionKind.QuickFix.value,
      // Edits are made when an action is chosen: so many of them at once here.
      10,
    );
    const fix = actions.find(({ title }) => title.includes('ParentProjectNotNull'));
    ok(fix?.edit);
    equal(fix.isPreferred, true);
    editor.selection = new vscode.Selection(warning.range.start, warning.range.start);
    if (await press('Control+.')) await screenshot('quick-fix');
    await press('Escape');
    const api = await extensionApi();
    // The map is edited before the new files are there; the rows follow once they are.
    const shown = next(
      api.rows.onDidShow,
      (result) => isOf('ParentProjectNotNull')(result) && keptOf(result) > 0,
    );
    await vscode.workspace.applyEdit(fix.edit);
    await diagnosticsWhen(editor.document.uri, (found) => found.length === 0);
    deepEqual(countsOf(await shown), { kept: 4, dropped: 3, lostToNull: 0 });
    match(editor.document.getText(), /\(ParentProjectNotNull == \\"\\"\)/u);
    JSON.parse(editor.document.getText());

    const extension = await vscode.workspace.openTextDocument(
      sampleUri('metadata/Projects/AxDataEntityViewExtension/ProjectEntity.DualWrite.xml'),
    );
    match(extension.getText(), /<Name>ParentProjectNotNull<\/Name>/u);
    await vscode.workspace.saveAll(false);
    equal(ownDiagnostics(editor.document.uri).length, 0);
  });

  it('is found in a solution too, behind two layers of escapes', async () => {
    const { document } = await openSample('solution/customizations.xml');
    const [warning] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    ok(warning);
    equal(document.getText(warning.range), String.raw`ParentProject != \&quot;P-100\&quot;`);
  });

  it('is not seen in a map whose filter loses nothing', async () => {
    const { document } = await openSample('maps/customers-accounts.json');
    // The lenses of a document come from the same analysis: once they are there, so would be a warning.
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    equal(lenses.length, 2);
    deepEqual(ownDiagnostics(document.uri), []);
  });
});

const countsOf = (result: RowsResult): unknown =>
  result.kind === 'rows' ? result.counts.asWritten : result.reason;

const keptOf = (result: RowsResult): number =>
  result.kind === 'rows' ? result.counts.asWritten.kept : 0;

/** Rows of the filter as it was before may still come. */
const isOf =
  (text: string) =>
  (result: RowsResult): boolean =>
    result.kind === 'rows' && result.filter.includes(text);
