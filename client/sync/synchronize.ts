import * as vscode from 'vscode';
import type { ActionRequest, SynchQuestionView } from '../../src/engine/surface/views/actions.ts';
import {
  type SyncQuestionsParams,
  syncQuestionsRequest,
  type SyncQuestionsResult,
} from '../../src/service/protocol/sync.ts';
import type { SyncService } from './service.ts';
import type { SyncTarget } from './actions.ts';

const { t } = vscode.l10n;

type Choices = NonNullable<ActionRequest['choices']>;
type Choice = Choices[string];

/** Asks, once per mapping, which side wins; the recommended way first, so that Enter is the common case. */
export async function askForSide(
  service: SyncService,
  { project, rows = [] }: SyncTarget,
): Promise<Choices | undefined> {
  const params: SyncQuestionsParams = { project, rows };
  const questions = (await service.ask<SyncQuestionsResult>(syncQuestionsRequest, params)) ?? [];
  const choices: Record<string, Choice> = {};
  for (const question of questions) {
    const choice = await ask(question);
    if (choice === undefined) return undefined;
    choices[question.mapping] = choice;
  }
  return choices;
}

async function ask({ mapping, choices, warning }: SynchQuestionView): Promise<Choice | undefined> {
  const items = choices.map((choice, index) => ({
    label: captionOf(choice),
    description: index === 0 ? t('recommended') : '',
    detail: wayDetail(choice),
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Synchronize {0}', mapping),
    placeHolder: warning?.text ?? t('Which values win where both sides have changed?'),
  });
  return picked?.choice;
}

const captionOf = (choice: Choice): string =>
  ({
    ToIntegrationTable: t('Send data update to Dataverse.'),
    FromIntegrationTable: t('Get data update from Dataverse.'),
    Merge: t('Merge field by field.'),
  })[choice];

/** What becomes of the values of both sides. */
export const wayDetail = (choice: Choice): string =>
  ({
    ToIntegrationTable: t('What Business Central has overwrites what Dataverse has.'),
    FromIntegrationTable: t('What Dataverse has overwrites what Business Central has.'),
    Merge: t('Each field takes the side that changed it; a field that both changed is a conflict.'),
  })[choice];
