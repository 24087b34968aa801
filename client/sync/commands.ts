import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ActionName } from '../../src/engine/surface/views/actions.ts';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { offered, runAction, type SyncAnswers } from './actions.ts';
import { type RecordPart, recordUri } from './documents.ts';
import { isMappingReference } from './mappingReference.ts';
import { askForCriteria } from './matchCriteria.ts';
import { couplingOf, isSyncNode, mappingOf, recordOf, type SyncNode } from './nodes.ts';
import { openMapping, openRecord } from './places.ts';
import { resolveFields, type Winners } from './resolve.ts';
import { openReview } from './review.ts';
import type { SyncService } from './service.ts';
import { setUpCoupling } from './setUpCoupling.ts';
import { editStrategies } from './strategies.ts';
import { askForSide } from './synchronize.ts';
import { pickMapping, pickProject, selectedIn } from './targets.ts';
import { undoAction } from './undo.ts';
import type { SyncViews } from './views.ts';

const { t } = vscode.l10n;

/** Commands that work on the selected couplings or errors. */
const ON_ROWS = {
  retry: 'Retry',
  synchronize: 'Synchronize',
  restoreRecords: 'Restore Records',
  deleteRecords: 'Delete Records',
  deleteCouplings: 'Delete Couplings',
} as const satisfies Readonly<Record<string, ActionName>>;

/** Commands that work on one table mapping. */
const ON_MAPPING = {
  runModified: 'Synchronize Modified Records',
  runFull: 'Run Full Synchronization',
  runUnconditional: 'Run Unconditional Full Synchronization',
  recommendFullSynch: 'Recommend Full Synchronization',
  restartFullSynch: 'Restart Full Synchronization',
  matchBasedCoupling: 'Match-Based Coupling',
  deleteMappingCouplings: 'Delete Couplings',
} as const satisfies Readonly<Record<string, ActionName>>;

/** Commands that work on a whole project. */
const ON_PROJECT = {
  retryAll: 'Retry All',
  findForDeleted: 'Find for Deleted',
  deleteOldEntries: 'Delete Entries Older Than 7 Days',
  deleteAllEntries: 'Delete All Entries',
  useDefaultSetup: 'Use Default Synchronization Setup',
  syncAll: 'Full Synch. Review',
  resetReview: 'Reset Full Synch. Review',
  runJobQueue: 'Run Job Queue',
} as const satisfies Readonly<Record<string, ActionName>>;

