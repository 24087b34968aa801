import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  trackedChangedNotification,
  type TrackedNode,
  type TrackedParams,
  trackedRequest,
  type TrackedResult,
} from '../src/service/protocol/maps.ts';

const VIEW = 'dualWrite.trackedDataSources';
/** What the welcome texts and buttons of the view go by. */
const STATE = `${VIEW}.state`;
const ALL = `${VIEW}.all`;

/** The tree of the data sources that live synchronization follows. */
export interface TrackedView {
  /** Fires when the tree shows something else. */
  readonly onDidShow: vscode.Event<TrackedResult>;
}

/** What each sign looks like; colours are those that VS Code has for the same thing elsewhere. */
const ICONS: Readonly<Record<TrackedNode['sign'], vscode.ThemeIcon>> = {
  entity: new vscode.ThemeIcon('symbol-class'),
  group: new vscode.ThemeIcon('ellipsis'),
  tracked: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  untracked: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.warningForeground')),
  unknown: new vscode.ThemeIcon('question', new vscode.ThemeColor('descriptionForeground')),
  unmapped: new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('descriptionForeground')),
};

/**
 * The view follows the map in the active editor. Where a click in the tree led to another file, it stays with the map
 * as long as that is open; without one it lists the entities of all maps.
 */
export function trackedView(context: vscode.ExtensionContext, client: LanguageClient): TrackedView {
  const didShow = new vscode.EventEmitter<TrackedResult>();
  const didChange = new vscode.EventEmitter<undefined>();
  let result: TrackedResult = { uri: null, nodes: [], hasMetadata: true };
  let followed: vscode.Uri | undefined;
  let isAll = false;
  let asked = 0;

  const ask = (params: TrackedParams): Thenable<TrackedResult> =>
    vscode.window.withProgress({ location: { viewId: VIEW } }, () =>
      client.sendRequest<TrackedResult>(trackedRequest, params),
    );

  const urisToFollow = (): readonly string[] => {
    if (isAll) return [];
    const active = vscode.window.activeTextEditor?.document.uri;
    const candidates = [active, followed].filter((uri) => uri !== undefined);
    return candidates.filter(isOpen).map((uri) => client.code2ProtocolConverter.asUri(uri));
  };

  const refresh = async (): Promise<void> => {
    if (!view.visible || !client.isRunning()) return;
    asked += 1;
    const turn = asked;
    const answer = await ask({ uris: urisToFollow() }).then(
      (found) => found,
      // Once the server runs again, it is asked anew.
      () => undefined,
    );
    // Something changed meanwhile, and the later question has its own answer.
    if (answer === undefined || turn !== asked) return;
    result = answer;
    followed = answer.uri === null ? followed : client.protocol2CodeConverter.asUri(answer.uri);
    show();
  };

  const show = (): void => {
    const { nodes, uri, hasMetadata } = result;
    view.description =
      uri === null
        ? vscode.l10n.t('All maps')
        : vscode.workspace.asRelativePath(client.protocol2CodeConverter.asUri(uri));
    view.message =
      nodes.length > 0 && !hasMetadata
        ? vscode.l10n.t(
            'No metadata of Finance and Operations is at hand, so only the maps tell. Name its folders in the setting dualWrite.metadata.folders.',
          )
        : '';
    void vscode.commands.executeCommand('setContext', STATE, nodes.length > 0 ? 'some' : 'none');
    didChange.fire(undefined);
    didShow.fire(result);
  };

  const childrenOf = async (node: TrackedNode): Promise<readonly TrackedNode[]> => {
    if (node.children !== undefined) return node.children;
    const uris = result.uri === null ? [] : [result.uri];
    const { nodes } = await ask({ uris, entity: node.id });
    return nodes[0]?.children ?? [];
  };

  const view = vscode.window.createTreeView<TrackedNode>(VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: didChange.event,
      getChildren: async (node) =>
        node === undefined ? [...result.nodes] : [...(await childrenOf(node))],
      getTreeItem: (node) => itemOf(node, client, result.nodes.length === 1),
    },
  });

  const setAll = (all: boolean): void => {
    isAll = all;
    void vscode.commands.executeCommand('setContext', ALL, all);
    void refresh();
  };

  const isShown = (uri: vscode.Uri): boolean =>
    result.uri === null
      ? /\.(?:jsonc?|xml)$/iu.test(uri.path)
      : client.code2ProtocolConverter.asUri(uri) === result.uri;
  context.subscriptions.push(
    view,
    didShow,
    didChange,
    vscode.commands.registerCommand(`${VIEW}.showAll`, () => setAll(true)),
    vscode.commands.registerCommand(`${VIEW}.followEditor`, () => setAll(false)),
    view.onDidChangeVisibility(refresh),
    client.onNotification(trackedChangedNotification, refresh),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void refresh();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length > 0) void refresh();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isShown(document.uri)) void refresh();
    }),
  );
  return { onDidShow: didShow.event };
}

const isOpen = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  );

/** What is open at first: the one entity, and in it what a person should look at. */
function stateOfItem(
  { sign, children }: TrackedNode,
  isOnly: boolean,
): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  if (children?.length === 0) return None;
  const isNotable = children?.some((child) => child.sign === 'untracked') === true;
  return isOnly && (sign === 'entity' || isNotable) ? Expanded : Collapsed;
}

function itemOf(node: TrackedNode, client: LanguageClient, isOnly: boolean): vscode.TreeItem {
  const { id, label, description, tooltip, sign, target } = node;
  const item = new vscode.TreeItem(label, stateOfItem(node, isOnly));
  // VS Code keeps what is open by id: an entity that was closed among others opens where it is the only one.
  item.id = isOnly ? `only ${id}` : id;
  item.description = description;
  item.tooltip = new vscode.MarkdownString(tooltip);
  item.iconPath = ICONS[sign];
  item.contextValue = sign;
  item.accessibilityInformation = {
    label: [label, stateOf(sign), description].filter((part) => part !== '').join(', '),
  };
  if (target !== undefined) {
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open'),
      arguments: [
        client.protocol2CodeConverter.asUri(target.uri),
        { selection: client.protocol2CodeConverter.asRange(target.range), preview: true },
      ],
    };
  }
  return item;
}

/** What the icon shows, for those who hear it. */
function stateOf(sign: TrackedNode['sign']): string {
  switch (sign) {
    case 'tracked':
      return vscode.l10n.t('tracked');
    case 'untracked':
    case 'unmapped':
      return vscode.l10n.t('not tracked');
    case 'unknown':
      return vscode.l10n.t('not known whether tracked');
    default:
      return '';
  }
}
