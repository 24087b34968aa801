import type { SyncViews } from './views.ts';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PreviewPanel } from '../panel/panel.ts';
import { syncCommands } from './commands.ts';
import { couplingsView } from './couplingsView.ts';
import { recordDocuments } from './documents.ts';
import { errorsView } from './errorsView.ts';
import { interruptedRuns } from './interrupted.ts';
import { jobsView } from './jobsView.ts';
import { mappingsView } from './mappingsView.ts';
import { newProject } from './newProject.ts';
import { filterPreview } from './previewFilter.ts';
import { revealCommands } from './reveal.ts';
import { syncService } from './service.ts';
import { syncStatus } from './status.ts';
import { selectedIn } from './targets.ts';

export function registerSync(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  preview: Pick<PreviewPanel, 'show'>,
): SyncViews {
  const service = syncService(client);
  const errors = errorsView(context, service);
  const couplings = couplingsView(context, service);
  const mappings = mappingsView(context, service);
  const jobs = jobsView(context, service);
  const views: SyncViews = {
    errors,
    couplings,
    mappings,
    jobs,
    onDidProgress: service.onDidProgress,
    refresh() {
      for (const { refresh } of [errors, couplings, mappings, jobs]) refresh();
    },
  };
  const records = recordDocuments(service);
  context.subscriptions.push(
    service,
    records,
    filterPreview(service, preview, records, () => selectedIn(views)),
    syncCommands(context, client, service, views),
    revealCommands(client, service, views),
    syncStatus(service),
    interruptedRuns(context, client, service),
    vscode.commands.registerCommand('dualWrite.sync.newProject', () => newProject()),
  );
  return views;
}
