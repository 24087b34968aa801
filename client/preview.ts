import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  filterAtRequest,
  type FilterAtResult,
  type FilterReference,
} from '../src/service/protocol.ts';
import type { RowsView } from './rowsView.ts';

/**
 * Opens the generated statement beside the map and its rows below. Without a reference, as from the command
 * palette, it takes the filter at the caret.
 */
export async function previewFilter(
  client: LanguageClient,
  rows: RowsView,
  reference: unknown,
): Promise<void> {
  const filter = await filterFor(client, reference);
  if (filter === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a dual-write map and put the caret into a filter.'),
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(filter.sqlUri, true));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
  await rows.show(filter);
}

export async function filterFor(
  client: LanguageClient,
  reference: unknown,
): Promise<FilterAtResult | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (isReference(reference)) {
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => client.code2ProtocolConverter.asUri(uri) === reference.uri,
    );
    return document === undefined ? undefined : ask(client, document.uri, reference);
  }
  return editor === undefined
    ? undefined
    : ask(client, editor.document.uri, editor.selection.active);
}

async function ask(
  client: LanguageClient,
  uri: vscode.Uri,
  place: vscode.Position | FilterReference,
): Promise<FilterAtResult | undefined> {
  const answer = await client.sendRequest<FilterAtResult | null>(filterAtRequest, {
    uri: client.code2ProtocolConverter.asUri(uri),
    ...('index' in place
      ? { index: place.index }
      : { position: { line: place.line, character: place.character } }),
  });
  return answer ?? undefined;
}

export const isReference = (value: unknown): value is FilterReference =>
  typeof value === 'object' && value !== null && 'uri' in value && 'index' in value;
