import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type ExportMapParams, exportMapRequest } from '../src/service/protocol/maps.ts';
import { chooseMap, mapFor } from './chooseMap.ts';
import type { MapsView } from './maps.ts';

/** Writes a map as Markdown and opens it. Called with a map and a file, it asks nothing. */
export async function exportMap(
  client: LanguageClient,
  maps: MapsView,
  target: unknown,
  into: unknown,
): Promise<vscode.Uri | undefined> {
  const chosen =
    (await mapFor(client, maps, target)) ??
    (await chooseMap(client, maps, vscode.l10n.t('Export which map?')));
  if (chosen === undefined) return undefined;
  const params: ExportMapParams = {
    uri: client.code2ProtocolConverter.asUri(chosen.uri),
    ...(chosen.map === undefined ? {} : { map: chosen.map }),
  };
  const text = await client.sendRequest<string | null>(exportMapRequest, params);
  if (text === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This file is none of the maps of the workspace.'),
    );
    return undefined;
  }
  const file =
    into instanceof vscode.Uri
      ? into
      : await vscode.window.showSaveDialog({
          defaultUri: chosen.uri.with({ path: chosen.uri.path.replace(/\.[^./]+$/u, '') + '.md' }),
          filters: { Markdown: ['md'] },
        });
  if (file === undefined) return undefined;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(file);
  return file;
}
