import * as vscode from 'vscode';
import type { Report } from '../src/service/protocol/advice.ts';

const SCHEME = 'dual-write-report';
/** VS Code's own editor for Markdown as it is meant to look. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

/** Documents that stand in no file and are read, not written. */
export interface Reports extends vscode.Disposable {
  /** Opens a report as it is meant to look; one of the same name takes its place. */
  readonly show: (report: Report) => Promise<vscode.Uri>;
  /** The text of a report that is open. */
  readonly textOf: (uri: vscode.Uri) => string | undefined;
}

export function reportDocuments(): Reports {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) texts.delete(uri.path);
    }),
  );
  return {
    async show({ title, markdown }) {
      const name = title.replaceAll(/[/\\?#]/gu, ' ').trim();
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
      texts.set(uri.path, markdown);
      changed.fire(uri);
      const viewColumn = vscode.ViewColumn.Active;
      try {
        await vscode.commands.executeCommand('vscode.openWith', uri, MARKDOWN_PREVIEW, {
          viewColumn,
        });
      } catch {
        // Markdown reads well as it is where nothing draws it.
        await vscode.window.showTextDocument(uri, { viewColumn });
      }
      return uri;
    },
    textOf: ({ path }) => texts.get(path),
    dispose: () => subscriptions.dispose(),
  };
}
