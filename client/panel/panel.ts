import * as vscode from 'vscode';
import {
  DidChangeTextDocumentNotification,
  type LanguageClient,
  State,
} from 'vscode-languageclient/node';
import {
  filterAtRequest,
  type FilterAtResult,
  type FilterReference,
} from '../../src/service/protocol/maps.ts';
import {
  type ExplainRowResult,
  explainRowRequest,
  type RowsAsSqlResult,
  type RowsPageResult,
  rowsPageRequest,
  type RowsProgress,
  rowsProgressNotification,
  rowsRequest,
  type RowsResult,
  stopRowsRequest,
} from '../../src/service/protocol/rows.ts';
import type { SqlPreview } from '../../src/service/sqlPreview.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { isSameFilter, stateForOther } from '../webview/panes.ts';
import { askThrough } from './ask.ts';
import { sqlComparison } from './asSql.ts';
import { labels } from './labels.ts';
import type { Action, FromPage, PageState, Preview, SavedPreview, ToPage } from './messages.ts';
import { pageOf, pageRoot } from './page.ts';
import type { Pins } from './pins.ts';
import type { RowQuery } from '../../src/preview/rowStore.ts';

const VIEW_TYPE = 'dualWrite.preview';
/** What the commands of rows go by. */
const SHOWN = 'dualWrite.rowsShown';

/** The preview beside the editor: what a filter does with each row, and why. */
export interface PreviewPanel extends vscode.WebviewPanelSerializer<SavedPreview> {
  /** @param row number of a row to show and explain. */
  readonly show: (filter: FilterReference, row?: number) => Promise<void>;
  /** Takes the filter at a place, unless the preview is to stay with its own. */
  readonly follow: (filter: FilterReference) => Promise<void>;
  /** Whether the preview is seen and goes where the caret goes. */
  readonly isFollowing: () => boolean;
  readonly refresh: () => Promise<void>;
  /** What was drawn last, or is about to be. */
  readonly preview: () => Preview | undefined;
  readonly state: () => PageState;
  /** What VS Code keeps of it. */
  readonly saved: () => SavedPreview | undefined;
  readonly chooseColumns: (columns: readonly string[]) => void;
  readonly readAgain: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Fires when the page has drawn rows, or the reason for none. */
  readonly onDidShow: vscode.Event<RowsResult>;
  /** Fires with the number of a row when the page shows why it is kept or not. */
  readonly onDidExplain: vscode.Event<number>;
  /** Fires when the page says what the filter gives as SQL. */
  readonly onDidCompare: vscode.Event<RowsAsSqlResult>;
  /** Fires when a row of the filter was pinned or let go. */
  readonly onDidPin: vscode.Event<FilterReference>;
  /** Fires when a button of the page asks for something. */
  readonly onDidAsk: vscode.Event<{ readonly action: Action; readonly query: RowQuery }>;
}

const FIRST_STATE: PageState = {
  search: '',
  nullAsEmpty: false,
  isLocked: false,
  isSqlShown: false,
};

