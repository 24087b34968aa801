import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
} from 'vscode-languageserver';

/**
 * Has the editor watch folders that lie outside the workspace, where it would not by itself.
 *
 * @returns to be called whenever the folders may have become others.
 */
export function folderWatch(
  connection: Connection,
  folders: () => Promise<readonly string[]>,
  patterns: readonly string[],
): () => Promise<void> {
  let watched: readonly string[] = [];
  let registered: Promise<Disposable> | undefined;
  return async () => {
    const wanted = [...new Set(await folders())].toSorted();
    if (wanted.join('\n') === watched.join('\n')) return;
    watched = wanted;
    const before = registered;
    registered =
      wanted.length === 0
        ? undefined
        : connection.client.register(DidChangeWatchedFilesNotification.type, {
            watchers: wanted.flatMap((baseUri) =>
              patterns.map((pattern) => ({ globPattern: { baseUri, pattern } })),
            ),
          });
    (await before)?.dispose();
    await registered;
  };
}
