import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DocumentMaps, FieldItem } from '../src/service/features/mapTree.ts';
import {
  type FilterReference,
  mapFieldsRequest,
  mapsChangedNotification,
} from '../src/service/protocol/maps.ts';
import { type RowsParams, rowsRequest, type RowsResult } from '../src/service/protocol/rows.ts';
import { knownMaps } from './knownMaps.ts';
import { treeItem, withRows } from './mapItems.ts';
import {
  fieldNodes,
  filterNodes,
  legNodes,
  type LegNode,
  mapNodes,
  type MapNode,
  PAGE,
  type PageNode,
  pageNodes,
  parentOf,
  uriOf,
} from './mapNodes.ts';
import { problemsOf, withProblems } from './mapProblems.ts';

/** The tree of all maps of the workspace. */
export interface MapsView extends vscode.Disposable {
  readonly documents: () => Promise<readonly DocumentMaps[]>;
  readonly refresh: () => Promise<void>;
  /** Opens the place of a node; for good where it is no preview. */
  readonly open: (node: MapNode, isPreview?: boolean) => Promise<void>;
  /** Shows the node that a place of a document belongs to; false where it belongs to none. */
  readonly reveal: (uri: string, position: vscode.Position) => Promise<boolean>;
  /** Children of a node, or the maps, as the tree shows them. */
  readonly children: (node?: MapNode) => Promise<readonly MapNode[]>;
  readonly item: (node: MapNode) => vscode.TreeItem;
  readonly onDidChange: vscode.Event<unknown>;
}

export function mapsView(client: LanguageClient): MapsView {
  const changed = new vscode.EventEmitter<MapNode | undefined>();
  /** The maps that the tree holds, and what it says of their problems. */
  let shown: readonly MapNode[] = [];
  const told = new Map<string, string>();
  const counted = new Map<string, Counted>();

  const known = knownMaps(client, VIEW, () => changed.fire(undefined));
  const { documents } = known;
  const forget = (isAnew: boolean): void => {
    known.forget(isAnew);
    counted.clear();
    changed.fire(undefined);
  };

  const fields = async (leg: LegNode, page: PageNode | undefined): Promise<readonly MapNode[]> => {
    const { start, count } = page ?? { start: 0, count: PAGE };
    const params = { ...leg.reference, start, count };
    return fieldNodes(leg, page, await client.sendRequest<FieldItem[]>(mapFieldsRequest, params));
  };
  const children = async (node?: MapNode): Promise<readonly MapNode[]> => {
    if (node === undefined) {
      shown = (await documents()).flatMap(mapNodes);
      return shown;
    }
    switch (node.kind) {
      case 'map':
        return legNodes(node);
      case 'leg':
        return [
          ...filterNodes(node),
          ...(node.item.mappings > PAGE ? pageNodes(node) : await fields(node, undefined)),
        ];
      case 'page':
        return fields(node.leg, node);
      default:
        return [];
    }
  };

  /** Where a node stands now: an edit above it moves it, and changes nothing that is shown. */
  const rangeOf = async (node: MapNode): Promise<vscode.Range | undefined> => {
    const parent = parentOf(node);
    const now =
      parent === undefined
        ? (await documents()).flatMap(mapNodes)
        : await children(await current(parent));
    const found = now.find(({ id }) => id === node.id);
    return found === undefined || found.kind === 'page'
      ? undefined
      : client.protocol2CodeConverter.asRange(found.item.range);
  };
  const current = async (node: MapNode): Promise<MapNode> => {
    const parent = parentOf(node);
    const siblings =
      parent === undefined
        ? (await documents()).flatMap(mapNodes)
        : parent.kind === 'map'
          ? await children(await current(parent))
          : [];
    return siblings.find(({ id }) => id === node.id) ?? node;
  };

  const item = (node: MapNode): vscode.TreeItem => {
    const shown = treeItem(node);
    if (node.kind === 'map') {
      const problems = problemsOf(client, node, known.latest());
      told.set(node.id, problems.text);
      return withProblems(shown, problems);
    }
    if (node.kind !== 'filter') return shown;
    const rows = counted.get(node.id);
    if (rows === undefined || rows.filter !== node.item.text) countRows(node);
    return rows?.result === undefined ? shown : withRows(shown, node.item, rows.result);
  };

  /** Counts the rows that a filter keeps; the tree does not wait for that, and shows them when they are known. */
  const countRows = (node: MapNode & { readonly kind: 'filter' }): void => {
    const reference: FilterReference = { uri: uriOf(node), index: node.item.index };
    const rows: Counted = { filter: node.item.text, result: undefined };
    counted.set(node.id, rows);
    const params: RowsParams = { ...reference, ownRowsOnly: true };
    client.sendRequest<RowsResult | null>(rowsRequest, params).then(
      (result) => {
        if (result?.kind !== 'rows' || counted.get(node.id) !== rows) return;
        counted.set(node.id, { ...rows, result });
        changed.fire(node);
      },
      // Without a count the filter is shown all the same.
      () => undefined,
    );
  };

  const view = vscode.window.createTreeView<MapNode>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => [...(await children(node))],
      getTreeItem: item,
      getParent: parentOf,
    },
    showCollapseAll: true,
  });
  const subscriptions = vscode.Disposable.from(
    view,
    changed,
    known,
    client.onNotification(mapsChangedNotification, () => forget(false)),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const now = new Set(uris.map((uri) => client.code2ProtocolConverter.asUri(uri)));
      for (const node of shown) {
        const before = told.get(node.id);
        if (!now.has(uriOf(node)) || before === undefined) continue;
        if (problemsOf(client, node, known.latest()).text !== before) changed.fire(node);
      }
    }),
  );

  return {
    documents,
    async refresh() {
      forget(true);
      await documents();
    },
    async open(node, isPreview = true) {
      const range = await rangeOf(node);
      const uri = client.protocol2CodeConverter.asUri(uriOf(node));
      await vscode.window.showTextDocument(uri, {
        preview: isPreview,
        ...(range === undefined
          ? {}
          : {
              selection:
                node.kind === 'filter' ? range : new vscode.Range(range.start, range.start),
            }),
      });
    },
    async reveal(uri, position) {
      let found: MapNode | undefined;
      for (let level = await children(); level.length > 0;) {
        const inner = level.find(
          (node) =>
            uriOf(node) === uri &&
            node.kind !== 'page' &&
            client.protocol2CodeConverter.asRange(node.item.range).contains(position),
        );
        if (inner === undefined) break;
        found = inner;
        level = await below(inner, position);
      }
      if (found === undefined) return false;
      await view.reveal(found, { select: true, focus: true });
      return true;
    },
    children,
    item,
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };

  /** Children of a node without pages: of very many mappings, those up to a place. */
  async function below(node: MapNode, position: vscode.Position): Promise<readonly MapNode[]> {
    if (node.kind !== 'leg' || node.item.mappings <= PAGE) return children(node);
    for (const page of pageNodes(node)) {
      const mappings = await fields(node, page);
      const last = mappings.at(-1);
      if (last?.kind !== 'field') continue;
      const { end } = client.protocol2CodeConverter.asRange(last.item.range);
      if (end.isAfterOrEqual(position)) return [...filterNodes(node), ...mappings];
    }
    return filterNodes(node);
  }
}

/** The rows that a filter keeps; undefined while they are counted, and where nobody knows them. */
interface Counted {
  readonly filter: string;
  readonly result: RowsResult | undefined;
}

const VIEW = 'dualWrite.maps';
