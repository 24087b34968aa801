import * as vscode from 'vscode';
import type { ActionRequest, SynchQuestionView } from '../../src/engine/surface/views/actions.ts';
import {
  type SyncQuestionsParams,
  syncQuestionsRequest,
  type SyncQuestionsResult,
} from '../../src/service/protocol/sync.ts';
import { numberCaption } from './captions.ts';
import { couplingOf, recordOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

type Choices = NonNullable<ActionRequest['choices']>;
type Choice = Choices[string];

/** Asks, once per mapping, which side wins; the recommended way first, so that Enter is the common case. */
export async function askForSide(
  service: SyncService,
  project: string,
  nodes: readonly SyncNode[],
): Promise<Choices | undefined> {
  const rows = nodes.flatMap((node) => couplingOf(node) ?? []);
  const params: SyncQuestionsParams = { project, rows };
  const questions = (await service.ask<SyncQuestionsResult>(syncQuestionsRequest, params)) ?? [];
  const choices: Record<string, Choice> = {};
  for (const question of questions) {
    const choice = await ask(question, titleOf(question.mapping, nodes));
    if (choice === undefined) return undefined;
    choices[question.mapping] = choice;
  }
  return choices;
}

/** The record, or how many of them. */
function titleOf(mapping: string, nodes: readonly SyncNode[]): string {
  const records = nodes.flatMap((node) => recordOf(node) ?? []);
  const [only, ...others] = records.filter((record) => record.mapping === mapping);
  return only !== undefined && others.length === 0
    ? t('Synchronize {0} ({1})', only.title, mapping)
    : t('Synchronize {0}, records: {1}', mapping, numberCaption(others.length + 1));
}

/** What is lost stands in the lines: an input cuts what is longer, and a separator takes room of the line below it. */
async function ask(
  { choices, warning }: SynchQuestionView,
  title: string,
): Promise<Choice | undefined> {
  const items = choices.map((choice, index) => ({
    label: captionOf(choice),
    description: index === 0 ? t('recommended') : '',
    detail: warning === undefined ? wayDetail(choice) : `$(warning) ${lossDetail(choice)}`,
    choice,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder:
      warning === undefined
        ? t('Whose values win?')
        : t('Both records have changed: whose values win?'),
  });
  return picked?.choice;
}

/** Which changes a choice takes away where both records have some. */
const lossDetail = (choice: Choice): string =>
  ({
    ToIntegrationTable: t('The changes made in Dataverse are lost.'),
    FromIntegrationTable: t('The changes made in Business Central are lost.'),
    Merge: wayDetail('Merge'),
  })[choice];

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
