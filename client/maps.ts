import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DocumentMaps, FieldItem } from '../src/service/features/mapTree.ts';
import {
  type FilterReference,
  mapFieldsRequest,
  mapsChangedNotification,
  mapsRequest,
  type MapsResult,
} from '../src/service/protocol/maps.ts';
import { type RowsParams, rowsRequest, type RowsResult } from '../src/service/protocol/rows.ts';
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
  /** By URI; undefined until somebody looks. */
  let known: Promise<Documents> | undefined;
  let latest: Documents = new Map();
  let isAnew = false;
  /** The maps that the tree holds, and what it says of their problems. */
  let shown: readonly MapNode[] = [];
  const told = new Map<string, string>();
  const counted = new Map<string, Counted>();

  const keep = async (documents: Documents): Promise<Documents> => {
    latest = documents;
    await vscode.commands.executeCommand('setContext', 'dualWrite.hasNoMaps', latest.size === 0);
    await vscode.commands.executeCommand('setContext', 'dualWrite.hasMaps', latest.size > 0);
    return latest;
  };
  const load = async (): Promise<Documents> => {
    const { documents } = await client.sendRequest<MapsResult>(mapsRequest, { isAnew });
    isAnew = false;
    return keep(new Map(documents.map((document) => [document.uri, document])));
  };
  const documents = async (): Promise<readonly DocumentMaps[]> => {
    known ??= Promise.resolve(vscode.window.withProgress({ location: { viewId: VIEW } }, load));
    try {
      return [...(await known).values()].toSorted((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
  const forget = (): void => {
    known = undefined;
    counted.clear();
    changed.fire(undefined);
  };
  const patch = async (uris: readonly string[]): Promise<void> => {
    const asked = known;
    if (asked === undefined) return;
    try {
      await asked;
      const answer = await client.sendRequest<MapsResult>(mapsRequest, { uris });
      // All of them are asked for anew already.
      if (known !== asked) return;
      const next = new Map(latest);
      for (const document of answer.documents) {
        if (document.maps.length === 0) next.delete(document.uri);
        else next.set(document.uri, document);
      }
      const before = latest;
      known = keep(next);
      await known;
      if (uris.some((uri) => looks(before.get(uri)) !== looks(next.get(uri)))) {
        changed.fire(undefined);
      }
    } catch {
      // The server is starting anew or has gone: everything is asked for when somebody looks again.
      known = undefined;
    }
  };
  const edited = together(patch);

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
      const problems = problemsOf(client, node, latest);
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
    client.onNotification(mapsChangedNotification, forget),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !MAY_HOLD_MAP.test(document.uri.path)) return;
      edited(client.code2ProtocolConverter.asUri(document.uri));
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const now = new Set(uris.map((uri) => client.code2ProtocolConverter.asUri(uri)));
      for (const node of shown) {
        const before = told.get(node.id);
        if (!now.has(uriOf(node)) || before === undefined) continue;
        if (problemsOf(client, node, latest).text !== before) changed.fire(node);
      }
    }),
    watched((uri) => edited(client.code2ProtocolConverter.asUri(uri))),
  );

  return {
    documents,
    async refresh() {
      isAnew = true;
      forget();
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

type Documents = ReadonlyMap<string, DocumentMaps>;

/** The rows that a filter keeps; undefined while they are counted, and where nobody knows them. */
interface Counted {
  readonly filter: string;
  readonly result: RowsResult | undefined;
}

const VIEW = 'dualWrite.maps';
const MAY_HOLD_MAP = /\.(?:jsonc?|xml)$/iu;

const titleOf = ({ uri, maps: [first] }: DocumentMaps): string =>
  JSON.stringify([(first?.name ?? '').toLowerCase(), first?.version, uri]);

/** What is shown of a document, without the places, which every edit above them moves. */
const looks = (document: DocumentMaps | undefined): string =>
  JSON.stringify(document?.maps, (name, value: unknown) =>
    name === 'range' ? undefined : value,
  ) ?? '';

/** Does something with all that was named since it was last done; what is named meanwhile has its turn then. */
function together(work: (uris: readonly string[]) => Promise<void>): (uri: string) => void {
  const waiting = new Set<string>();
  let isAtWork = false;
  const run = async (): Promise<void> => {
    isAtWork = true;
    while (waiting.size > 0) {
      const uris = [...waiting];
      waiting.clear();
      await work(uris);
    }
    isAtWork = false;
  };
  return (uri) => {
    waiting.add(uri);
    if (!isAtWork) void run();
  };
}

function watched(edited: (uri: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{json,jsonc,xml}');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(edited),
    watcher.onDidChange(edited),
    watcher.onDidDelete(edited),
  );
}

interface Problems {
  readonly errors: number;
  readonly warnings: number;
  /** Both in words; empty where there are none. */
  readonly text: string;
}

function problemsOf(client: LanguageClient, node: MapNode, documents: Documents): Problems {
  const uri = uriOf(node);
  const now = mapNodes(documents.get(uri) ?? { uri, maps: [] }).find(({ id }) => id === node.id);
  const range = now && client.protocol2CodeConverter.asRange(now.item.range);
  const found = vscode.languages
    .getDiagnostics(client.protocol2CodeConverter.asUri(uri))
    .filter((each) => each.source === 'dual-write' && range?.contains(each.range) === true);
  const count = (severity: vscode.DiagnosticSeverity): number =>
    found.filter((each) => each.severity === severity).length;
  const errors = count(vscode.DiagnosticSeverity.Error);
  const warnings = count(vscode.DiagnosticSeverity.Warning);
  const text = [
    ...(errors === 0 ? [] : [vscode.l10n.t('errors: {0}', errors)]),
    ...(warnings === 0 ? [] : [vscode.l10n.t('warnings: {0}', warnings)]),
  ].join(', ');
  return { errors, warnings, text };
}

/** The problems of a map in words, and by the colour that files with problems have. */
function withProblems(item: vscode.TreeItem, { errors, text }: Problems): vscode.TreeItem {
  if (text === '') return item;
  item.description = [item.description, text].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    errors > 0 ? 'error' : 'warning',
    new vscode.ThemeColor(errors > 0 ? 'list.errorForeground' : 'list.warningForeground'),
  );
  return item;
}
