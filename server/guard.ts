import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

interface Log {
  readonly error: (message: string) => void;
}

/**
 * Runs a handler so that one mistake in it costs one answer and never the process: the error is logged with the
 * name of the feature, and the editor gets `fallback`. Where the editor no longer wants the answer, none is made.
 */
export function guarded(log: Log) {
  return <P, R>(
      feature: string,
      fallback: R,
      handler: (params: P, token: CancellationToken) => Promise<R> | R,
    ) =>
    async (params: P, token: CancellationToken): Promise<R | ResponseError<never>> => {
      if (token.isCancellationRequested) return cancelled();
      try {
        const result = await handler(params, token);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log.error(`${feature}: ${reason}`);
        return fallback;
      }
    };
}

const cancelled = (): ResponseError<never> =>
  new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled');
