import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  type EntityState,
  metadataChangedNotification,
  type MetadataStateParams,
  metadataStateRequest,
  type MetadataStateResult,
} from '../src/service/protocol/maps.ts';
import { DOCUMENTS } from './documents.ts';
import { oneAtATime } from './oneAtATime.ts';

/** What the language status says of the map in the active editor. */
export interface StatusShown {
  readonly uri: string;
  /** Undefined where it says nothing, for there is no map. */
  readonly text: string | undefined;
  readonly detail: string;
  readonly isBusy: boolean;
}

export interface LanguageStatus {
  readonly onDidShow: vscode.Event<StatusShown>;
}

/** Between two questions about a document that somebody types in. */
const PAUSE_MS = 500;

/** So many entities are named; a map rarely has more. */
const MOST_NAMED = 4;

/** Says beside the language of a map whether the metadata of its entities are known, and leads to the setting. */
export function languageStatus(
  context: vscode.ExtensionContext,
  client: LanguageClient,
): LanguageStatus {
  const didShow = new vscode.EventEmitter<StatusShown>();
  let item: vscode.LanguageStatusItem | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const show = (document: vscode.TextDocument, state: MetadataStateResult | null): void => {
    const uri = document.uri.toString();
    if (state === null || state.entities.length === 0) {
      item?.dispose();
      item = undefined;
      didShow.fire({ uri, text: undefined, detail: '', isBusy: false });
      return;
    }
    const { text, detail } = describe(state);
    const selector = { scheme: document.uri.scheme, language: document.languageId };
    item ??= vscode.languages.createLanguageStatusItem('dualWrite.metadata', selector);
    item.selector = selector;
    item.name = vscode.l10n.t('Metadata of the Map');
    item.text = text;
    item.detail = detail;
    item.busy = state.isIndexing;
    item.accessibilityInformation = { label: `${text}, ${detail}` };
    item.command = {
      title: vscode.l10n.t('Metadata Folders'),
      tooltip: vscode.l10n.t('Name the folders that hold metadata'),
      command: 'workbench.action.openSettings',
      arguments: ['dualWrite.metadata'],
    };
    didShow.fire({ uri, text, detail, isBusy: state.isIndexing });
  };

  const update = oneAtATime(async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !client.isRunning()) return;
    const params: MetadataStateParams = {
      uri: client.code2ProtocolConverter.asUri(document.uri),
    };
    const state =
      vscode.languages.match(DOCUMENTS, document) === 0
        ? null
        : await client
            .sendRequest<MetadataStateResult | null>(metadataStateRequest, params)
            // Once the server runs again, it is asked anew.
            .catch(() => null);
    if (document === vscode.window.activeTextEditor?.document) show(document, state);
  });
  const updateSoon = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => void update(), PAUSE_MS);
  };

  context.subscriptions.push(
    didShow,
    { dispose: () => clearTimeout(pause) },
    { dispose: () => item?.dispose() },
    vscode.window.onDidChangeActiveTextEditor(() => void update()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) updateSoon();
    }),
    client.onNotification(metadataChangedNotification, () => void update()),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void update();
    }),
  );
  return { onDidShow: didShow.event };
}

/** What is missing goes first: the rest needs nobody. */
function describe({ entities, isIndexing }: MetadataStateResult): {
  readonly text: string;
  readonly detail: string;
} {
  const { t } = vscode.l10n;
  const from = (...sources: readonly EntityState['source'][]): readonly EntityState[] =>
    entities.filter(({ source }) => sources.includes(source));
  const unknown = from('unknown');
  if (unknown.length > 0) {
    return {
      text: isIndexing ? t('Metadata are being read') : t('No metadata of the entity'),
      detail: namesOf(unknown),
    };
  }
  const ambiguous = from('ambiguous');
  if (ambiguous.length > 0) {
    return { text: t('Several entities have the label'), detail: namesOf(ambiguous) };
  }
  const sampled = from('sampled');
  if (sampled.length > 0) {
    return { text: t('The entity is known from a row file alone'), detail: namesOf(sampled) };
  }
  const shown = from('shown');
  return shown.length > 0
    ? { text: t('The entity is known from OData or a project'), detail: namesOf(shown) }
    : { text: t('Metadata of the entity are known'), detail: namesOf(entities) };
}

function namesOf(entities: readonly EntityState[]): string {
  const names = [...new Set(entities.map(({ name }) => name))];
  const more = names.length > MOST_NAMED ? ', …' : '';
  return names.slice(0, MOST_NAMED).join(', ') + more;
}
