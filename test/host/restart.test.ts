import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RowsResult } from '../../src/service/protocol/rows.ts';
import { codeOf, diagnosticsWhen, extensionApi, next, openSample } from './kit.ts';

/** Rows of a filter that another suite previewed may still come. */
const isOfSolution = (result: RowsResult): boolean =>
  result.kind === 'rows' && result.filter.includes('P-100');

describe('a server that is started anew (restart)', () => {
  it('warns as before and shows the same rows', async () => {
    const api = await extensionApi();
    const editor = await openSample('solution/customizations.xml');
    const { uri } = editor.document;
    const [warning] = await diagnosticsWhen(uri, (found) => found.length > 0);
    editor.selection = new vscode.Selection(
      warning?.range.start ?? editor.selection.start,
      warning?.range.start ?? editor.selection.start,
    );
    const shown = next(api.rows.onDidShow, isOfSolution);
    await vscode.commands.executeCommand('dualWrite.previewFilter');
    const before = await shown;

    const shownAgain = next(api.rows.onDidShow, isOfSolution);
    const gone = diagnosticsWhen(uri, (found) => found.length === 0);
    await vscode.commands.executeCommand('dualWrite.restartServer');
    await gone;
    const [again] = await diagnosticsWhen(uri, (found) => found.length > 0);
    equal(again?.message, warning?.message);
    equal(again === undefined ? undefined : codeOf(again), 'null-lost');
    const after = await shownAgain;
    deepEqual(after.kind === 'rows' && after.counts, before.kind === 'rows' && before.counts);
  });
});
