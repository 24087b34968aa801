import * as vscode from 'vscode';
import type { SyncProject } from '../../src/service/protocol/sync.ts';
import { syncItem } from './items.ts';
import { child, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';

/** One of the views of sync projects. */
export interface SyncTree {
  readonly view: vscode.TreeView<SyncNode>;
  /** Reads everything again that is shown. */
  readonly refresh: () => void;
  readonly children: (node?: SyncNode) => Promise<readonly SyncNode[]>;
  readonly item: (node: SyncNode) => vscode.TreeItem;
  /** Fires when the view will be read again. */
  readonly onDidChange: vscode.Event<unknown>;
}

/** What stands below a project, or below a line of it; the rest is the same for every view. */
export type Below = (node: SyncNode) => Promise<readonly SyncNode[]>;

/** A tree with the projects at its top, or with the lines of the only one. */
export function syncTree(id: string, service: SyncService, below: Below): SyncTree {
  const changed = new vscode.EventEmitter<undefined>();
  /** The only project has no line of its own. */
  let hidden: string | undefined;

  const roots = async (): Promise<readonly SyncNode[]> => {
    const projects = (await service.projects()).map(projectNode);
    const [only, ...others] = projects;
    hidden = others.length > 0 ? undefined : only?.project;
    return only === undefined || others.length > 0 ? projects : opened(only);
  };
  const opened = async (node: SyncNode): Promise<readonly SyncNode[]> => {
    const trouble = node.kind === 'project' ? node.item.trouble : undefined;
    const note = (text: string): SyncNode =>
      child(node, node.project, 'note', { kind: 'note', text });
    const notes = trouble === undefined ? [] : [note(trouble.text)];
    return [...notes, ...(await below(node))];
  };
  const children = async (node?: SyncNode): Promise<readonly SyncNode[]> =>
    vscode.window.withProgress({ location: { viewId: id } }, async () =>
      node === undefined ? roots() : node.kind === 'project' ? opened(node) : below(node),
    );

  const view = vscode.window.createTreeView<SyncNode>(id, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => [...(await children(node))],
      getTreeItem: syncItem,
      getParent: ({ parent }) => (parent?.id === hidden ? undefined : parent),
    },
    showCollapseAll: true,
    canSelectMany: true,
  });
  const refresh = (): void => changed.fire(undefined);
  service.onDidChange(refresh);
  return { view, refresh, children, item: syncItem, onDidChange: changed.event };
}

const projectNode = (item: SyncProject): SyncNode => ({
  id: item.uri,
  project: item.uri,
  parent: undefined,
  kind: 'project',
  item,
});
