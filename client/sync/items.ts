import * as vscode from 'vscode';
import type { CouplingView } from '../../src/engine/surface/views/couplings.ts';
import type { ErrorView } from '../../src/engine/surface/views/errors.ts';
import type { JobView } from '../../src/engine/surface/views/jobs.ts';
import type { MappingView } from '../../src/engine/surface/views/mappings.ts';
import type { SyncProject } from '../../src/service/protocol/sync.ts';
import {
  countersCaption,
  couplingStateCaption,
  directionCaption,
  errorStateCaption,
  numberCaption,
  queueCaption,
  runCaption,
  statusCaption,
  timeCaption,
  typeCaption,
} from './captions.ts';
import { recordOf, type SyncNode } from './nodes.ts';

const { t } = vscode.l10n;
const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

const icon = (name: string, color?: string): vscode.ThemeIcon =>
  new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));

const failed = 'list.errorForeground';
const warned = 'list.warningForeground';
const passed = 'testing.iconPassed';

/** What a line looks like: the thing as label, the small fact behind it, all else in the tooltip; never colour alone. */
export function syncItem(node: SyncNode): vscode.TreeItem {
  const { item, kind = node.kind } = itemOf(node);
  item.id = node.id;
  item.contextValue = kind;
  if (recordOf(node) !== undefined) {
    item.command = { command: 'dualWrite.sync.explain', title: t('Explain'), arguments: [node] };
  }
  return item;
}

/** So many errors are shown without being asked for. */
const MOST_SHOWN = 50;

interface Made {
  readonly item: vscode.TreeItem;
  /** Words that the menus go by (package.json). */
  readonly kind?: string;
}

function itemOf(node: SyncNode): Made {
  switch (node.kind) {
    case 'project':
      return { item: projectItem(node.item), kind: `project ${node.item.state}` };
    case 'errorGroup': {
      const state = node.item.count <= MOST_SHOWN ? Expanded : Collapsed;
      const item = made(node.item.title, state, 'list-tree', numberCaption(node.item.count));
      item.accessibilityInformation = {
        label: t('{0}, errors: {1}', node.item.title, node.item.count),
      };
      return { item };
    }
    case 'error':
      return { item: errorItem(node.item), kind: errorWords(node.item) };
    case 'mapping':
      return { item: mappingItem(node.item) };
    case 'coupling':
      return { item: couplingItem(node.item), kind: couplingWords(node.item) };
    case 'fact':
      return { item: made(node.label, None, undefined, node.value) };
    case 'notYetCreated': {
      const item = made(t('Not Yet Created'), None, 'circle-outline', numberCaption(node.count));
      item.tooltip = paragraphs(
        t('Records without a partner that every run has passed.'),
        t(
          'Run Full Synchronization creates the partners; Match-Based Coupling first couples those that have one already. What was uncoupled on purpose can stay as it is.',
        ),
      );
      return { item };
    }
    case 'fields':
      return {
        item: made(t('Field Mappings'), Collapsed, 'symbol-field', String(node.item.fields.length)),
      };
    case 'field': {
      const { field, integrationField, constantValue, direction, enabled } = node.item;
      const label =
        constantValue !== undefined && constantValue !== ''
          ? `"${String(constantValue)}" → ${integrationField ?? field ?? ''}`
          : `${field ?? ''} ↔ ${integrationField ?? ''}`;
      const state = enabled ? directionCaption(direction) : t('Disabled');
      return { item: made(label, None, 'symbol-field', state) };
    }
    case 'jobs':
      return {
        item: made(t('Last Jobs'), Collapsed, 'history', String(node.item.lastJobs.length)),
      };
    case 'queue': {
      const { status, startsAt, message } = node.item;
      const item = made(t('Job Queue Entry'), None, 'watch', queueCaption(status));
      item.tooltip = [timeCaption(startsAt), message?.text ?? ''].join('\n').trim();
      return { item };
    }
    case 'job':
      return { item: jobItem(node.item) };
    case 'jobErrors': {
      const item = made(
        t('Integration Synchronization Errors'),
        Collapsed,
        'output',
        numberCaption(node.count),
      );
      return { item };
    }
    case 'jobError': {
      const { message, at, cause, transient } = node.item;
      // What an administrator has to do stands below: no retry helps, so nobody is to search for it.
      const state = cause === undefined ? None : Expanded;
      const item = made(message.text, state, 'error', timeCaption(at));
      item.iconPath = icon(transient ? 'watch' : 'error', transient ? warned : failed);
      item.tooltip = paragraphs(
        message.text,
        cause?.text,
        transient ? t('It may pass by itself.') : undefined,
      );
      return { item, kind: recordOf(node) === undefined ? 'jobError' : 'jobError record' };
    }
    case 'page':
      return {
        item: made(
          t('{0} to {1}', numberCaption(node.start + 1), numberCaption(node.start + node.count)),
          Collapsed,
          'list-ordered',
        ),
      };
    case 'note':
      return { item: noteItem(node.text) };
  }
}

function noteItem(text: string): vscode.TreeItem {
  const item = made(text, None, 'info');
  // A view is narrower than a sentence.
  item.tooltip = text;
  return item;
}

function made(
  label: string,
  state: vscode.TreeItemCollapsibleState,
  iconName?: string,
  description?: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  if (iconName !== undefined) item.iconPath = icon(iconName);
  if (description !== undefined) item.description = description;
  item.accessibilityInformation = {
    label: description === undefined ? label : `${label}, ${description}`,
  };
  return item;
}

