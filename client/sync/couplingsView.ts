import * as vscode from 'vscode';
import type { CouplingsRequest, CouplingState } from '../../src/engine/surface/views/couplings.ts';
import {
  type SyncCouplingsParams,
  syncCouplingsRequest,
  type SyncCouplingsResult,
  syncMappingsRequest,
  type SyncMappingsResult,
} from '../../src/service/protocol/sync.ts';
import { couplingStateCaption } from './captions.ts';
import { child, PAGE, pagesOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { syncTree, type SyncTree } from './tree.ts';

const VIEW = 'dualWrite.sync.couplings';
const STATES: readonly CouplingState[] = [
  'synchronized',
  'neverSynchronized',
  'failed',
  'skipped',
  'broken',
];

export interface CouplingsView extends SyncTree {
  /** Asks for a text and a state, or takes them; an empty filter shows everything. */
  readonly filter: (wanted?: CouplingsFilter) => Promise<void>;
}

type CouplingsFilter = Pick<CouplingsRequest, 'search' | 'state'>;

/** Couplings by mapping; filtered and paged where they are kept, for they may be very many. */
export function couplingsView(
  context: vscode.ExtensionContext,
  service: SyncService,
): CouplingsView {
  let filter: CouplingsFilter = {};
  const isFiltered = (): boolean => filter.search !== undefined || filter.state !== undefined;

  const ask = async (project: string, request: CouplingsRequest): Promise<SyncCouplingsResult> => {
    const params: SyncCouplingsParams = { project, request: { ...request, ...filter } };
    return service.ask<SyncCouplingsResult>(syncCouplingsRequest, params);
  };
  const lines = async (
    node: SyncNode,
    mapping: string,
    start: number,
  ): Promise<readonly SyncNode[]> => {
    const page = await ask(node.project, { mapping, offset: start, limit: PAGE });
    return (page?.rows ?? []).map((item) =>
      child(node, node.project, JSON.stringify([item.integrationId, item.crmId]), {
        kind: 'coupling',
        item,
      }),
    );
  };

  const tree = syncTree(VIEW, service, async (node) => {
    switch (node.kind) {
      case 'project': {
        const mappings = await service.ask<SyncMappingsResult>(syncMappingsRequest, {
          project: node.project,
        });
        return (mappings ?? []).map((item) =>
          child(node, node.project, item.name, { kind: 'mapping', item }),
        );
      }
      case 'mapping': {
        const total = isFiltered()
          ? ((await ask(node.project, { mapping: node.item.name, limit: 0 }))?.total ?? 0)
          : node.item.couplings;
        const pages = pagesOf(node, total);
        return pages.length > 0 ? pages : lines(node, node.item.name, 0);
      }
      case 'page':
        return node.parent?.kind === 'mapping'
          ? lines(node, node.parent.item.name, node.start)
          : [];
      default:
        return [];
    }
  });
  context.subscriptions.push(tree.view);

  const show = async (): Promise<void> => {
    const parts = [
      ...(filter.search === undefined ? [] : [vscode.l10n.t('“{0}”', filter.search)]),
      ...(filter.state === undefined ? [] : [couplingStateCaption(filter.state)]),
    ];
    tree.view.message =
      parts.length === 0 ? '' : vscode.l10n.t('Filtered by {0}', parts.join(', '));
    await vscode.commands.executeCommand('setContext', 'dualWrite.sync.isFiltered', isFiltered());
    tree.refresh();
  };
  return {
    ...tree,
    async filter(wanted) {
      const next = wanted ?? (await askForFilter(filter));
      if (next === undefined) return;
      filter = next;
      await show();
    },
  };
}

async function askForFilter(now: CouplingsFilter): Promise<CouplingsFilter | undefined> {
  const search = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Show couplings with this text in an id or a value; empty for all'),
    value: now.search ?? '',
  });
  if (search === undefined) return undefined;
  const all = { label: vscode.l10n.t('Every state'), state: undefined };
  const states = STATES.map((state) => ({ label: couplingStateCaption(state), state }));
  const picked = await vscode.window.showQuickPick([all, ...states], {
    placeHolder: vscode.l10n.t('Show couplings in which state?'),
  });
  if (picked === undefined) return undefined;
  return {
    ...(search === '' ? {} : { search }),
    ...(picked.state === undefined ? {} : { state: picked.state }),
  };
}
