import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { registerAdvice } from './advice.ts';
import { compareFilter } from './compare.ts';
import { askAfterCrashes } from './crashes.ts';
import { DOCUMENTS } from './documents.ts';
import { languageStatus, type LanguageStatus } from './languageStatus.ts';
import { registerMaps } from './mapCommands.ts';
import type { MapsView } from './maps.ts';
import { registerPreview } from './panel/commands.ts';
import type { PreviewPanel } from './panel/panel.ts';
import { registerSqlServer } from './sqlServer.ts';
import { suppressInSettings } from './suppress.ts';
import { registerSync } from './sync/register.ts';
import type { SyncViews } from './sync/views.ts';
import { type RehearsalTests, rehearsalTests } from './rehearsals.ts';
import { reportDocuments } from './reports.ts';
import { type TrackedView, trackedView } from './trackedDataSources.ts';

/** What the extension answers to other extensions and to its tests. */
export interface DualWriteApi {
  readonly rows: Pick<
    PreviewPanel,
    | 'onDidShow'
    | 'onDidExplain'
    | 'onDidCompare'
    | 'onDidPin'
    | 'preview'
    | 'saved'
    | 'deserializeWebviewPanel'
  >;
  readonly maps: Pick<MapsView, 'children' | 'item' | 'onDidChange'>;
  readonly tracked: TrackedView;
  readonly status: LanguageStatus;
  readonly rehearsals: RehearsalTests;
  readonly sync: SyncViews;
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<DualWriteApi> {
  const module = context.asAbsolutePath('dist/server.cjs');
  // The folder of Node's choice is a temporary one: the first start of a day would compile everything anew.
  const env = {
    NODE_COMPILE_CACHE:
      process.env['NODE_COMPILE_CACHE'] ??
      vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath,
  };
  const started: LanguageClient = new LanguageClient(
    'dualWrite',
    vscode.l10n.t('Dual-write Workbench'),
    {
      run: { module, transport: TransportKind.ipc, options: { env } },
      debug: {
        module,
        transport: TransportKind.ipc,
        options: { env, execArgv: ['--inspect=6010'] },
      },
    },
    { documentSelector: DOCUMENTS, errorHandler: askAfterCrashes(() => started) },
  );
  client = started;
  const reports = reportDocuments();
  const rows = registerPreview(context, started, reports);
  const tracked = trackedView(context, started);
  const status = languageStatus(context, started);
  const rehearsals = rehearsalTests(context, started, reports);
  const maps = registerMaps(context, started);
  registerAdvice(context, started, reports);
  const sync = registerSync(context, started, rows);
  registerSqlServer(context, started);
  context.subscriptions.push(
    started,
    reports,
    suppressInSettings(started, maps),
    vscode.commands.registerCommand(
      'dualWrite.compareFilter',
      (reference: unknown, other: unknown) => compareFilter(started, reference, other),
    ),
    vscode.commands.registerCommand('dualWrite.restartServer', () => started.restart()),
    vscode.commands.registerCommand('dualWrite.showOutput', () => started.outputChannel.show()),
  );
  await started.start();
  return { rows, tracked, status, rehearsals, maps, sync };
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