/** A tooltip of plain paragraphs: what apps say is text, and never markup. */
function paragraphs(...texts: readonly (string | undefined)[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  for (const text of texts) {
    if (text === undefined || text === '') continue;
    tooltip.appendText(text);
    tooltip.appendMarkdown('\n\n');
  }
  return tooltip;
}

function projectItem({ name, state, trouble, view, running }: SyncProject): vscode.TreeItem {
  const facts =
    running !== undefined
      ? t('{0}: {1} of {2}', running.title, running.done, running.total)
      : state === 'readOnly'
        ? t('read-only')
        : view === undefined
          ? ''
          : view.mode === 'faithful'
            ? t('faithful mode')
            : t('improved mode');
  const item = made(name, Expanded, state === 'failed' ? 'error' : 'database', facts);
  item.tooltip = paragraphs(name, trouble?.text, view?.connectionDisabledReason);
  if (state === 'failed') item.iconPath = icon('error', failed);
  return item;
}

/** What can be done with the row, by the rules of `bc-sync.md` 3.1. */
function errorWords({ recordExists, coupledRecordExists, state }: ErrorView): string {
  const both = recordExists && coupledRecordExists;
  const one = recordExists !== coupledRecordExists && state !== 'notCreated';
  return [
    'error',
    ...(both ? ['both'] : []),
    ...(one ? ['one'] : []),
    ...(recordExists ? ['record'] : []),
    ...(state === 'notCreated' ? ['notCreated'] : ['coupled']),
  ].join(' ');
}

const couplingWords = ({ recordExists, coupledRecordExists, state }: CouplingView): string =>
  [
    'coupling',
    'coupled',
    ...(recordExists && coupledRecordExists ? ['both'] : []),
    ...(recordExists !== coupledRecordExists ? ['one'] : []),
    ...(recordExists ? ['record'] : []),
    state,
  ].join(' ');

const gone = (name: string, exists: boolean): string => (exists ? name : t('{0} (deleted)', name));

function errorItem(row: ErrorView): vscode.TreeItem {
  const { description, coupledTo, recordExists, coupledRecordExists, error, table, state } = row;
  const name = description === '' ? coupledTo : description;
  const message = error?.text ?? errorStateCaption(state);
  const item = made(gone(name, recordExists), None, 'error', message);
  item.iconPath = state === 'skipped' ? icon('debug-step-over', failed) : icon('error', warned);
  item.tooltip = paragraphs(
    `${table} ${gone(name, recordExists)}`,
    message,
    coupledTo === '' ? undefined : t('Coupled to: {0}', gone(coupledTo, coupledRecordExists)),
    errorStateCaption(state),
    row.failedOn === undefined ? undefined : t('Failed on: {0}', timeCaption(row.failedOn)),
  );
  item.accessibilityInformation = {
    label: [table, gone(name, recordExists), message, errorStateCaption(state)].join(', '),
  };
  return item;
}

function mappingItem(mapping: MappingView): vscode.TreeItem {
  const { name, table, integrationTable, direction, couplings, errors } = mapping;
  const arrow = { Bidirectional: '↔', ToIntegrationTable: '→', FromIntegrationTable: '←' }[
    direction
  ];
  const counts = [
    `${table} ${arrow} ${integrationTable}`,
    t('couplings: {0}', numberCaption(couplings)),
    ...(errors === 0 ? [] : [t('errors: {0}', numberCaption(errors))]),
  ].join(' · ');
  const item = made(name, Collapsed, 'arrow-swap', counts);
  if (errors > 0) item.iconPath = icon('arrow-swap', warned);
  return item;
}

function couplingItem(row: CouplingView): vscode.TreeItem {
  const { description, coupledTo, recordExists, coupledRecordExists, state } = row;
  const label = `${gone(description, recordExists)} ↔ ${gone(coupledTo, coupledRecordExists)}`;
  const item = made(label, None, 'link', couplingStateCaption(state));
  item.iconPath = {
    synchronized: icon('link', passed),
    neverSynchronized: icon('circle-outline'),
    failed: icon('error', warned),
    skipped: icon('debug-step-over', failed),
    broken: icon('debug-disconnect', failed),
  }[state];
  const times = [row.lastSynchModifiedOn, row.lastSynchCrmModifiedOn].flatMap((at) =>
    at === undefined ? [] : [timeCaption(at)],
  );
  item.tooltip = paragraphs(
    label,
    couplingStateCaption(state),
    row.notice?.text,
    times.join(' · '),
  );
  return item;
}

function jobItem(job: JobView): vscode.TreeItem {
  const { mapping, type, status, startedAt, finishedAt, counters, direction, message } = job;
  const facts = [statusCaption(status), countersCaption(counters), timeCaption(startedAt)];
  const item = made(
    `${mapping} ${direction === 'ToIntegrationTable' ? '→' : direction === undefined ? '' : '←'}`.trim(),
    counters.failed > 0 || counters.skipped > 0 ? Collapsed : None,
    'history',
    facts.filter((part) => part !== '').join(' · '),
  );
  item.iconPath = {
    Success: icon('pass', passed),
    Error: icon('error', failed),
    'In Process': icon('sync'),
  }[status];
  item.tooltip = paragraphs(
    `${typeCaption(type)}: ${mapping}`,
    runCaption(direction),
    countersCaption(counters),
    message?.text,
    finishedAt === undefined ? undefined : t('Duration: {0} ms', finishedAt - startedAt),
    job.deviations === 0
      ? undefined
      : t('The other mode would have decided {0} rows otherwise.', job.deviations),
  );
  return item;
}
