import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { previewCommand } from '../src/service/protocol/maps.ts';
import { isNode } from './chooseMap.ts';
import { comparedTexts, compareMaps } from './compareMaps.ts';
import { exportMap } from './exportMap.ts';
import { findField } from './findField.ts';
import { importMaps } from './importMaps.ts';
import { uriOf } from './mapNodes.ts';
import { type MapsView, mapsView } from './maps.ts';

/** The tree of maps with all its commands. */
export function registerMaps(context: vscode.ExtensionContext, client: LanguageClient): MapsView {
  const maps = mapsView(client);
  const texts = comparedTexts();
  const command = (
    name: string,
    run: (...args: readonly unknown[]) => unknown,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`dualWrite.${name}`, async (...args: readonly unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(vscode.l10n.t('This could not be done: {0}', reason));
      }
    });
  context.subscriptions.push(
    maps,
    texts,
    command('openInMaps', (node) => (isNode(node) ? maps.open(node) : undefined)),
    command('previewFilterInMaps', async (node) => {
      if (!isNode(node) || node.kind !== 'filter') return;
      await maps.open(node);
      const reference = { uri: uriOf(node), index: node.item.index };
      await vscode.commands.executeCommand(previewCommand, reference);
    }),
    command('refreshMaps', () => maps.refresh()),
    command('revealInMaps', () => revealInMaps(client, maps)),
    command('findField', () => findField(client)),
    command('compareMaps', (first, second) => compareMaps(client, maps, texts, first, second)),
    command('exportMap', (target, into) => exportMap(client, maps, target, into)),
    command('importMaps', (from, into) => importMaps(client, from, into)),
  );
  return maps;
}

async function revealInMaps(client: LanguageClient, maps: MapsView): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const uri = editor && client.code2ProtocolConverter.asUri(editor.document.uri);
  const isShown =
    editor !== undefined && uri !== undefined && (await maps.reveal(uri, editor.selection.active));
  if (!isShown) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This file is none of the maps of the workspace.'),
    );
  }
  return isShown;
}
