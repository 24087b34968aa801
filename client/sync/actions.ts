import * as vscode from 'vscode';
import type {
  ActionName,
  ActionRequest,
  ActionTarget,
  ActionView,
} from '../../src/engine/surface/views/actions.ts';
import {
  type SyncActionsParams,
  syncActionsRequest,
  type SyncActionsResult,
  type SyncRunParams,
  syncRunRequest,
  type SyncRunResult,
} from '../../src/service/protocol/sync.ts';
import { countersCaption, runCaption } from './captions.ts';
import { joined } from './sentences.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

/** What an action is done to: lines of one project. */
export interface SyncTarget extends ActionTarget {
  readonly project: string;
}

/** Answers that an action needs besides its target: asked of a person, or given by the caller. */
export type SyncAnswers = Pick<
  ActionRequest,
  'choices' | 'fields' | 'seen' | 'partner' | 'createNew' | 'match' | 'confirmed'
>;

/**
 * Does what a page of the product does. An action that can't work says why; one that loses something asks once; what it
 * did can be undone from the message that tells of it. Answers undefined where somebody thought better of it.
 */
export async function runAction(
  service: SyncService,
  action: ActionName,
  { project, ...target }: SyncTarget,
  answers: SyncAnswers = {},
): Promise<SyncRunResult | undefined> {
  const view = await offered(service, action, { project, ...target });
  if (view === undefined) return undefined;
  if (view.confirm !== undefined && answers.confirmed !== true) {
    const yes = view.title;
    const pressed = await vscode.window.showWarningMessage(view.confirm.text, { modal: true }, yes);
    if (pressed !== yes) return undefined;
  }
  const request: ActionRequest = { ...target, ...answers, action, confirmed: true };
  const params: SyncRunParams = { project, request };
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: view.title, cancellable: true },
    async (progress, token) => {
      const told = service.onDidProgress((now) => {
        if (now.project !== project) return;
        progress.report({ message: t('{0}: {1} of {2}', now.mapping, now.done, now.total) });
      });
      try {
        return await service.ask<SyncRunResult>(syncRunRequest, params, token);
      } finally {
        told.dispose();
      }
    },
  );
  void tell(view.title, project, result);
  return result;
}

/** An action that is possible; of one that is not, why is said. For whoever asks for more before the action runs. */
export async function offered(
  service: SyncService,
  action: ActionName,
  { project, ...target }: SyncTarget,
): Promise<ActionView | undefined> {
  const view = await viewOf(service, project, action, target);
  if (view === undefined || view.enabled) return view;
  void vscode.window.showWarningMessage(
    view.reason === undefined
      ? t('{0} is not possible here.', view.title)
      : t('{0}: {1}', view.title, view.reason.text),
  );
  return undefined;
}

async function viewOf(
  service: SyncService,
  project: string,
  action: ActionName,
  target: ActionTarget,
): Promise<ActionView | undefined> {
  const params: SyncActionsParams = { project, target };
  const actions = await service.ask<SyncActionsResult>(syncActionsRequest, params);
  if (actions === null) {
    const trouble = (await service.projects()).find(({ uri }) => uri === project)?.trouble;
    void vscode.window.showErrorMessage(trouble?.text ?? t('The sync project can’t be opened.'));
    return undefined;
  }
  return actions.find(({ name }) => name === action);
}

/** The result, and a way back from it. */
async function tell(title: string, project: string, result: SyncRunResult): Promise<void> {
  if (result.kind === 'refused' || result.kind === 'failed') {
    await vscode.window.showErrorMessage(t('{0}: {1}', title, result.reason.text));
    return;
  }
  const said =
    result.kind === 'cancelled'
      ? [t('stopped; what was done until then stays')]
      : [
          ...result.notifications.map(({ text }) => text),
          ...result.jobs.flatMap(({ mapping, direction, counters, message }) => {
            const facts = message?.text ?? countersCaption(counters);
            // A mapping that goes both ways has a job for each.
            const job =
              direction === undefined ? mapping : t('{0}, {1}', mapping, runCaption(direction));
            return facts === '' ? [] : [t('{0}: {1}', job, facts)];
          }),
        ];
  const text = said.length === 0 ? t('nothing to do') : joined(said.slice(0, MOST_SAID));
  const undo = t('Undo');
  const buttons = result.undo === undefined ? [] : [undo];
  const pressed = await vscode.window.showInformationMessage(
    t('{0}: {1}', title, text),
    ...buttons,
  );
  if (pressed === undo) {
    await vscode.commands.executeCommand('dualWrite.sync.undo', project, result.undo);
  }
}

/** Of the jobs of many mappings a message names the first; the view of jobs has them all. */
const MOST_SAID = 4;
