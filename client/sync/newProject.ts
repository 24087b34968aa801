import * as vscode from 'vscode';
import { newProjectFiles } from '../../src/engine/project/newProject.ts';
import { standardNames } from '../../src/engine/project/standardSetup.ts';

const { t } = vscode.l10n;

/** Asks what is to be synchronized, how, and under which name; writes the project and opens it. One undo takes it back. */
export async function newProject(): Promise<vscode.Uri | undefined> {
  const folder = await pickFolder();
  if (folder === undefined) return undefined;
  const picked = await vscode.window.showQuickPick(
    standardNames.map((label) => ({ label, picked: label === 'CUSTOMER' })),
    {
      title: t('New Sync Project (1/3)'),
      placeHolder: t('Which standard table mappings?'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  if (picked === undefined) return undefined;
  const mode = await vscode.window.showQuickPick(
    [
      {
        label: t('Improved'),
        detail: t('Merges field by field, never loses a value, tries transient errors again.'),
        mode: 'improved',
      },
      {
        label: t('Faithful'),
        detail: t('Decides as Business Central does, with its false conflicts and lost inserts.'),
        mode: 'faithful',
      },
    ] as const,
    {
      title: t('New Sync Project (2/3)'),
      placeHolder: t('How shall the engine decide?'),
      ignoreFocusOut: true,
    },
  );
  if (mode === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: t('New Sync Project (3/3)'),
    prompt: t('Name of the project'),
    value: folder.name,
    ignoreFocusOut: true,
    validateInput: (text) => refusalOf(folder, text.trim()),
  });
  if (name === undefined) return undefined;

  const edit = new vscode.WorkspaceEdit();
  const files = newProjectFiles(
    name.trim(),
    picked.map(({ label }) => label),
    mode.mode,
  );
  for (const { path, text } of files) {
    // Rows that somebody has there already stay.
    edit.createFile(vscode.Uri.joinPath(folder.uri, path), {
      contents: new TextEncoder().encode(text),
      ignoreIfExists: true,
    });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(t('The project could not be written.'));
    return undefined;
  }
  const [project] = files;
  const uri = vscode.Uri.joinPath(folder.uri, project?.path ?? '');
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) {
    void vscode.window.showInformationMessage(t('Open a folder for the project first.'));
    return undefined;
  }
  return others.length === 0 ? first : vscode.window.showWorkspaceFolderPick();
}

/** Why a project can't be called so; undefined where it can. */
async function refusalOf(
  folder: vscode.WorkspaceFolder,
  name: string,
): Promise<string | undefined> {
  if (name === '') return t('Enter a name.');
  if (/[\\/:*?"<>|]/u.test(name)) return t('A file can’t have this name.');
  const uri = vscode.Uri.joinPath(folder.uri, `${name}.sync.json`);
  return vscode.workspace.fs.stat(uri).then(
    () => t('{0} exists already.', `${name}.sync.json`),
    () => undefined,
  );
}
