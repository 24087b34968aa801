import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  comparableRequest,
  type ComparableResult,
  type CompareParams,
  compareRequest,
  type CompareResult,
  type FilterReference,
} from '../src/service/protocol/maps.ts';
import { filterFor, isReference } from './preview.ts';

type Other = CompareParams['other'];

/**
 * Says whether the filter at the caret keeps the same rows as another one. Called with a reference and another
 * filter, it asks nothing. Answers what it found, undefined where there was nothing to compare.
 */
export async function compareFilter(
  client: LanguageClient,
  reference: unknown,
  other: unknown,
): Promise<CompareResult | undefined> {
  try {
    const filter = await filterFor(client, reference);
    if (filter === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a dual-write map and put the caret into a filter.'),
      );
      return undefined;
    }
    const { uri, index } = filter;
    const chosen = isOther(other) ? other : await choose(client, { uri, index });
    if (chosen === undefined) return undefined;
    const result = await compare(client, { uri, index }, chosen);
    if (result === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('One of the filters is gone; compare again.'),
      );
      return undefined;
    }
    void show(result);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The filters could not be compared: {0}', reason),
    );
    return undefined;
  }
}

const compare = (
  client: LanguageClient,
  filter: FilterReference,
  other: Other,
): Promise<CompareResult | null> =>
  client.sendRequest<CompareResult | null>(compareRequest, { filter, other });

async function show({ compared, sentence }: CompareResult): Promise<void> {
  if (compared.kind === 'unknown') {
    await vscode.window.showWarningMessage(sentence);
    return;
  }
  if (compared.kind === 'equal') {
    await vscode.window.showInformationMessage(sentence);
    return;
  }
  const copy = vscode.l10n.t('Copy');
  const pressed = await vscode.window.showInformationMessage(sentence, copy);
  if (pressed === copy) await vscode.env.clipboard.writeText(sentence);
}

/** Lets a person choose among the filters of the same side, or type one. */
async function choose(client: LanguageClient, filter: FilterReference): Promise<Other | undefined> {
  const documents = vscode.workspace.textDocuments;
  const uris = documents.map(({ uri }) => client.code2ProtocolConverter.asUri(uri));
  const found = await client.sendRequest<ComparableResult | null>(comparableRequest, {
    filter,
    uris,
  });
  if (found === null) return undefined;
  if (found.errors !== undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This filter can’t be read: {0}', found.errors),
    );
    return undefined;
  }
  // A list of one is no choice.
  if (found.others.length === 0) return typeFilter(client, filter, found.text);
  const typed = { label: `$(edit) ${vscode.l10n.t('Type a filter…')}`, reference: undefined };
  const others = found.others.map(({ reference, title, text }) => ({
    label: title,
    description: vscode.workspace.asRelativePath(
      client.protocol2CodeConverter.asUri(reference.uri),
    ),
    detail: text,
    reference,
  }));
  const picked = await vscode.window.showQuickPick([typed, ...others], {
    placeHolder: vscode.l10n.t('Compare with which filter?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  return picked.reference ?? typeFilter(client, filter, found.text);
}

async function typeFilter(
  client: LanguageClient,
  filter: FilterReference,
  value: string,
): Promise<Other | undefined> {
  const text = await vscode.window.showInputBox({
    value,
    prompt: vscode.l10n.t('The filter to compare with'),
    // Focus moves to the map to look something up.
    ignoreFocusOut: true,
    async validateInput(typed) {
      try {
        return (await compare(client, filter, { text: typed }))?.errors;
      } catch {
        // What can't be asked now will say so when it is accepted.
        return undefined;
      }
    },
  });
  return text === undefined ? undefined : { text };
}

const isOther = (value: unknown): value is Other =>
  isReference(value) ||
  (typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string');