export function previewPanel(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  pins: Pins,
  onDidChangeRows: vscode.Event<unknown>,
): PreviewPanel {
  const didShow = new vscode.EventEmitter<RowsResult>();
  const didExplain = new vscode.EventEmitter<number>();
  const didCompare = new vscode.EventEmitter<RowsAsSqlResult>();
  const didAsk = new vscode.EventEmitter<{ action: Action; query: RowQuery }>();
  const ask = askThrough(client);
  let panel: vscode.WebviewPanel | undefined;
  /** Whether the page's script runs: it does not while the page is hidden. */
  let isReady = false;
  let filter: FilterReference | undefined;
  let state = FIRST_STATE;
  let preview: Preview | undefined;
  /** The row that is to be shown with the next preview. */
  let sought: number | undefined;
  let revision = 0;
  let asking: vscode.CancellationTokenSource | undefined;
  /** The row file that is being read. */
  let reading: string | undefined;
  let isStopped = false;
  let isAnew = false;

  const post = (message: ToPage): void => {
    if (isReady) void panel?.webview.postMessage(message);
  };
  const asSql = sqlComparison(ask, (drawn, answer) =>
    post({ kind: 'asSql', revision: drawn, answer }),
  );
  const busy = (text: string | undefined, isStoppable = false): void =>
    post({ kind: 'busy', text, isStoppable });

  const refresh = oneAtATime(async () => {
    asSql.cancel();
    if (panel === undefined || filter === undefined || !isReady) return;
    const asked = filter;
    const { t } = vscode.l10n;
    if (!client.isRunning()) {
      busy(t('The language server is starting…'));
      return;
    }
    if (preview === undefined) busy(t('Waiting for the rows…'));
    const source = new vscode.CancellationTokenSource();
    asking = source;
    const params = isAnew ? { ...asked, isAnew } : asked;
    isAnew = false;
    const [result, sql] = await Promise.all([
      ask<RowsResult>(rowsRequest, params, source.token),
      statementOf(asked),
    ]);
    asking = undefined;
    source.dispose();
    reading = undefined;
    busy(undefined);
    // Another filter was asked for meanwhile, and its turn comes next.
    if (
      filter === undefined ||
      !isSameFilter(filter, asked) ||
      source.token.isCancellationRequested
    )
      return;
    if (result === null && preview !== undefined && isSameFilter(preview.filter, asked)) return;
    revision += 1;
    preview = {
      revision,
      filter: asked,
      result: result ?? { kind: 'none', title: '', reason: labels().noFilter },
      sql,
      pinned: pins.of(asked),
      isStopped,
    };
    panel.title =
      preview.result.title === '' ? t('Filter Preview') : t('Preview: {0}', preview.result.title);
    post({ kind: 'preview', preview, sought });
    sought = undefined;
    await vscode.commands.executeCommand('setContext', SHOWN, preview.result.kind === 'rows');
  });

  /** The generated statement, which is also a document of its own. */
  const statementOf = async (reference: FilterReference): Promise<SqlPreview | undefined> => {
    const found = await ask<FilterAtResult>(filterAtRequest, reference);
    if (found === null) return undefined;
    const uri = found.sqlUri;
    return (await ask<SqlPreview>('workspace/textDocumentContent', { uri })) ?? undefined;
  };

  const turnTo = async (next: FilterReference): Promise<void> => {
    if (filter !== undefined && !isSameFilter(filter, next)) {
      state = stateForOther(state);
      isStopped = false;
      asking?.cancel();
    }
    filter = { uri: next.uri, index: next.index };
    await refresh();
  };

  const explain = async (number: number): Promise<void> => {
    if (filter === undefined) return;
    const found = await ask<ExplainRowResult>(explainRowRequest, { filter, number });
    post({ kind: 'explained', number, explained: found?.explained ?? null });
  };

  const receive = async (message: FromPage): Promise<void> => {
    switch (message.kind) {
      case 'ready':
        isReady = true;
        preview = undefined;
        post({ kind: 'start', labels: labels(), state });
        await refresh();
        break;
      case 'drawn':
        if (message.revision !== preview?.revision) break;
        didShow.fire(preview.result);
        await asSql.start(preview);
        break;
      case 'explained':
        didExplain.fire(message.number);
        break;
      case 'compared':
        didCompare.fire(message.answer);
        break;
      case 'state':
        state = message.state;
        break;
      case 'page': {
        const { id, query, offset, limit } = message;
        const page =
          filter === undefined
            ? null
            : await ask<RowsPageResult>(rowsPageRequest, { filter, query, offset, limit });
        post({ kind: 'page', id, page });
        break;
      }
      case 'explain':
        await explain(message.number);
        break;
      case 'pin':
        if (filter !== undefined) await pins.pin(filter, message.number);
        break;
      case 'do':
        didAsk.fire(message);
        break;
    }
  };

  const open = (opened: vscode.WebviewPanel): void => {
    const before = panel;
    panel = opened;
    before?.dispose();
    isReady = false;
    preview = undefined;
    const root = pageRoot(context);
    opened.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const icon = vscode.Uri.joinPath(context.extensionUri, 'media', 'preview');
    opened.iconPath = {
      light: icon.with({ path: `${icon.path}-light.svg` }),
      dark: icon.with({ path: `${icon.path}-dark.svg` }),
    };
    opened.webview.onDidReceiveMessage(receive);
    opened.onDidChangeViewState(() => {
      if (!opened.visible) isReady = false;
    });
    opened.onDidDispose(() => {
      if (panel !== opened) return;
      panel = undefined;
      isReady = false;
      preview = undefined;
      state = FIRST_STATE;
      asking?.cancel();
      asSql.cancel();
      void vscode.commands.executeCommand('setContext', SHOWN, false);
    });
    opened.webview.html = pageOf(opened.webview, root);
  };

  context.subscriptions.push(
    didShow,
    didExplain,
    didCompare,
    didAsk,
    onDidChangeRows(refresh),
    client.onNotification(rowsProgressNotification, ({ uri, rows, isDone }: RowsProgress) => {
      if (asking === undefined) return;
      reading = isDone ? undefined : uri;
      const name = vscode.Uri.parse(uri, true).path.split('/').at(-1) ?? uri;
      const count = rows.toLocaleString(vscode.env.language);
      if (isDone) busy(undefined);
      else busy(vscode.l10n.t('Reading {0}, rows so far: {1}', name, count), true);
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running || newState === State.Starting) void refresh();
    }),
    pins.onDidChange((pinned) => {
      if (filter === undefined || preview === undefined || !isSameFilter(filter, pinned)) return;
      preview = { ...preview, pinned: pins.of(filter) };
      post({ kind: 'pinned', number: preview.pinned });
    }),
    // Once the server was told of the change: a question that overtakes it is answered from the text before.
    client.getFeature(DidChangeTextDocumentNotification.method).onNotificationSent(({ params }) => {
      if (params.textDocument.uri === filter?.uri) void refresh();
    }),
  );

  const previewing: PreviewPanel = {
    async show(next, row) {
      sought = row;
      if (panel === undefined) {
        const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        open(vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t('Filter Preview'), place));
      } else if (!panel.visible) panel.reveal(undefined, true);
      await turnTo(next);
    },
    async follow(next) {
      if (filter === undefined || !isSameFilter(filter, next)) await turnTo(next);
    },
    isFollowing: () => panel?.visible === true && !state.isLocked,
    refresh,
    preview: () => preview,
    state: () => state,
    saved: () => (filter === undefined ? undefined : { filter, state }),
    chooseColumns: (columns) => post({ kind: 'columns', columns }),
    async readAgain() {
      isStopped = false;
      isAnew = true;
      await refresh();
    },
    async stop() {
      if (reading === undefined) return;
      isStopped = true;
      await ask(stopRowsRequest, { uri: reading });
    },
    onDidShow: didShow.event,
    onDidExplain: didExplain.event,
    onDidCompare: didCompare.event,
    onDidPin: pins.onDidChange,
    onDidAsk: didAsk.event,
    async deserializeWebviewPanel(restored, saved) {
      filter = saved?.filter;
      state = { ...FIRST_STATE, ...saved?.state };
      // The server knows the filters of open documents.
      if (filter !== undefined) {
        await vscode.workspace.openTextDocument(vscode.Uri.parse(filter.uri, true)).then(
          () => undefined,
          () => undefined,
        );
      }
      open(restored);
    },
  };
  context.subscriptions.push(vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, previewing));
  return previewing;
}
