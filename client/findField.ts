import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type FindFieldsParams,
  findFieldsRequest,
  type FindFieldsResult,
} from '../src/service/protocol/maps.ts';
import type { FoundField } from '../src/service/features/mapTree.ts';

type FieldPick = vscode.QuickPickItem & { readonly found: FoundField };

/** Finds a field in the mappings of all maps while its name is typed, and opens the mapping. */
export async function findField(client: LanguageClient): Promise<void> {
  const found = await choose(client);
  if (found === undefined) return;
  const { start } = client.protocol2CodeConverter.asRange(found.field.range);
  await vscode.window.showTextDocument(client.protocol2CodeConverter.asUri(found.uri), {
    selection: new vscode.Range(start, start),
  });
}

function choose(client: LanguageClient): Promise<FoundField | undefined> {
  const picker = vscode.window.createQuickPick<FieldPick>();
  picker.placeholder = vscode.l10n.t('Name of a field on either side');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  let asked = new vscode.CancellationTokenSource();
  const search = async (query: string): Promise<void> => {
    asked.cancel();
    asked = new vscode.CancellationTokenSource();
    const { token } = asked;
    picker.busy = true;
    try {
      const params: FindFieldsParams = { query };
      const answer = await client.sendRequest<FindFieldsResult>(findFieldsRequest, params, token);
      if (token.isCancellationRequested) return;
      picker.items = answer.found.map((found) => pickOf(client, found));
      picker.title = answer.hasMore
        ? vscode.l10n.t('The first {0} fields', answer.found.length)
        : undefined;
      picker.busy = false;
    } catch {
      // Given up for the next letter, or the server is starting anew.
    }
  };
  return new Promise((resolve) => {
    picker.onDidChangeValue((query) => void search(query));
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.found);
      picker.hide();
    });
    picker.onDidHide(() => {
      asked.cancel();
      picker.dispose();
      resolve(undefined);
    });
    picker.show();
    void search('');
  });
}

function pickOf(client: LanguageClient, found: FoundField): FieldPick {
  const { field, mapName, uri } = found;
  const path = vscode.workspace.asRelativePath(client.protocol2CodeConverter.asUri(uri));
  return {
    label: `${field.source || '–'} ${field.glyph} ${field.destination || '–'}`,
    description: mapName,
    detail: field.transforms === '' ? path : `${path} · ${field.transforms}`,
    found,
  };
}
