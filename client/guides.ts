import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type GuideParams,
  guideRequest,
  guidesRequest,
  type GuidesResult,
  type Report,
} from '../src/service/protocol/advice.ts';
import type { Reports } from './reports.ts';

/** Opens a procedure as a checklist. Called with its name, it asks nothing. */
export async function openGuide(
  client: LanguageClient,
  reports: Reports,
  checked: readonly string[],
  wanted: unknown,
): Promise<Report | undefined> {
  const name = typeof wanted === 'string' ? wanted : await chooseGuide(client);
  if (name === undefined) return undefined;
  const params: GuideParams = { name, uris: checked };
  const report = await client.sendRequest<Report | null>(guideRequest, params);
  if (report !== null) await reports.show(report);
  return report ?? undefined;
}

async function chooseGuide(client: LanguageClient): Promise<string | undefined> {
  const { guides } = await client.sendRequest<GuidesResult>(guidesRequest, {});
  const picked = await vscode.window.showQuickPick(
    guides.map(({ name, title }) => ({ label: title, description: name, name })),
    { placeHolder: vscode.l10n.t('Open which guide?'), matchOnDescription: true },
  );
  return picked?.name;
}
