import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { explainErrorLog } from './errorLog.ts';
import { explainMessage } from './explainMessage.ts';
import { openGuide } from './guides.ts';
import { healthCheck } from './health.ts';
import type { Reports } from './reports.ts';

/** The commands that explain messages and logs, check exported configuration, and open guides. */
export function registerAdvice(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  reports: Reports,
): void {
  const health = healthCheck(client, reports);
  const command = (name: string, run: (argument: unknown) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(`dualWrite.${name}`, async (argument: unknown) => {
      try {
        return await run(argument);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(vscode.l10n.t('This could not be done: {0}', reason));
        return undefined;
      }
    });
  context.subscriptions.push(
    health,
    command('explainMessage', (text) => explainMessage(client, reports, text)),
    command('explainErrorLog', (file) => explainErrorLog(client, reports, file)),
    command('checkHealth', (target) => health.run(target)),
    command('openGuide', (name) => openGuide(client, reports, health.checked(), name)),
  );
}
