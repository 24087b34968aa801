import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DocumentMaps } from '../src/service/features/mapTree.ts';
import { mapsRequest, type MapsResult } from '../src/service/protocol/maps.ts';

/** Documents with maps, by URI. */
export type Documents = ReadonlyMap<string, DocumentMaps>;

/** What the server has told of the maps of the workspace: all of them at the first look, then those that are edited. */
export interface KnownMaps extends vscode.Disposable {
  /** By name and version; asked for where nobody has looked yet. */
  readonly documents: () => Promise<readonly DocumentMaps[]>;
  /** As they were told last. */
  readonly latest: () => Documents;
  /**
   * Everything is asked for when somebody looks again.
   * @param isAnew the server reads the files again, too.
   */
  readonly forget: (isAnew: boolean) => void;
}

/** @param changed maps look otherwise than they were told last. */
export function knownMaps(client: LanguageClient, viewId: string, changed: () => void): KnownMaps {
  /** Undefined until somebody looks. */
  let known: Promise<Documents> | undefined;
  let latest: Documents = new Map();
  let isAnew = false;

  const keep = async (documents: Documents): Promise<Documents> => {
    latest = documents;
    await vscode.commands.executeCommand('setContext', 'dualWrite.hasNoMaps', latest.size === 0);
    await vscode.commands.executeCommand('setContext', 'dualWrite.hasMaps', latest.size > 0);
    return latest;
  };
  const load = async (): Promise<Documents> => {
    const { documents } = await client.sendRequest<MapsResult>(mapsRequest, { isAnew });
    isAnew = false;
    return keep(new Map(documents.map((document) => [document.uri, document])));
  };
  const patch = async (uris: readonly string[]): Promise<void> => {
    const asked = known;
    if (asked === undefined) return;
    try {
      await asked;
      const answer = await client.sendRequest<MapsResult>(mapsRequest, { uris });
      // All of them are asked for anew already.
      if (known !== asked) return;
      const next = new Map(latest);
      for (const document of answer.documents) {
        if (document.maps.length === 0) next.delete(document.uri);
        else next.set(document.uri, document);
      }
      const before = latest;
      known = keep(next);
      await known;
      if (uris.some((uri) => looks(before.get(uri)) !== looks(next.get(uri)))) changed();
    } catch {
      // The server is starting anew or has gone: everything is asked for when somebody looks again.
      known = undefined;
    }
  };
  const patchSoon = together(patch);
  const edited = (uri: vscode.Uri): void => patchSoon(client.code2ProtocolConverter.asUri(uri));
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && MAY_HOLD_MAP.test(document.uri.path)) edited(document.uri);
    }),
    watched(edited),
  );

  return {
    async documents() {
      known ??= Promise.resolve(vscode.window.withProgress({ location: { viewId } }, load));
      try {
        return [...(await known).values()].toSorted((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
      } catch (error) {
        known = undefined;
        throw error;
      }
    },
    latest: () => latest,
    forget(anew) {
      isAnew ||= anew;
      known = undefined;
    },
    dispose: () => subscriptions.dispose(),
  };
}

const MAY_HOLD_MAP = /\.(?:jsonc?|xml)$/iu;

const titleOf = ({ uri, maps: [first] }: DocumentMaps): string =>
  JSON.stringify([(first?.name ?? '').toLowerCase(), first?.version, uri]);

/** What is shown of a document, without the places, which every edit above them moves. */
const looks = (document: DocumentMaps | undefined): string =>
  JSON.stringify(document?.maps, (name, value: unknown) =>
    name === 'range' ? undefined : value,
  ) ?? '';

/** Does something with all that was named since it was last done; what is named meanwhile has its turn then. */
function together(work: (uris: readonly string[]) => Promise<void>): (uri: string) => void {
  const waiting = new Set<string>();
  let isAtWork = false;
  const run = async (): Promise<void> => {
    isAtWork = true;
    while (waiting.size > 0) {
      const uris = [...waiting];
      waiting.clear();
      await work(uris);
    }
    isAtWork = false;
  };
  return (uri) => {
    waiting.add(uri);
    if (!isAtWork) void run();
  };
}

function watched(edited: (uri: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{json,jsonc,xml}');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(edited),
    watcher.onDidChange(edited),
    watcher.onDidDelete(edited),
  );
}
