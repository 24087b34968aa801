import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { importMapsRequest, type ImportMapsResult } from '../src/service/protocol/maps.ts';

/**
 * Writes the maps of archives and exported records as formatted JSON into a folder. What exists already and says
 * something else is asked about. Answers the files that were written; undefined where nothing was chosen.
 */
export async function importMaps(
  client: LanguageClient,
  from: unknown,
  into: unknown,
): Promise<readonly vscode.Uri[] | undefined> {
  const sources = from instanceof vscode.Uri ? [from] : await chooseSources();
  if (sources === undefined || sources.length === 0) return undefined;
  const { maps, troubles } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading maps…'),
      cancellable: true,
    },
    (_progress, token) =>
      client.sendRequest<ImportMapsResult>(
        importMapsRequest,
        { uris: sources.map((uri) => client.code2ProtocolConverter.asUri(uri)) },
        token,
      ),
  );
  for (const trouble of troubles.slice(0, MOST_TROUBLES)) {
    void vscode.window.showWarningMessage(trouble);
  }
  if (maps.length === 0) {
    if (troubles.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No dual-write map was found there.'),
      );
    }
    return [];
  }
  const folder = into instanceof vscode.Uri ? into : await chooseFolder(maps.length);
  return folder === undefined ? undefined : write(maps, folder);
}

/** A person reads no more notifications; the rest is of the same kind. */
const MOST_TROUBLES = 3;

async function chooseSources(): Promise<readonly vscode.Uri[] | undefined> {
  const file = {
    label: `$(file-zip) ${vscode.l10n.t('Files…')}`,
    description: vscode.l10n.t('solution zip, customizations.xml, exported records'),
    canSelectFolders: false,
  };
  const folder = {
    label: `$(folder) ${vscode.l10n.t('Folder…')}`,
    description: vscode.l10n.t('all of them below it'),
    canSelectFolders: true,
  };
  const placeHolder = vscode.l10n.t('Import maps from where?');
  const picked = await vscode.window.showQuickPick([file, folder], { placeHolder });
  if (picked === undefined) return undefined;
  const { canSelectFolders } = picked;
  return vscode.window.showOpenDialog({
    canSelectFolders,
    canSelectFiles: !canSelectFolders,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Import'),
    ...(canSelectFolders
      ? {}
      : { filters: { [vscode.l10n.t('Solutions and records')]: ['zip', 'xml', 'json', 'jsonc'] } }),
  });
}

async function chooseFolder(count: number): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: vscode.l10n.t('Folder for the maps: {0}', count),
      openLabel: vscode.l10n.t('Import Here'),
      ...(folder === undefined ? {} : { defaultUri: folder.uri }),
    })) ?? [];
  return chosen;
}

async function write(
  maps: ImportMapsResult['maps'],
  folder: vscode.Uri,
): Promise<readonly vscode.Uri[] | undefined> {
  const files = maps.map(({ fileName, text }) => ({
    uri: vscode.Uri.joinPath(folder, fileName),
    fileName,
    text,
  }));
  const before = await Promise.all(files.map(({ uri }) => textAt(uri)));
  const changed = files.filter(({ text }, index) => before[index] !== text);
  const taken = files.filter(
    ({ text }, index) => before[index] !== undefined && before[index] !== text,
  );
  let wanted = changed;
  if (taken.length > 0) {
    const replace = vscode.l10n.t('Replace');
    const keep = vscode.l10n.t('Keep Mine');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Maps that are there already and say something else: {0}', taken.length),
      {
        modal: true,
        detail: taken
          .slice(0, 10)
          .map(({ fileName }) => fileName)
          .join('\n'),
      },
      replace,
      keep,
    );
    if (answer === undefined) return undefined;
    if (answer === keep) wanted = changed.filter((file) => !taken.includes(file));
  }
  for (const { uri, text } of wanted) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Maps imported: {0}, unchanged: {1}',
      wanted.length,
      files.length - changed.length,
    ),
  );
  return wanted.map(({ uri }) => uri);
}

/** Undefined where there is no such file. */
async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
