import { applyEdits, modify, parseTree, findNodeAtLocation } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type {
  DeletionConflictResolution,
  UpdateConflictResolution,
} from '../../src/engine/model/mapping.ts';
import { deletionCaption, updateCaption } from './captions.ts';
import { mappingOf, type SyncNode } from './nodes.ts';

const { t } = vscode.l10n;

const DELETIONS: readonly DeletionConflictResolution[] = [
  'None',
  'Restore Records',
  'Remove Coupling',
];
const UPDATES: readonly UpdateConflictResolution[] = [
  'None',
  'Send data update to integration table',
  'Get data update from integration table',
];

/** Asks how a mapping resolves conflicts by itself, and writes that into the project; one undo takes it back. */
export async function editStrategies(
  client: LanguageClient,
  node: SyncNode | undefined,
): Promise<void> {
  const name = node && mappingOf(node);
  if (node === undefined || name === undefined) {
    void vscode.window.showInformationMessage(t('Select an integration table mapping first.'));
    return;
  }
  const uri = client.protocol2CodeConverter.asUri(node.project);
  const document = await vscode.workspace.openTextDocument(uri);
  const place = placeOf(document.getText(), name);
  if (place === undefined) {
    void vscode.window.showInformationMessage(
      t('{0} is a standard mapping. Write it into the mappings of the project to change it.', name),
    );
    return;
  }
  const deletion = await pick(t('Resolve Deletion Conflicts'), DELETIONS, deletionCaption);
  if (deletion === undefined) return;
  const update = await pick(t('Resolve Update Conflicts'), UPDATES, updateCaption);
  if (update === undefined) return;

  const before = document.getText();
  const format = { formattingOptions: { insertSpaces: true, tabSize: 2 } };
  const withDeletion = applyEdits(
    before,
    modify(before, [...place, 'deletionConflictResolution'], deletion, format),
  );
  const text = applyEdits(
    withDeletion,
    modify(withDeletion, [...place, 'updateConflictResolution'], update, format),
  );
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, whole, text);
  await vscode.workspace.applyEdit(edit);
  // The engine reads the project from disk.
  await document.save();
}

/** Where a mapping stands in the text of a project. */
function placeOf(text: string, name: string): readonly ['mappings', number] | undefined {
  const root = parseTree(text);
  const mappings = root && findNodeAtLocation(root, ['mappings']);
  const index = (mappings?.children ?? []).findIndex(
    (each) => findNodeAtLocation(each, ['name'])?.value === name,
  );
  return index < 0 ? undefined : ['mappings', index];
}

async function pick<T extends string>(
  title: string,
  values: readonly T[],
  caption: (value: T) => string,
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(
    values.map((value) => ({ label: caption(value), value })),
    { title, ignoreFocusOut: true },
  );
  return picked?.value;
}
