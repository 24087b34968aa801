import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type ExplainMessageParams,
  explainMessageRequest,
  type ExplainMessageResult,
} from '../src/service/protocol/advice.ts';
import type { Reports } from './reports.ts';

/** Explains an error message: the one given, the selected one, the copied one, or one that is typed in. */
export async function explainMessage(
  client: LanguageClient,
  reports: Reports,
  given: unknown,
): Promise<ExplainMessageResult | undefined> {
  const text = typeof given === 'string' ? given : (selected() ?? (await askFor(client)));
  if (text === undefined || text.trim() === '') return undefined;
  const result = await ask(client, text);
  if (result !== null) await reports.show(result);
  return result ?? undefined;
}

const ask = (client: LanguageClient, text: string): Promise<ExplainMessageResult | null> => {
  const params: ExplainMessageParams = { text };
  return client.sendRequest<ExplainMessageResult | null>(explainMessageRequest, params);
};

function selected(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  return editor.document.getText(editor.selection);
}

/** What was copied is offered only where it holds a message: people copy much else. */
async function askFor(client: LanguageClient): Promise<string | undefined> {
  const copied = await vscode.env.clipboard.readText();
  const isKnown = copied.trim() !== '' && ((await ask(client, copied))?.found.length ?? 0) > 0;
  // An input box has one line: what was copied in many is told in one.
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Explain Error Message'),
    prompt: vscode.l10n.t('Paste an error message of dual-write or of the synchronization.'),
    value: isKnown ? copied.replaceAll(/\s+/gu, ' ').trim() : '',
    ignoreFocusOut: true,
  });
}
