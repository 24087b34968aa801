import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { RowQuery } from '../../src/preview/rowStore.ts';
import {
  type FilterReference,
  previewCommand,
  rowsChangedNotification,
} from '../../src/service/protocol/maps.ts';
import {
  type ExplainChangeResult,
  type ExplainRowChangeParams,
  explainRowChangeRequest,
} from '../../src/service/protocol/rehearsals.ts';
import { rowsRequest, type RowsResult } from '../../src/service/protocol/rows.ts';
import { DOCUMENTS } from '../documents.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { filterFor, isReference } from '../preview.ts';
import type { Reports } from '../reports.ts';
import { rowSourceItem } from '../statusItem.ts';
import { isSameFilter } from '../webview/panes.ts';
import {
  chooseColumns,
  copyText,
  copyValidationJob,
  exportRows,
  openSql,
  saveSql,
} from './actions.ts';
import { askThrough } from './ask.ts';
import type { Action } from './messages.ts';
import { nullRules } from './nullRules.ts';
import { type PreviewPanel, previewPanel } from './panel.ts';
import { rowPins } from './pins.ts';

/** The preview with all its commands. */
export function registerPreview(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  reports: Pick<Reports, 'show'>,
): PreviewPanel {
  const pins = rowPins(context, client);
  const rules = nullRules(context, client);
  const rowsChanged = new vscode.EventEmitter<undefined>();
  const panel = previewPanel(context, client, pins, rowsChanged.event);
  const ask = askThrough(client);

  /** The filter that a command means; where the preview has the focus, its own. */
  const meant = async (reference?: unknown): Promise<FilterReference | undefined> => {
    const own = panel.preview()?.filter;
    if (
      vscode.window.activeTextEditor === undefined &&
      !isReference(reference) &&
      own !== undefined
    )
      return own;
    const found = (await filterFor(client, reference)) ?? own;
    if (found === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a dual-write map and put the caret into a filter.'),
      );
    }
    return found;
  };

  const chooseRows = async (filter: FilterReference | undefined): Promise<void> => {
    const result = filter && (await ask<RowsResult>(rowsRequest, filter));
    if (result?.kind !== 'rows') return;
    if (result.source.kind === 'file') await rules.choose(result.source);
    else if (result.notice !== undefined) {
      void vscode.window.showInformationMessage(result.notice);
    }
  };

  const pinRow = async (given: unknown): Promise<void> => {
    const preview = panel.preview();
    if (preview?.result.kind !== 'rows') return;
    const number =
      numberIn(given) ?? panel.state().explained ?? (await askNumber(preview.result.rowCount));
    if (number !== undefined) await pins.pin(preview.filter, number);
  };

  const unpinRow = async (): Promise<void> => {
    const own = panel.preview()?.filter;
    if (own !== undefined && pins.of(own) !== undefined) await pins.pin(own, undefined);
    else await pins.clear();
  };

  const explainRowChange = async (given: unknown): Promise<vscode.Uri | undefined> => {
    const filter = panel.preview()?.filter;
    const number = numberIn(given) ?? panel.state().explained;
    if (filter === undefined || number === undefined) return undefined;
    const params: ExplainRowChangeParams = { filter, number };
    const result = await ask<ExplainChangeResult>(explainRowChangeRequest, params);
    if (result !== null) return reports.show(result);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The row is gone, or its filter stands in no map.'),
    );
    return undefined;
  };

  const exportShown = async (
    query?: RowQuery,
    into?: vscode.Uri,
  ): Promise<vscode.Uri | undefined> => {
    const filter = await meant();
    if (filter === undefined) return undefined;
    const { nullAsEmpty, sort, search } = panel.state();
    const all: RowQuery = {
      verdicts: ['kept', 'lostToNull', 'dropped'],
      nullAsEmpty,
      sort,
      search,
    };
    const shown = panel.preview();
    const isShown = shown?.result.kind === 'rows' && isSameFilter(shown.filter, filter);
    const isMadeUp = isShown && shown.result.source.kind === 'witness';
    return exportRows(
      client,
      { filter, ...(isShown ? { isMadeUp } : {}) },
      query ?? all,
      titleOf(panel),
      into,
    );
  };

  const actions: Readonly<Record<Action, (query: RowQuery) => unknown>> = {
    async chooseColumns() {
      const result = panel.preview()?.result;
      if (result?.kind !== 'rows') return;
      const columns = await chooseColumns(result, panel.state().columns);
      if (columns !== undefined) panel.chooseColumns(columns);
    },
    chooseRows: () => chooseRows(panel.preview()?.filter),
    async copyJob() {
      const filter = panel.preview()?.filter;
      if (filter !== undefined) await copyValidationJob(client, filter);
    },
    copySql: () => copyText(panel.preview()?.sql?.text ?? ''),
    exportRows: (query) => exportShown(query),
    async openSql() {
      const filter = panel.preview()?.filter;
      if (filter !== undefined) await openSql(client, filter);
    },
    readAgain: panel.readAgain,
    async saveSql() {
      const preview = panel.preview();
      if (preview?.sql !== undefined)
        await saveSql(preview.sql.text, preview.filter, titleOf(panel));
    },
    stop: panel.stop,
  };

  const follow = oneAtATime(async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !panel.isFollowing() || !client.isRunning()) return;
    if (vscode.languages.match(DOCUMENTS, editor.document) === 0) return;
    const found = await filterFor(client, undefined).catch(() => undefined);
    // It may have been told to stay with its filter meanwhile.
    if (found !== undefined && panel.isFollowing()) await panel.follow(found);
  });

  const command = (name: string, run: (given: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, async (given: unknown) => {
      try {
        return await run(given);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(vscode.l10n.t('This could not be done: {0}', reason));
      }
    });
  context.subscriptions.push(
    rowsChanged,
    // A notification has one handler: whoever comes later takes it from the others.
    client.onNotification(rowsChangedNotification, () => rowsChanged.fire(undefined)),
    rowSourceItem(client, rowsChanged.event),
    panel.onDidAsk(({ action, query }) => actions[action](query)),
    vscode.window.onDidChangeTextEditorSelection(follow),
    vscode.window.onDidChangeActiveTextEditor(follow),
    command(previewCommand, async (reference) => {
      const filter = await meant(reference);
      if (filter !== undefined) await panel.show(filter);
    }),
    command('dualWrite.pinRow', pinRow),
    command('dualWrite.unpinRow', unpinRow),
    command('dualWrite.explainRowChange', explainRowChange),
    command('dualWrite.exportRows', (into) =>
      exportShown(undefined, into instanceof vscode.Uri ? into : undefined),
    ),
    command('dualWrite.chooseRows', async () => chooseRows(await meant())),
    command('dualWrite.copyValidationJob', async (reference) => {
      const filter = await meant(reference);
      return filter !== undefined && (await copyValidationJob(client, filter));
    }),
  );
  return panel;
}

const titleOf = (panel: PreviewPanel): string => {
  const title = panel.preview()?.result.title ?? '';
  return title === '' ? 'rows' : title;
};

/** The context menu of a row tells its number. */
const numberIn = (given: unknown): number | undefined =>
  typeof given === 'object' &&
  given !== null &&
  'number' in given &&
  typeof given.number === 'number'
    ? given.number
    : undefined;

async function askNumber(rowCount: number): Promise<number | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: t('Pin Row'),
    prompt: t('Number of the row, from 1 to {0}', rowCount),
    validateInput: (text) =>
      /^\d+$/u.test(text) && Number(text) >= 1 && Number(text) <= rowCount
        ? undefined
        : t('Type a number from 1 to {0}.', rowCount),
  });
  return typed === undefined ? undefined : Number(typed);
}
