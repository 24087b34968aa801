import * as vscode from 'vscode';
import type { MatchCriterion } from '../../src/engine/coupling/matchSettings.ts';
import type { UpdateConflictResolution } from '../../src/engine/model/mapping.ts';
import type { MatchDialogView } from '../../src/engine/surface/views/couplingDialogs.ts';
import type { ActionRequest } from '../../src/engine/surface/views/actions.ts';
import {
  type SyncMatchDialogParams,
  syncMatchDialogRequest,
  type SyncMatchDialogResult,
} from '../../src/service/protocol/sync.ts';
import { updateCaption } from './captions.ts';
import type { SyncService } from './service.ts';
import { askStep } from './steps.ts';
import { wayDetail } from './synchronize.ts';
import { type Answer, walk } from './walk.ts';

const { t } = vscode.l10n;

type MatchSettings = NonNullable<ActionRequest['match']>;
type Ask = (settings: MatchSettings) => Promise<Answer<MatchSettings>> | MatchSettings;

/** Select Coupling Criteria, as the mapping is set: Enter through it is how it ran the last time. */
export async function askForCriteria(
  service: SyncService,
  project: string,
  mapping: string,
): Promise<MatchSettings | undefined> {
  const params: SyncMatchDialogParams = { project, mapping };
  const dialog = await service.ask<SyncMatchDialogResult>(syncMatchDialogRequest, params);
  if (dialog === null) return undefined;
  const { criteria, synchAfterCoupling, createNew, updateConflictResolution } = dialog;
  const start = { criteria, synchAfterCoupling, createNew, updateConflictResolution };
  const settings = await walk<MatchSettings>(start, [
    askForFields(mapping, dialog),
    askForOrder(mapping),
    askForOptions(mapping, dialog),
    askForWinner(mapping, dialog),
  ]);
  return settings === 'back' ? undefined : settings;
}

const stepOf = (mapping: string, step: number, placeholder: string) => ({
  title: t('Match-Based Coupling: {0}', mapping),
  placeholder,
  step,
  totalSteps: 4,
});

const askForFields =
  (mapping: string, { fields }: MatchDialogView): Ask =>
  async (settings) => {
    const { criteria } = settings;
    const items = fields.map(({ field, integrationField }) => ({
      label: field,
      description: `↔ ${integrationField}`,
      picked: criteria.some((criterion) => criterion.field === field),
      field,
    }));
    const taken = await askStep(
      stepOf(mapping, 1, t('Which fields must be equal for two records to be coupled?')),
      {
        find: () => items,
        canPickMany: true,
        refusalOf: (chosen) => (chosen.length === 0 ? t('Choose at least one field.') : undefined),
      },
    );
    if (taken === 'back' || taken === undefined) return taken;
    const chosen = new Set(taken.map(({ field }) => field));
    return {
      ...settings,
      criteria: fields.flatMap(({ field }): readonly MatchCriterion[] => {
        if (!chosen.has(field)) return [];
        const before = criteria.find((criterion) => criterion.field === field);
        return [before ?? { field, caseSensitive: false, priority: 0 }];
      }),
    };
  };

/** Match Priority: of one criterion there is nothing to ask. */
const askForOrder =
  (mapping: string): Ask =>
  async (settings) => {
    const { criteria } = settings;
    if (criteria.length < 2) return settings;
    const names = criteria.map(({ field }) => field);
    const priorities = criteria.map(({ priority }) => priority);
    const isMixed =
      new Set(priorities).size > 1 && priorities.some((each, index) => each !== index);
    const items = [
      ...(isMixed
        ? [
            {
              label: t('As the mapping is set'),
              detail: criteria.map(({ field, priority }) => `${priority}: ${field}`).join(', '),
              priorities,
            },
          ]
        : []),
      {
        label: t('All of them'),
        detail: t('Only a record that agrees in every field is coupled.'),
        priorities: names.map(() => 0),
      },
      {
        label: t('One after the other'),
        detail: t('Whatever finds one record alone counts: {0}.', names.join(', ')),
        priorities: names.map((_, index) => index),
      },
    ];
    const isSetSo = (item: { readonly priorities: readonly number[] }): boolean =>
      item.priorities.every((priority, index) => priority === priorities[index]);
    const taken = await askStep(
      stepOf(mapping, 2, t('Match Priority: must all of the fields be equal?')),
      { find: () => items, isFirst: isSetSo },
    );
    if (taken === 'back' || taken === undefined) return taken;
    const [item] = taken;
    return {
      ...settings,
      criteria: criteria.map((criterion, index) => ({
        ...criterion,
        priority: item?.priorities[index] ?? 0,
      })),
    };
  };

interface Option extends vscode.QuickPickItem {
  readonly with: (settings: MatchSettings, isOn: boolean) => MatchSettings;
}

const askForOptions =
  (mapping: string, { fields, canCreate }: MatchDialogView): Ask =>
  async (settings) => {
    const options: readonly Option[] = [
      {
        label: t('Synchronize After Coupling'),
        picked: settings.synchAfterCoupling,
        with: (now, isOn) => ({ ...now, synchAfterCoupling: isOn }),
      },
      ...(canCreate
        ? [
            {
              label: t('Create New if Unable to Find a Match'),
              picked: settings.createNew,
              with: (now: MatchSettings, isOn: boolean) => ({ ...now, createNew: isOn }),
            },
          ]
        : []),
      ...settings.criteria.flatMap(({ field, caseSensitive }): readonly Option[] => {
        // Numbers and days have no case.
        if (fields.find((each) => each.field === field)?.isText !== true) return [];
        return [
          {
            label: t('Case-Sensitive Matching: {0}', field),
            picked: caseSensitive,
            with: (now, isOn) => ({
              ...now,
              criteria: now.criteria.map((each) =>
                each.field === field ? { ...each, caseSensitive: isOn } : each,
              ),
            }),
          },
        ];
      }),
    ];
    const taken = await askStep(
      stepOf(mapping, 3, t('How shall they be coupled? Enter takes what is checked.')),
      { find: () => options, canPickMany: true },
    );
    if (taken === 'back' || taken === undefined) return taken;
    return options.reduce(
      (now, option) => option.with(now, taken.includes(option)),
      // Another value than before, so that the way back comes here.
      { ...settings },
    );
  };

const WINNERS: readonly UpdateConflictResolution[] = [
  'None',
  'Send data update to integration table',
  'Get data update from integration table',
];

/** Who wins is asked where both could. */
const askForWinner =
  (mapping: string, { direction }: MatchDialogView): Ask =>
  async (settings) => {
    if (!settings.synchAfterCoupling || direction !== 'Bidirectional') return settings;
    const items = WINNERS.map((value) => ({
      label: updateCaption(value),
      // As the product has it: who says nothing sends.
      detail: wayDetail(
        value === 'Get data update from integration table'
          ? 'FromIntegrationTable'
          : 'ToIntegrationTable',
      ),
      value,
    }));
    const taken = await askStep(
      stepOf(mapping, 4, t('Whose values do the coupled records begin with?')),
      {
        find: () => items,
        isFirst: ({ value }) => value === settings.updateConflictResolution,
      },
    );
    if (taken === 'back' || taken === undefined) return taken;
    const [item] = taken;
    return item === undefined ? settings : { ...settings, updateConflictResolution: item.value };
  };
