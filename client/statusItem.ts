import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { FilterReference } from '../src/service/protocol/maps.ts';
import { type RowsOrigin, rowsRequest, type RowsResult } from '../src/service/protocol/rows.ts';
import { DOCUMENTS } from './documents.ts';
import { oneAtATime } from './oneAtATime.ts';
import { askThrough } from './panel/ask.ts';
import { filterFor } from './preview.ts';
import { isSameFilter } from './webview/panes.ts';

/** Says in the status bar where the rows of the filter at the caret come from. */
export function rowSourceItem(
  client: LanguageClient,
  onDidChangeRows: vscode.Event<unknown>,
): vscode.Disposable {
  const ask = askThrough(client);
  const item = vscode.window.createStatusBarItem(
    'dualWrite.rowSource',
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = vscode.l10n.t('Rows of the Filter');
  item.command = 'dualWrite.chooseRows';
  let shown: FilterReference | undefined;

  const update = oneAtATime(async () => {
    const editor = vscode.window.activeTextEditor;
    // Where the preview or another view has the focus, what is said of the editor stays true.
    if (editor === undefined && vscode.window.visibleTextEditors.length > 0) return;
    const found =
      editor === undefined ||
      vscode.languages.match(DOCUMENTS, editor.document) === 0 ||
      !client.isRunning()
        ? undefined
        : // A server that goes down meanwhile has no filter.
          await filterFor(client, undefined).catch(() => undefined);
    if (found === undefined) {
      shown = undefined;
      item.hide();
      return;
    }
    if (shown !== undefined && isSameFilter(shown, found)) return;
    const result = await ask<RowsResult>(rowsRequest, { uri: found.uri, index: found.index });
    shown = result === null ? undefined : found;
    if (result?.kind !== 'rows') {
      item.hide();
      return;
    }
    const { text, tooltip } = describe(result.source);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: tooltip };
    item.show();
  });

  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(update),
    onDidChangeRows(() => {
      shown = undefined;
      void update();
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void update();
    }),
  );
}

function describe(source: RowsOrigin): { readonly text: string; readonly tooltip: string } {
  const { t } = vscode.l10n;
  switch (source.kind) {
    case 'file':
      return {
        text: `$(table) ${source.name}`,
        tooltip: t('The filter is tried on the rows of {0}', source.name),
      };
    case 'witness':
      return {
        text: `$(beaker) ${t('made-up rows')}`,
        tooltip: t('The filter is tried on made-up rows, for there is no row file'),
      };
    case 'project':
    case 'engine':
      return {
        text: `$(database) ${source.name}`,
        tooltip: t('The filter is tried on the rows of {0}', source.name),
      };
  }
}
