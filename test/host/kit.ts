import { ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import type { DualWriteApi } from '../../client/extension.ts';
import { press } from './driver.ts';

/** What the suites of the real VS Code share: open, wait for an event, look. Nothing here waits for time to pass. */

export async function extensionApi(): Promise<DualWriteApi> {
  const extension = vscode.extensions.getExtension<DualWriteApi>(
    'dual-write-workbench.dual-write-workbench',
  );
  ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Nothing asked, nothing edited, nothing open, and the samples as they come: the workspace is a copy of them. */
export async function freshWindow(): Promise<void> {
  await press('Escape');
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('notifications.clearAll');
  restoreSamples();
  await documentsOfDisk();
}

/**
 * Leaves the list that a command asks, and answers what the command does then. By no key: one goes to the editor as
 * long as the list has no focus. Again until it is left: what was seen may be the list of the test before, which goes.
 */
export async function leave<T>(asked: Thenable<T>): Promise<T> {
  const close = async (): Promise<T> => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const pause = new Promise<'asked'>((resolve) => setTimeout(() => resolve('asked'), 50));
    const answer = await Promise.race([asked.then((value) => ({ value })), pause]);
    return answer === 'asked' ? close() : answer.value;
  };
  return close();
}

/** Ends when every document that VS Code still holds is what stands on disk; it reads a changed file again by itself. */
async function documentsOfDisk(): Promise<void> {
  const isOld = (document: vscode.TextDocument): boolean =>
    document.uri.scheme === 'file' &&
    existsSync(document.uri.fsPath) &&
    readFileSync(document.uri.fsPath, 'utf8').replace(/^\uFEFF/u, '') !== document.getText();
  while (vscode.workspace.textDocuments.some(isOld)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes back what a suite saved: its changes, and the files that it added. */
function restoreSamples(): void {
  const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (extension === undefined || folder === undefined) return;
  const [from, to] = [join(extension.extensionPath, 'samples'), folder.uri.fsPath];
  const files = (root: string): readonly string[] =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const original = new Set(files(from));
  for (const file of files(to)) {
    // The state of a sync project is its server's own.
    if (!original.has(file) && !file.includes('.sync.store')) rmSync(join(to, file));
  }
  for (const file of original) {
    const text = readFileSync(join(from, file));
    const is = existsSync(join(to, file)) ? readFileSync(join(to, file)) : undefined;
    if (is?.equals(text) !== true) writeFileSync(join(to, file), text);
  }
}

/** What the client or the manifest says in the language of the window, by its English text or its key. */
export function said(text: string): string {
  const extension = vscode.extensions.getExtension('dual-write-workbench.dual-write-workbench');
  const { language } = vscode.env;
  const read = (file: string): Record<string, string> => {
    const path = join(extension?.extensionPath ?? '', file);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  };
  const suffix = language === 'en' ? '' : `.${language}`;
  const known = { ...read(`package.nls${suffix}.json`), ...read(`l10n/bundle.l10n${suffix}.json`) };
  return known[text] ?? text;
}

export function sampleUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  ok(folder, 'the samples are open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function openSample(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(sampleUri(path));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Our errors and warnings; information and hints come and go with metadata and are not what these tests are about. */
export const ownDiagnostics = (uri: vscode.Uri): readonly vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(
      ({ source, severity }) =>
        source === 'dual-write' && severity <= vscode.DiagnosticSeverity.Warning,
    );

/** The diagnostics of a document once `expected` holds for them. Mocha's time limit ends a wait in vain. */
export const diagnosticsWhen = (
  uri: vscode.Uri,
  expected: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> =>
  whenever(vscode.languages.onDidChangeDiagnostics, () => ownDiagnostics(uri), expected);

/** The next value of an event, or the next that is expected. */
export const next = <T>(
  event: vscode.Event<T>,
  expected: (value: T) => boolean = () => true,
): Promise<T> =>
  new Promise((resolve) => {
    const subscription = event((value) => {
      if (!expected(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });

/** Looks at once and after each event, until what it sees is expected. */
function whenever<T>(
  event: (listener: () => void) => vscode.Disposable,
  look: () => T,
  expected: (seen: T) => boolean,
): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const seen = look();
      if (!expected(seen)) return;
      subscription.dispose();
      resolve(seen);
    };
    const subscription = event(check);
    check();
  });
}

export const codeOf = ({ code }: vscode.Diagnostic): unknown =>
  typeof code === 'object' ? code.value : code;
