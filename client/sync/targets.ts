import * as vscode from 'vscode';
import { syncMappingsRequest, type SyncMappingsResult } from '../../src/service/protocol/sync.ts';
import type { SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import type { SyncViews } from './views.ts';

const { t } = vscode.l10n;

/** The lines that are selected in the view somebody used last, as far as one is seen. */
export const selectedIn = ({ errors, couplings, mappings, jobs }: SyncViews): readonly SyncNode[] =>
  [errors, couplings, mappings, jobs]
    .map(({ view }) => view)
    .find(({ visible, selection }) => visible && selection.length > 0)?.selection ?? [];

/** The only project, or the one that is picked. */
export async function pickProject(service: SyncService): Promise<string | undefined> {
  const projects = await service.projects();
  const [only, ...others] = projects;
  if (only === undefined) {
    const create = t('New Sync Project');
    const pressed = await vscode.window.showInformationMessage(
      t('There is no sync project in this workspace.'),
      create,
    );
    if (pressed === create) await vscode.commands.executeCommand('dualWrite.sync.newProject');
    return undefined;
  }
  if (others.length === 0) return only.uri;
  const picked = await vscode.window.showQuickPick(
    projects.map(({ name, uri }) => ({
      label: name,
      description: vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true)),
      uri,
    })),
    { placeHolder: t('Which sync project?') },
  );
  return picked?.uri;
}

export async function pickMapping(
  service: SyncService,
  project: string,
): Promise<string | undefined> {
  const mappings = await service.ask<SyncMappingsResult>(syncMappingsRequest, { project });
  const picked = await vscode.window.showQuickPick(
    (mappings ?? []).map(({ name, table, integrationTable }) => ({
      label: name,
      description: `${table} ↔ ${integrationTable}`,
    })),
    { placeHolder: t('Which integration table mapping?') },
  );
  return picked?.label;
}
