import * as vscode from 'vscode';
import {
  type SyncRunResult,
  syncUndoableRequest,
  type SyncUndoableResult,
  type SyncUndoParams,
  syncUndoRequest,
} from '../../src/service/protocol/sync.ts';
import { timeCaption } from './captions.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

/** Undoes an action of a project: the given one, or one that is picked, the latest first. */
export async function undoAction(
  service: SyncService,
  project: string,
  action?: number,
): Promise<SyncRunResult | undefined> {
  const number = action ?? (await pickAction(service, project));
  if (number === undefined) return undefined;
  const params: SyncUndoParams = { project, action: number };
  const result = await service.ask<SyncRunResult>(syncUndoRequest, params);
  if (result.kind === 'refused' || result.kind === 'failed') {
    void vscode.window.showWarningMessage(result.reason.text);
  } else {
    void vscode.window.showInformationMessage(t('Undone.'));
  }
  return result;
}

async function pickAction(service: SyncService, project: string): Promise<number | undefined> {
  const actions = (await service.ask<SyncUndoableResult>(syncUndoableRequest, { project })) ?? [];
  if (actions.length === 0) {
    void vscode.window.showInformationMessage(t('There is nothing to undo.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    actions.map(({ number, title, at, rows, couplings, refusal }) => ({
      label: refusal === undefined ? title : `$(circle-slash) ${title}`,
      description: timeCaption(at),
      detail: refusal?.text ?? t('records: {0}, couplings: {1}', rows, couplings),
      number,
    })),
    { placeHolder: t('Undo which action?'), matchOnDetail: true },
  );
  return picked?.number;
}
