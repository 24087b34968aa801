import * as vscode from 'vscode';
import type { CouplingState } from '../../src/engine/surface/views/couplings.ts';
import type { ErrorState } from '../../src/engine/surface/views/errors.ts';
import type { CounterName, Counters, JobStatus, JobType } from '../../src/engine/model/job.ts';
import type {
  DeletionConflictResolution,
  UpdateConflictResolution,
} from '../../src/engine/model/mapping.ts';
import type { QueueStatus } from '../../src/engine/model/queue.ts';
import type { JobDirection, MappingDirection } from '../../src/engine/model/side.ts';
import { counterNames } from '../../src/engine/model/job.ts';

/** The product's own words for the values that the pages show (`bc-sync.md` 7), in the language of the editor. */

const { t } = vscode.l10n;

export const directionCaption = (direction: MappingDirection): string =>
  ({
    Bidirectional: t('Bidirectional'),
    ToIntegrationTable: t('To Integration Table'),
    FromIntegrationTable: t('From Integration Table'),
  })[direction];

/** What a person calls a run: from where to where. */
export const runCaption = (direction: JobDirection | undefined): string =>
  direction === undefined
    ? ''
    : direction === 'ToIntegrationTable'
      ? t('Business Central to Dataverse')
      : t('Dataverse to Business Central');

export const statusCaption = (status: JobStatus): string =>
  ({ 'In Process': t('In Process'), Error: t('Error'), Success: t('Success') })[status];

export const typeCaption = (type: JobType): string =>
  ({
    Synchronization: t('Synchronization'),
    Uncoupling: t('Uncoupling'),
    Coupling: t('Coupling'),
  })[type];

export const queueCaption = (status: QueueStatus): string =>
  ({
    Ready: t('Ready'),
    'In Process': t('In Process'),
    Error: t('Error'),
    'On Hold': t('On Hold'),
    Finished: t('Finished'),
    'On Hold with Inactivity Timeout': t('On Hold Due to Inactivity'),
    Waiting: t('Waiting'),
  })[status];

export const couplingStateCaption = (state: CouplingState): string =>
  ({
    synchronized: t('Synchronized'),
    neverSynchronized: t('Never synchronized'),
    failed: t('Failed; the next run tries again'),
    skipped: t('Skipped until somebody retries'),
    broken: t('One record is gone'),
  })[state];

export const errorStateCaption = (state: ErrorState): string =>
  ({
    skipped: t('Skipped until somebody retries'),
    failed: t('Failed; the next run tries again'),
    notCreated: t('Not created yet'),
  })[state];

export const deletionCaption = (resolution: DeletionConflictResolution): string =>
  ({
    None: t('None'),
    'Restore Records': t('Restore Records'),
    'Remove Coupling': t('Remove Coupling'),
  })[resolution];

export const updateCaption = (resolution: UpdateConflictResolution): string =>
  ({
    None: t('None'),
    'Send data update to integration table': t('Send data update to integration table'),
    'Get data update from integration table': t('Get data update from integration table'),
  })[resolution];

const counterCaption = (name: CounterName, count: number): string =>
  ({
    inserted: t('Inserted: {0}', count),
    modified: t('Modified: {0}', count),
    deleted: t('Deleted: {0}', count),
    unchanged: t('Unchanged: {0}', count),
    skipped: t('Skipped: {0}', count),
    failed: t('Failed: {0}', count),
    uncoupled: t('Uncoupled: {0}', count),
    coupled: t('Coupled: {0}', count),
  })[name];

/** The counters that count something, as the product names them. */
export const countersCaption = (counters: Counters): string =>
  counterNames
    .filter((name) => counters[name] > 0)
    .map((name) => counterCaption(name, counters[name]))
    .join(' · ');

export const timeCaption = (at: number): string =>
  new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'medium' });

/** Counts as people write them. */
export const numberCaption = (count: number): string => count.toLocaleString(vscode.env.language);
