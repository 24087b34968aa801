import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Folder of what the page loads. */
export const pageRoot = ({ extensionUri }: vscode.ExtensionContext): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'dist');

/** The page runs our script alone and loads nothing from elsewhere; no element has a style of its own. */
export function pageOf(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${vscode.l10n.t('Filter Preview')}</title>
<link rel="stylesheet" href="${address('preview.css')}">
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems":true}'>
<script nonce="${nonce}" src="${address('preview.js')}"></script>
</body>
</html>`;
}
