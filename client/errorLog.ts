import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type ErrorLogParams,
  errorLogRequest,
  type ErrorLogResult,
} from '../src/service/protocol/advice.ts';
import type { Reports } from './reports.ts';

/** Opens a report on an exported log of errors. Called with a file, it asks nothing. */
export async function explainErrorLog(
  client: LanguageClient,
  reports: Reports,
  file: unknown,
): Promise<ErrorLogResult | undefined> {
  const uri = file instanceof vscode.Uri ? file : await chooseLog();
  if (uri === undefined) return undefined;
  const params: ErrorLogParams = { uri: client.code2ProtocolConverter.asUri(uri) };
  const result = await client.sendRequest<ErrorLogResult | null>(errorLogRequest, params);
  if (result?.kind === 'report') await reports.show(result);
  else if (result !== null) void vscode.window.showWarningMessage(result.reason);
  return result ?? undefined;
}

async function chooseLog(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Exported DualWriteErrorLog'),
      openLabel: vscode.l10n.t('Explain'),
      filters: { [vscode.l10n.t('Exported tables')]: ['csv', 'tsv', 'json', 'jsonl', 'xlsx'] },
    })) ?? [];
  return uri;
}
