import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type HealthParams,
  healthRequest,
  type HealthResult,
} from '../src/service/protocol/advice.ts';
import type { Reports } from './reports.ts';

export interface HealthCheck extends vscode.Disposable {
  /** Checks exported configuration: problems at their records, and a report. Called with a file or folder, it asks nothing. */
  readonly run: (target: unknown) => Promise<HealthResult | undefined>;
  /** What was checked last: guides hold their steps against it. */
  readonly checked: () => readonly string[];
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

export function healthCheck(client: LanguageClient, reports: Reports): HealthCheck {
  const problems = vscode.languages.createDiagnosticCollection('dual-write health');
  let checked: readonly string[] = [];
  return {
    checked: () => checked,
    async run(target) {
      const chosen = target instanceof vscode.Uri ? [target] : await chooseExports();
      if (chosen === undefined || chosen.length === 0) return undefined;
      const uris = chosen.map((uri) => client.code2ProtocolConverter.asUri(uri));
      const params: HealthParams = { uris };
      const result = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Checking exported configuration…'),
          cancellable: true,
        },
        (_progress, token) => client.sendRequest<HealthResult | null>(healthRequest, params, token),
      );
      if (result === null) return undefined;
      if (!result.isEmpty) checked = uris;
      problems.clear();
      for (const [uri, found] of byFile(result, client)) problems.set(uri, found);
      await reports.show(result);
      return result;
    },
    dispose: () => problems.dispose(),
  };
}

function byFile(
  { findings }: HealthResult,
  client: LanguageClient,
): readonly (readonly [vscode.Uri, vscode.Diagnostic[]])[] {
  const files = new Map<string, vscode.Diagnostic[]>();
  for (const { uri, rule, severity, message, range } of findings) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    const diagnostic = new vscode.Diagnostic(place, message, SEVERITIES[severity]);
    diagnostic.source = 'dual-write health';
    diagnostic.code = rule;
    const own = files.get(uri);
    if (own === undefined) files.set(uri, [diagnostic]);
    else own.push(diagnostic);
  }
  return [...files].map(([uri, found]) => [client.protocol2CodeConverter.asUri(uri), found]);
}

async function chooseExports(): Promise<readonly vscode.Uri[] | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    title: vscode.l10n.t('Folder with exported configuration tables'),
    openLabel: vscode.l10n.t('Check'),
    ...(folder === undefined ? {} : { defaultUri: folder.uri }),
  });
}
