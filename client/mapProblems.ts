import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Documents } from './knownMaps.ts';
import { mapNodes, type MapNode, uriOf } from './mapNodes.ts';

/** The problems of a map, as they are told now. */
interface MapProblems {
  readonly errors: number;
  readonly warnings: number;
  /** Both in words; empty where there are none. */
  readonly text: string;
}

export function problemsOf(
  client: LanguageClient,
  node: MapNode,
  documents: Documents,
): MapProblems {
  const uri = uriOf(node);
  const now = mapNodes(documents.get(uri) ?? { uri, maps: [] }).find(({ id }) => id === node.id);
  const range = now && client.protocol2CodeConverter.asRange(now.item.range);
  const found = vscode.languages
    .getDiagnostics(client.protocol2CodeConverter.asUri(uri))
    .filter((each) => each.source === 'dual-write' && range?.contains(each.range) === true);
  const count = (severity: vscode.DiagnosticSeverity): number =>
    found.filter((each) => each.severity === severity).length;
  const errors = count(vscode.DiagnosticSeverity.Error);
  const warnings = count(vscode.DiagnosticSeverity.Warning);
  const text = [
    ...(errors === 0 ? [] : [vscode.l10n.t('errors: {0}', errors)]),
    ...(warnings === 0 ? [] : [vscode.l10n.t('warnings: {0}', warnings)]),
  ].join(', ');
  return { errors, warnings, text };
}

/** The problems of a map in words, and by the colour that files with problems have. */
export function withProblems(
  item: vscode.TreeItem,
  { errors, text }: MapProblems,
): vscode.TreeItem {
  if (text === '') return item;
  item.description = [item.description, text].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    errors > 0 ? 'error' : 'warning',
    new vscode.ThemeColor(errors > 0 ? 'list.errorForeground' : 'list.warningForeground'),
  );
  return item;
}
