import { findNodeAtLocation, getLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  showSyncErrorsCommand,
  showSyncMappingCommand,
  type SyncMappingReference,
} from '../../src/service/protocol/sync.ts';
import { isProjectFile } from '../../src/workspace/kinds.ts';
import { isMappingReference } from './mappingReference.ts';
import { isSyncNode, mappingOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { pickMapping, pickProject } from './targets.ts';
import type { SyncTree } from './tree.ts';
import type { SyncViews } from './views.ts';

const { t } = vscode.l10n;

/** From a mapping, wherever one is met, to its lines in the views: by a problem, by the caret, by another view. */
export function revealCommands(
  client: LanguageClient,
  service: SyncService,
  views: Pick<SyncViews, 'errors' | 'mappings'>,
): vscode.Disposable {
  const meant = async (given: unknown): Promise<SyncMappingReference | undefined> => {
    if (isSyncNode(given)) {
      const mapping = mappingOf(given);
      return mapping === undefined ? undefined : { project: given.project, mapping };
    }
    if (isMappingReference(given)) return given;
    const atCaret = mappingAtCaret(client);
    if (atCaret !== undefined) return atCaret;
    const project = await pickProject(service);
    const mapping = project === undefined ? undefined : await pickMapping(service, project);
    return project === undefined || mapping === undefined ? undefined : { project, mapping };
  };

  const showErrors = async (given: unknown): Promise<void> => {
    const reference = await meant(given);
    if (reference === undefined) return;
    // Those of one mapping stand together in this grouping alone.
    await views.errors.groupBy('mapping');
    const { project, mapping } = reference;
    const found = await reveal(
      views.errors,
      project,
      (node) => node.kind === 'errorGroup' && node.item.key === mapping,
    );
    if (!found) {
      void vscode.window.showInformationMessage(t('{0} has no synchronization errors.', mapping));
    }
  };

  const showMapping = async (given: unknown): Promise<void> => {
    const reference = await meant(given);
    if (reference === undefined) return;
    const { project, mapping } = reference;
    const found = await reveal(
      views.mappings,
      project,
      (node) => node.kind === 'mapping' && node.item.name === mapping,
    );
    if (!found) await tellMissing(service, reference);
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand(showSyncErrorsCommand, showErrors),
    vscode.commands.registerCommand(showSyncMappingCommand, showMapping),
  );
}

/** Why nothing can be shown of a mapping: what keeps its project closed, or that it is none of its mappings. */
export async function tellMissing(
  service: SyncService,
  { project, mapping }: SyncMappingReference,
): Promise<void> {
  const trouble = (await service.projects()).find(({ uri }) => uri === project)?.trouble;
  const text =
    trouble?.text ?? t('{0} is not among the integration table mappings of the project.', mapping);
  void vscode.window.showInformationMessage(text);
}

/** Shows the view, opens the line of a project that is meant, and gives it the focus. Answers whether there is one. */
async function reveal(
  tree: SyncTree,
  project: string,
  isMeant: (node: SyncNode) => boolean,
): Promise<boolean> {
  const top = (await tree.children()).filter((node) => node.project === project);
  const [first] = top;
  const lines = first?.kind === 'project' ? await tree.children(first) : top;
  const line = lines.find(isMeant);
  if (line === undefined) return false;
  await tree.view.reveal(line, { select: true, focus: true, expand: true });
  return true;
}

/** The mapping around the caret in the file of a project. */
function mappingAtCaret(client: LanguageClient): SyncMappingReference | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const project = client.code2ProtocolConverter.asUri(editor.document.uri);
  if (!isProjectFile(project)) return undefined;
  const text = editor.document.getText();
  const { path } = getLocation(text, editor.document.offsetAt(editor.selection.active));
  const [part, index] = path;
  if (part !== 'mappings' || typeof index !== 'number') return undefined;
  const root = parseTree(text);
  const mapping: unknown = root && findNodeAtLocation(root, ['mappings', index, 'name'])?.value;
  return typeof mapping === 'string' ? { project, mapping } : undefined;
}
