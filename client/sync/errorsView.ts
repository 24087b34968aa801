import * as vscode from 'vscode';
import type { ErrorsRequest } from '../../src/engine/surface/views/errors.ts';
import {
  type SyncErrorsParams,
  syncErrorsRequest,
  type SyncErrorsResult,
} from '../../src/service/protocol/sync.ts';
import { child, PAGE, pagesOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { syncTree, type SyncTree } from './tree.ts';

const VIEW = 'dualWrite.sync.errors';
const GROUPING = 'dualWrite.sync.groupErrorsBy';

type Grouping = 'mapping' | 'cause';

export interface ErrorsView extends SyncTree {
  readonly groupBy: (grouping: Grouping) => Promise<void>;
}

/** Coupled Data Synchronization Errors: every row that does not synchronize, by mapping or by cause. */
export function errorsView(context: vscode.ExtensionContext, service: SyncService): ErrorsView {
  let grouping: Grouping =
    context.workspaceState.get<Grouping>(GROUPING) === 'cause' ? 'cause' : 'mapping';
  const counts = new Map<string, number>();

  const ask = async (project: string, request: ErrorsRequest): Promise<SyncErrorsResult> => {
    const params: SyncErrorsParams = { project, request: { groupBy: grouping, ...request } };
    return service.ask<SyncErrorsResult>(syncErrorsRequest, params);
  };

  const lines = async (
    node: SyncNode,
    group: string,
    start: number,
  ): Promise<readonly SyncNode[]> => {
    const page = await ask(node.project, { group, offset: start, limit: PAGE });
    return (page?.rows ?? []).map((item) =>
      child(node, node.project, JSON.stringify([item.mapping, item.integrationId, item.crmId]), {
        kind: 'error',
        item,
      }),
    );
  };

  const below = async (node: SyncNode): Promise<readonly SyncNode[]> => {
    switch (node.kind) {
      case 'project': {
        const page = await ask(node.project, { limit: 0 });
        counts.set(node.project, page?.total ?? 0);
        await showCount();
        const isAmongOthers = (await service.projects()).length > 1;
        // Where it is the only project, the view's own welcome says so.
        if (page?.groups.length === 0 && isAmongOthers) {
          const text = vscode.l10n.t('No errors');
          return [child(node, node.project, 'none', { kind: 'note', text })];
        }
        return (page?.groups ?? []).map((item) =>
          child(node, node.project, `${grouping}-${item.key}`, { kind: 'errorGroup', item }),
        );
      }
      case 'errorGroup': {
        const pages = pagesOf(node, node.item.count);
        return pages.length > 0 ? pages : lines(node, node.item.key, 0);
      }
      case 'page':
        return node.parent?.kind === 'errorGroup'
          ? lines(node, node.parent.item.key, node.start)
          : [];
      default:
        return [];
    }
  };

  const showCount = async (): Promise<void> => {
    const known = new Set((await service.projects()).map(({ uri }) => uri));
    // Projects that are gone have no errors.
    for (const uri of counts.keys()) if (!known.has(uri)) counts.delete(uri);
    const value = [...counts.values()].reduce((sum, count) => sum + count, 0);
    tree.view.badge =
      value === 0
        ? undefined
        : { value, tooltip: vscode.l10n.t('Synchronization errors: {0}', value) };
    const isCounted = [...known].every((uri) => counts.has(uri));
    void vscode.commands.executeCommand('setContext', 'dualWrite.sync.hasErrors', value > 0);
    // That there is none is known once every project has been asked.
    void vscode.commands.executeCommand('setContext', 'dualWrite.sync.errorsCounted', isCounted);
  };

  const tree = syncTree(VIEW, service, below);
  const show = (): Thenable<unknown> =>
    vscode.commands.executeCommand('setContext', GROUPING, grouping);
  void show();
  context.subscriptions.push(tree.view, service.onDidChange(showCount));
  return {
    ...tree,
    async groupBy(next) {
      grouping = next;
      await context.workspaceState.update(GROUPING, next);
      await show();
      tree.refresh();
    },
  };
}
