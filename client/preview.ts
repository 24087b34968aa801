import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  filterAtRequest,
  type FilterAtResult,
  type FilterReference,
} from '../src/service/protocol/maps.ts';

/**
 * The filter that is meant: by a reference, as code lenses and trees give it, or by the caret, as from the command
 * palette.
 */
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
