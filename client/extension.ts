import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { previewCommand } from '../src/service/protocol.ts';
import { compareFilter } from './compare.ts';
import { askAfterCrashes } from './crashes.ts';
import { registerMaps } from './mapCommands.ts';
import type { MapsView } from './maps.ts';
import { previewFilter } from './preview.ts';
import { type RowsView, rowsView } from './rowsView.ts';
import { type TrackedView, trackedView } from './trackedDataSources.ts';

/** What the extension answers to other extensions and to its tests. */
export interface DualWriteApi {
  readonly rows: Pick<RowsView, 'onDidShow'>;
  readonly maps: Pick<MapsView, 'children' | 'item' | 'onDidChange'>;
  readonly tracked: TrackedView;
}

/** Documents that may hold a filter. Maps stay JSON: other extensions go on working on them. */
const DOCUMENTS = [
  ...['file', 'untitled'].flatMap((scheme) =>
    ['json', 'jsonc', 'xml', 'dualwrite-xpp', 'dualwrite-odata'].map((language) => ({
      scheme,
      language,
    })),
  ),
  // X++ source code, whatever language another extension takes it for.
  { scheme: 'file', pattern: '**/*.xpp' },
];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<DualWriteApi> {
  const module = context.asAbsolutePath('dist/server.cjs');
  const started: LanguageClient = new LanguageClient(
    'dualWrite',
    vscode.l10n.t('Dual-write Workbench'),
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--inspect=6010'] } },
    },
    { documentSelector: DOCUMENTS, errorHandler: askAfterCrashes(() => started) },
  );
  client = started;
  const rows = rowsView(context, started);
  const tracked = trackedView(context, started);
  const maps = registerMaps(context, started);
  context.subscriptions.push(
    started,
    vscode.commands.registerCommand(previewCommand, (reference: unknown) =>
      previewFilter(started, rows, reference),
    ),
    vscode.commands.registerCommand(
      'dualWrite.compareFilter',
      (reference: unknown, other: unknown) => compareFilter(started, reference, other),
    ),
    vscode.commands.registerCommand('dualWrite.restartServer', () => started.restart()),
    vscode.commands.registerCommand('dualWrite.showOutput', () => started.outputChannel.show()),
  );
  await started.start();
  return { rows, tracked, maps };
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
