import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { syncCommands } from './commands.ts';
import { type CouplingsView, couplingsView } from './couplingsView.ts';
import { recordDocuments } from './documents.ts';
import { type ErrorsView, errorsView } from './errorsView.ts';
import { type JobsView, jobsView } from './jobsView.ts';
import { mappingsView } from './mappingsView.ts';
import { newProject } from './newProject.ts';
import { syncService } from './service.ts';
import { syncStatus } from './status.ts';
import type { SyncTree } from './tree.ts';

/** The views of the synchronization engine. */
export interface SyncViews {
  readonly errors: ErrorsView;
  readonly couplings: CouplingsView;
  readonly mappings: SyncTree;
  readonly jobs: JobsView;
  readonly refresh: () => void;
}

export function registerSync(context: vscode.ExtensionContext, client: LanguageClient): SyncViews {
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
    refresh() {
      for (const { refresh } of [errors, couplings, mappings, jobs]) refresh();
    },
  };
  context.subscriptions.push(
    service,
    recordDocuments(service),
    syncCommands(context, client, service, views),
    syncStatus(service),
    vscode.commands.registerCommand('dualWrite.sync.newProject', () => newProject()),
  );
  return views;
}