/** Every action of the pages, from the trees and from the palette; tests call them as a person does. */
export function syncCommands(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  service: SyncService,
  views: SyncViews,
): vscode.Disposable {
  const nodesFor = (node: unknown, selected: unknown): readonly SyncNode[] => {
    const given = Array.isArray(selected) ? selected.filter(isSyncNode) : [];
    if (given.length > 0) return given;
    return isSyncNode(node) ? [node] : selectedIn(views);
  };

  const onRows =
    (action: ActionName) =>
    async (
      node: unknown,
      selected: unknown,
      answers: SyncAnswers = {},
    ): Promise<SyncRunResult | undefined> => {
      const nodes = nodesFor(node, selected).filter((each) => couplingOf(each) !== undefined);
      const [first] = nodes;
      if (first === undefined) {
        void vscode.window.showInformationMessage(
          t('Select records under Coupled Data Synchronization Errors or Couplings first.'),
        );
        await vscode.commands.executeCommand('dualWrite.sync.errors.focus');
        return undefined;
      }
      const { project } = first;
      const ofProject = nodes.filter((each) => each.project === project);
      const rows = ofProject.flatMap((each) => couplingOf(each) ?? []);
      const target = { project, rows };
      if (action === 'Synchronize' && answers.choices === undefined) {
        const choices = await askForSide(service, project, ofProject);
        if (choices === undefined) return undefined;
        return runAction(service, action, target, { ...answers, choices });
      }
      return runAction(service, action, target, answers);
    };

  const onMapping =
    (action: ActionName) => async (node: unknown, _selected: unknown, answers?: SyncAnswers) => {
      const [found] = nodesFor(node, undefined);
      // A link of a page names project and mapping itself.
      const named = isMappingReference(node) ? node : found;
      const project = named?.project ?? (await pickProject(service));
      if (project === undefined) return undefined;
      const mapping =
        (isMappingReference(node) ? node.mapping : found && mappingOf(found)) ??
        (await pickMapping(service, project));
      if (mapping === undefined) return undefined;
      const target = { project, mapping };
      if (action !== 'Match-Based Coupling' || answers !== undefined) {
        return runAction(service, action, target, answers);
      }
      if ((await offered(service, action, target)) === undefined) return undefined;
      const match = await askForCriteria(service, project, mapping);
      return match && runAction(service, action, target, { match });
    };

  const onProject =
    (action: ActionName) => async (node: unknown, _selected: unknown, answers?: SyncAnswers) => {
      const project = await projectOf(node);
      return project === undefined ? undefined : runAction(service, action, { project }, answers);
    };

  /** A link of a page names the project itself. */
  const projectOf = async (target: unknown): Promise<string | undefined> => {
    if (typeof target === 'string') return target;
    return isSyncNode(target) ? target.project : pickProject(service);
  };

  /** A document about the record of a line. */
  const documentFor = (node: unknown, part: RecordPart): vscode.Uri | undefined => {
    const [found] = nodesFor(node, undefined);
    const record = found && recordOf(found);
    if (found === undefined || record === undefined) {
      void vscode.window.showInformationMessage(
        t('Select a record under Coupled Data Synchronization Errors or Couplings first.'),
      );
      return undefined;
    }
    const { mapping, id, title } = record;
    return recordUri({ project: found.project, mapping, id, part }, title);
  };

  /** What the record of a line is called. */
  const titleFor = (node: unknown): string => {
    const [found] = nodesFor(node, undefined);
    return (found && recordOf(found)?.title) ?? '';
  };

  const explain = async (node: unknown): Promise<void> => {
    const uri = documentFor(node, 'explained');
    if (uri !== undefined) await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  const compareSides = async (node: unknown): Promise<void> => {
    const [left, right] = [documentFor(node, 'businessCentral'), documentFor(node, 'dataverse')];
    if (left === undefined || right === undefined) return;
    const title = t('{0}: {1}', titleFor(node), 'Business Central ↔ Dataverse');
    await vscode.commands.executeCommand('vscode.diff', left, right, title);
  };
  const compareWithBase = async (node: unknown): Promise<void> => {
    const [left, base, right] = (['businessCentral', 'base', 'dataverse'] as const).map((part) =>
      documentFor(node, part),
    );
    if (left === undefined || base === undefined || right === undefined) return;
    const title = t('{0}: changes since the last agreement', titleFor(node));
    await vscode.commands.executeCommand('vscode.changes', title, [
      [left, base, left],
      [right, base, right],
    ]);
  };
  const showLog = async (node: unknown): Promise<void> => {
    if (isMappingReference(node)) {
      const { project, mapping } = node;
      await views.jobs.filter({ project, request: { mapping }, title: mapping });
      return;
    }
    const [found] = nodesFor(node, undefined);
    if (found === undefined) return;
    const record = couplingOf(found);
    const mapping = mappingOf(found);
    if (record === undefined && mapping === undefined) return;
    await views.jobs.filter({
      project: found.project,
      request: record === undefined ? { mapping: mapping ?? '' } : { record },
      title:
        found.kind === 'error' || found.kind === 'coupling'
          ? found.item.description || found.item.coupledTo
          : (mapping ?? ''),
    });
  };

  const named = (name: string, run: (...args: readonly unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`dualWrite.sync.${name}`, run);
  const each = (
    actions: Readonly<Record<string, ActionName>>,
    run: (
      action: ActionName,
    ) => (node: unknown, selected: unknown, answers?: SyncAnswers) => unknown,
  ): readonly vscode.Disposable[] =>
    Object.entries(actions).map(([name, action]) =>
      named(name, (node, selected, answers) =>
        run(action)(node, selected, isAnswers(answers) ? answers : undefined),
      ),
    );

  return vscode.Disposable.from(
    ...each(ON_ROWS, onRows),
    ...each(ON_MAPPING, onMapping),
    ...each(ON_PROJECT, onProject),
    named('setUpCoupling', (node, selected, answers) =>
      setUpCoupling(service, nodesFor(node, selected), isAnswers(answers) ? answers : undefined),
    ),
    named('undo', async (project, number) => {
      const uri = typeof project === 'string' ? project : await pickProject(service);
      return uri === undefined
        ? undefined
        : undoAction(service, uri, typeof number === 'number' ? number : undefined);
    }),
    named('synchronizeRecommended', (node, selected) =>
      // Without an answer the engine takes the way that it recommends.
      onRows('Synchronize')(node, selected, { choices: {} }),
    ),
    named('resolveFields', (node, _selected, winners) =>
      resolveFields(
        service,
        nodesFor(node, undefined)[0],
        isWinners(winners) ? winners : undefined,
      ),
    ),
    named('fullSynchReview', async (node) => {
      const project = await projectOf(node);
      return project === undefined ? undefined : openReview(context, service, project);
    }),
    named('explain', explain),
    named('compareSides', compareSides),
    named('compareWithBase', compareWithBase),
    named('showLog', showLog),
    named('showAllJobs', () => views.jobs.filter()),
    named('openMapping', (node) => openMapping(client, nodesFor(node, undefined)[0])),
    named('editStrategies', (node) => editStrategies(client, nodesFor(node, undefined)[0])),
    named('showCoupling', async (node) => {
      const [found] = nodesFor(node, undefined);
      if (found?.kind !== 'error') return;
      const { integrationId, crmId } = found.item;
      await views.couplings.filter({ search: integrationId === '' ? crmId : integrationId });
      await vscode.commands.executeCommand('dualWrite.sync.couplings.focus');
    }),
    named('openSource', (node) =>
      openRecord(client, service, nodesFor(node, undefined)[0], 'businessCentral'),
    ),
    named('openDestination', (node) =>
      openRecord(client, service, nodesFor(node, undefined)[0], 'dataverse'),
    ),
    named('groupByCause', () => views.errors.groupBy('cause')),
    named('groupByMapping', () => views.errors.groupBy('mapping')),
    named('filterCouplings', () => views.couplings.filter()),
    named('clearFilter', () => views.couplings.filter({})),
    named('refresh', views.refresh),
  );
}

const isWinners = (value: unknown): value is Winners =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((side) => side === 'BusinessCentral' || side === 'Dataverse');

const ANSWERS = ['choices', 'partner', 'createNew', 'match', 'confirmed'];

const isAnswers = (value: unknown): value is SyncAnswers =>
  typeof value === 'object' && value !== null && ANSWERS.some((name) => name in value);
