import type * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/**
 * What the server answers; null where it has no answer, does not run, or nobody waits any more. Once it runs again,
 * whoever shows something asks anew.
 */
export type Ask = <Result>(
  request: string,
  params: unknown,
  token?: vscode.CancellationToken,
) => Promise<Result | null>;

export const askThrough =
  (client: LanguageClient): Ask =>
  async <Result>(request: string, params: unknown, token?: vscode.CancellationToken) => {
    if (!client.isRunning()) return null;
    try {
      // Whatever stands behind the parameters is another parameter, unless it is a token.
      if (token === undefined) return await client.sendRequest<Result | null>(request, params);
      const answer = client.sendRequest<Result | null>(request, params, token);
      return await Promise.race([answer, cancelled(token)]);
    } catch (error) {
      if (client.isRunning() && token?.isCancellationRequested !== true) {
        client.error(`${request} failed.`, error, false);
      }
      return null;
    }
  };

const cancelled = (token: vscode.CancellationToken): Promise<null> =>
  new Promise((resolve) => {
    token.onCancellationRequested(() => resolve(null));
  });
