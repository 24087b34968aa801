import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { DOCUMENTS } from './documents.ts';
import type { MapsView } from './maps.ts';

/** An entry of the setting `dualWrite.diagnostics.suppress`. */
interface Suppression {
  readonly code: string;
  readonly map?: string;
}

const COMMAND = 'dualWrite.suppressInSettings';
const SETTING = 'diagnostics.suppress';

/** The light bulb's way to silence a problem where a file must stay free of comments, as plain JSON and filters do. */
export const suppressInSettings = (client: LanguageClient, maps: MapsView): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      DOCUMENTS,
      { provideCodeActions: ({ uri }, _range, { diagnostics }) => actionsFor(uri, diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.commands.registerCommand(
      COMMAND,
      async (uri: vscode.Uri, code: string, place: vscode.Position) => {
        const map = await mapAt(client, maps, uri, place);
        const added = await choose(code, map);
        if (added !== undefined) await write(uri, added);
        return added;
      },
    ),
  );

/** One action for each code. What keeps a filter from working is an error, and there is nothing to silence. */
function actionsFor(
  uri: vscode.Uri,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const byCode = new Map<string, vscode.Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { source, severity, code } = diagnostic;
    if (source !== 'dual-write' || severity === vscode.DiagnosticSeverity.Error) continue;
    const name = typeof code === 'object' ? code.value : code;
    if (typeof name !== 'string') continue;
    byCode.set(name, [...(byCode.get(name) ?? []), diagnostic]);
  }
  return [...byCode].map(([code, found]) => {
    const title = vscode.l10n.t('Suppress {0} in Settings…', code);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = found;
    action.command = { command: COMMAND, title, arguments: [uri, code, found[0]?.range.start] };
    return action;
  });
}

/** The name of the map around a place; undefined where none is there, or it has none. */
async function mapAt(
  client: LanguageClient,
  maps: MapsView,
  uri: vscode.Uri,
  place: vscode.Position,
): Promise<string | undefined> {
  const wanted = client.code2ProtocolConverter.asUri(uri);
  const document = (await maps.documents()).find((each) => each.uri === wanted);
  const found = document?.maps.find(({ range }) =>
    client.protocol2CodeConverter.asRange(range).contains(place),
  );
  return found?.name === '' ? undefined : found?.name;
}

async function choose(code: string, map: string | undefined): Promise<Suppression | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      ...(map === undefined
        ? []
        : [{ label: vscode.l10n.t('In this map'), description: map, added: { code, map } }]),
      { label: vscode.l10n.t('Everywhere'), added: { code } },
    ],
    {
      title: vscode.l10n.t('Suppress {0}', code),
      placeHolder: vscode.l10n.t('Suppress it where?'),
    },
  );
  return picked?.added;
}

/** Into the settings of the workspace, with all that holds there now: a list of settings hides those behind it. */
async function write(uri: vscode.Uri, added: Suppression): Promise<void> {
  const { ConfigurationTarget, workspace } = vscode;
  const settings = workspace.getConfiguration('dualWrite', uri);
  const target =
    workspace.getWorkspaceFolder(uri) === undefined
      ? ConfigurationTarget.Global
      : workspace.workspaceFolders?.length === 1
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.WorkspaceFolder;
  await settings.update(SETTING, [...settings.get<Suppression[]>(SETTING, []), added], target);
}
