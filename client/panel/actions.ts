import * as vscode from 'vscode';
import { type LanguageClient, ProgressType } from 'vscode-languageclient/node';
import type { RowQuery } from '../../src/preview/rowStore.ts';
import type { FilterReference } from '../../src/service/protocol/maps.ts';
import {
  type ExportRowsParams,
  type ExportRowsResult,
  exportRowsRequest,
  type RowsWritten,
  type RowsResult,
  validationJobRequest,
  type ValidationJobResult,
} from '../../src/service/protocol/rows.ts';
import { filterFor } from '../preview.ts';
import { shownColumns } from '../webview/cells.ts';
import { askThrough } from './ask.ts';

/** Writes the rows that a query finds, where they are wanted, or else where somebody chooses; answers where. */
export async function exportRows(
  client: LanguageClient,
  shown: { readonly filter: FilterReference; readonly isMadeUp?: boolean },
  query: RowQuery,
  title: string,
  into: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const { filter } = shown;
  const csv = { [t('Rows')]: ['csv'] };
  const target = into ?? (await chosenFile(filter, `${title}.csv`, csv));
  if (target === undefined) return undefined;
  // The server writes where it has hands: rows may be more than any message can carry.
  const isHere = target.scheme === 'file';
  const progress = `export ${target.toString()}`;
  const found = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Exporting rows…'),
      cancellable: true,
    },
    async (bar, token) => {
      const listener = client.onProgress(rowsWritten, progress, ({ rows }) => {
        bar.report({ message: rows.toLocaleString(vscode.env.language) });
      });
      try {
        const params: ExportRowsParams = {
          ...shown,
          query,
          progress,
          ...(isHere ? { into: target.toString() } : {}),
        };
        const answer = await askThrough(client)<ExportRowsResult>(exportRowsRequest, params, token);
        return token.isCancellationRequested ? 'stopped' : answer;
      } finally {
        listener.dispose();
      }
    },
  );
  if (found === 'stopped') return undefined;
  if (found === null) {
    void vscode.window.showInformationMessage(t('There are no rows to export.'));
    return undefined;
  }
  if (found.kind === 'failed') {
    void vscode.window.showErrorMessage(t('The rows were not exported: {0}', found.reason));
    return undefined;
  }
  if (found.kind === 'text') {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(found.csv));
  }
  if (into === undefined) sayWritten(target);
  return target;
}

const rowsWritten = new ProgressType<RowsWritten>();

export const saveSql = (
  sql: string,
  filter: FilterReference,
  title: string,
): Promise<vscode.Uri | undefined> => save(sql, filter, `${title}.sql`, { SQL: ['sql'] });

async function save(
  text: string,
  filter: FilterReference,
  name: string,
  filters: Readonly<Record<string, string[]>>,
): Promise<vscode.Uri | undefined> {
  const target = await chosenFile(filter, name, filters);
  if (target === undefined) return undefined;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  sayWritten(target);
  return target;
}

/** A file that somebody chooses, beside the filter at first. */
async function chosenFile(
  filter: FilterReference,
  name: string,
  filters: Readonly<Record<string, string[]>>,
): Promise<vscode.Uri | undefined> {
  const beside = vscode.Uri.joinPath(vscode.Uri.parse(filter.uri, true), '..');
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(beside, name.replaceAll(/[\\/:*?"<>|]/gu, '_')),
    filters,
  });
}

function sayWritten(target: vscode.Uri): void {
  const { t } = vscode.l10n;
  const open = t('Open');
  const written = t('Written: {0}', vscode.workspace.asRelativePath(target));
  void vscode.window.showInformationMessage(written, open).then((chosen) => {
    // Of a file that is too large for a text editor, VS Code says so.
    if (chosen === open) void vscode.commands.executeCommand('vscode.open', target);
  });
}

/** The generated X++ job in the clipboard; false where there is none. */
export async function copyValidationJob(
  client: LanguageClient,
  filter: FilterReference,
): Promise<boolean> {
  const { t } = vscode.l10n;
  const job = await askThrough(client)<ValidationJobResult>(validationJobRequest, filter);
  if (job === null) {
    void vscode.window.showInformationMessage(
      t('No X++ job can be written for this filter: its entity is not known, or it can’t be read.'),
    );
    return false;
  }
  await copyText(job.text);
  return true;
}

export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied.'), 3000);
}

/** Opens the generated statement as a document; it follows what is typed. */
export async function openSql(client: LanguageClient, filter: FilterReference): Promise<void> {
  const found = await filterFor(client, filter);
  if (found === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.sqlUri, true));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
  });
}

/** The columns somebody chose; undefined where the choice was left. */
export async function chooseColumns(
  { columns, filterColumns }: Extract<RowsResult, { kind: 'rows' }>,
  chosen: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const { t } = vscode.l10n;
  const shown = new Set(shownColumns(columns, filterColumns, chosen).map(({ name }) => name));
  const used = new Set(filterColumns.map((name) => name.toUpperCase()));
  const picked = await vscode.window.showQuickPick(
    columns.map((label) => ({
      label,
      picked: shown.has(label),
      description: used.has(label.toUpperCase()) ? t('read by the filter') : '',
    })),
    { canPickMany: true, title: t('Columns'), placeHolder: t('Columns to show') },
  );
  return picked?.map(({ label }) => label);
}
