import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  type FilterReference,
  rowsChangedNotification,
  rowsRequest,
  type RowsResult,
} from '../src/service/protocol.ts';

const VIEW = 'dualWrite.rows';

/** The view below the editors that shows what a filter does with each row. */
export interface RowsView {
  readonly show: (filter: FilterReference) => Promise<void>;
  /** Fires when the view has drawn rows, or the reason for none. */
  readonly onDidShow: vscode.Event<RowsResult>;
}

/** What the page says: its script runs, or it has drawn what it was sent. */
export type PageMessage = 'ready' | 'drawn';

/** What the page receives; its script is client/webview/rows.ts. */
export interface RowsMessage {
  readonly result: RowsResult;
  readonly labels: Readonly<Record<'kept' | 'dropped' | 'lostToNull' | 'null' | 'empty', string>>;
  readonly summary: string;
  readonly rule: string;
  /** For each verdict that has more rows than are sent. */
  readonly more: Readonly<Record<string, string>>;
}

export function rowsView(context: vscode.ExtensionContext, client: LanguageClient): RowsView {
  const didShow = new vscode.EventEmitter<RowsResult>();
  let view: vscode.WebviewView | undefined;
  let filter: FilterReference | undefined;
  let asked = 0;
  /** What the page was sent last; it says when it has drawn it. */
  let sent: RowsResult | undefined;

  const refresh = async (): Promise<void> => {
    if (view === undefined || filter === undefined || !client.isRunning()) return;
    asked += 1;
    const turn = asked;
    const result = await client
      .sendRequest<RowsResult | null>(rowsRequest, filter)
      // Once the server runs again, its rows are asked for anew.
      .catch((error: unknown) => {
        if (client.isRunning()) throw error;
        return null;
      });
    // A later keystroke has asked again; its answer is the one to show.
    if (turn !== asked || result === null) return;
    view.description = result.title;
    sent = result;
    await view.webview.postMessage(messageFor(result));
  };

  context.subscriptions.push(
    didShow,
    client.onNotification(rowsChangedNotification, refresh),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void refresh();
    }),
    vscode.window.registerWebviewViewProvider(VIEW, {
      resolveWebviewView(resolved) {
        view = resolved;
        const root = vscode.Uri.joinPath(context.extensionUri, 'dist');
        resolved.webview.options = { enableScripts: true, localResourceRoots: [root] };
        resolved.webview.onDidReceiveMessage((message: PageMessage) => {
          // The page asks for its rows when its script runs: at first, and after it was hidden.
          if (message === 'ready') void refresh();
          else if (sent !== undefined) didShow.fire(sent);
        });
        resolved.onDidDispose(() => (view = undefined));
        resolved.webview.html = pageOf(resolved.webview, root);
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (client.code2ProtocolConverter.asUri(document.uri) === filter?.uri) void refresh();
    }),
  );

  return {
    onDidShow: didShow.event,
    async show(next) {
      filter = next;
      if (view === undefined) await vscode.commands.executeCommand(`${VIEW}.focus`);
      else {
        view.show(true);
        await refresh();
      }
    },
  };
}

function messageFor(result: RowsResult): RowsMessage {
  const { t } = vscode.l10n;
  const labels = {
    kept: t('Kept'),
    dropped: t('Dropped'),
    lostToNull: t('Lost to NULL'),
    null: t('NULL'),
    empty: t('empty text'),
  };
  const counts = result.kind === 'rows' ? result.counts : undefined;
  const limit = result.kind === 'rows' ? result.limit : 0;
  const verdicts = ['kept', 'dropped', 'lostToNull'] as const;
  return {
    result,
    labels,
    summary:
      counts === undefined
        ? ''
        : [
            // Whole sentences: French has a space before the colon.
            t('Kept: {0}', counts.kept),
            t('Dropped: {0}', counts.dropped),
            t('Lost to NULL: {0}', counts.lostToNull),
          ].join(' · '),
    rule: t('In the file, nothing between two commas is NULL and "" is the empty text.'),
    more: Object.fromEntries(
      verdicts
        .filter((verdict) => (counts?.[verdict] ?? 0) > limit)
        .map((verdict) => [verdict, t('The first {0} of them are shown.', limit)]),
    ),
  };
}

function pageOf(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  const hint = vscode.l10n.t('Preview a filter to see which rows it keeps.');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${address('rows.css')}">
</head>
<body>
<main id="rows"><p>${hint}</p></main>
<script nonce="${nonce}" src="${address('rows.js')}"></script>
</body>
</html>`;
}
