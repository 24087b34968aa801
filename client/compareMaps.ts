import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type CompareMapsParams,
  compareMapsRequest,
  type CompareMapsResult,
} from '../src/service/protocol/maps.ts';
import { chooseMap, type ChosenMap, mapFor, mapItems, type MapPick } from './chooseMap.ts';
import { committedText } from './committedText.ts';
import type { MapsView } from './maps.ts';

/** Texts that stand in no file, by the path of their URI. */
export interface ComparedTexts extends vscode.Disposable {
  readonly put: (name: string, text: string) => vscode.Uri;
}

const SCHEME = 'dual-write-maps';
/** VS Code's own editor for Markdown as it is meant to look. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

export function comparedTexts(): ComparedTexts {
  const texts = new Map<string, string>();
  let count = 0;
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) texts.delete(uri.path);
    }),
  );
  return {
    put(name, text) {
      count += 1;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${count}/${name}` });
      texts.set(uri.path, text);
      return uri;
    },
    dispose: () => subscriptions.dispose(),
  };
}

/**
 * Shows what two maps differ in: in words, and, where they do, side by side. Called with both, it asks nothing.
 * Answers what it found, undefined where there was nothing to compare.
 */
export async function compareMaps(
  client: LanguageClient,
  maps: MapsView,
  texts: ComparedTexts,
  first: unknown,
  second: unknown,
): Promise<CompareMapsResult | undefined> {
  const before =
    (await mapFor(client, maps, first)) ??
    (await chooseMap(client, maps, vscode.l10n.t('Compare which map?')));
  if (before === undefined) return undefined;
  const after =
    second instanceof vscode.Uri
      ? documentOf(client, { uri: second, title: vscode.workspace.asRelativePath(second) })
      : await chooseOther(client, maps, before);
  if (after === undefined) return undefined;
  // An earlier version is that of a whole file.
  const whole = after.uri === client.code2ProtocolConverter.asUri(before.uri) && 'text' in after;
  const one = documentOf(client, whole ? { uri: before.uri, title: before.title } : before);
  const params: CompareMapsParams = whole
    ? { first: after, second: one }
    : { first: one, second: after };
  const result = await client.sendRequest<CompareMapsResult | null>(compareMapsRequest, params);
  if (result === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('One of the files holds no dual-write map.'),
    );
    return undefined;
  }
  await show(result, params, texts);
  return result;
}

async function show(
  { isEqual, markdown, normalForms }: CompareMapsResult,
  { first, second }: CompareMapsParams,
  texts: ComparedTexts,
): Promise<void> {
  if (!isEqual) {
    await vscode.commands.executeCommand(
      'vscode.diff',
      texts.put('first', normalForms[0]),
      texts.put('second', normalForms[1]),
      `${first.title} ↔ ${second.title}`,
      { preview: false },
    );
  }
  const report = texts.put(`${vscode.l10n.t('Comparison of Maps')}.md`, markdown);
  const column = isEqual ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  try {
    await vscode.commands.executeCommand('vscode.openWith', report, MARKDOWN_PREVIEW, {
      viewColumn: column,
    });
  } catch {
    // Markdown reads well as it is where nothing draws it.
    await vscode.window.showTextDocument(report, { viewColumn: column });
  }
}

const documentOf = (
  client: LanguageClient,
  { uri, title, map }: ChosenMap,
): CompareMapsParams['first'] => ({
  uri: client.code2ProtocolConverter.asUri(uri),
  title,
  ...(map === undefined ? {} : { map }),
});

async function chooseOther(
  client: LanguageClient,
  maps: MapsView,
  first: ChosenMap,
): Promise<CompareMapsParams['second'] | undefined> {
  const committed = await committedText(first.uri);
  const picked = await vscode.window.showQuickPick(
    [
      ...(committed === undefined
        ? []
        : [
            {
              label: `$(git-commit) ${vscode.l10n.t('Last committed version')}`,
              description: 'HEAD',
              text: committed,
            },
          ]),
      ...othersThan(first, await mapItems(client, maps)),
      { label: `$(folder-opened) ${vscode.l10n.t('Choose a file…')}` },
    ],
    {
      title: first.title,
      placeHolder: vscode.l10n.t('Compare with which map?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return undefined;
  if ('map' in picked) return documentOf(client, picked.map);
  if ('text' in picked) {
    const title = `${vscode.workspace.asRelativePath(first.uri)} (HEAD)`;
    return { uri: client.code2ProtocolConverter.asUri(first.uri), title, text: picked.text };
  }
  const [uri] =
    (await vscode.window.showOpenDialog({
      filters: { [vscode.l10n.t('Maps')]: ['json', 'jsonc', 'xml'] },
      openLabel: vscode.l10n.t('Compare'),
    })) ?? [];
  return uri && documentOf(client, { uri, title: vscode.workspace.asRelativePath(uri) });
}

/** What a map can be compared with, copies of it before all else. */
function othersThan(first: ChosenMap, items: readonly MapPick[]): readonly MapPick[] {
  const isFirst = ({ map }: MapPick): boolean =>
    map.uri.toString() === first.uri.toString() &&
    (first.map === undefined || map.map === first.map);
  const names = new Set(items.filter(isFirst).map(({ label }) => label));
  const others = items.filter((item) => !isFirst(item));
  return [
    ...others.filter(({ label }) => names.has(label)),
    ...others.filter(({ label }) => !names.has(label)),
  ];
}
