import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { Cancelled } from './cancel.ts';

interface Log {
  readonly error: (message: string) => void;
}

/**
 * Runs a handler so that one mistake in it costs one answer and never the process: the error is logged with the
 * name of the feature, and the editor gets `fallback`. Where the editor no longer wants the answer, it is told so
 * at once, though what the handler waits for, such as the index, may still be made for others.
 *
 * @param asked told of each question.
 */
export function guarded(log: Log, asked: () => void = () => undefined) {
  return <P, R>(
      feature: string,
      fallback: R,
      handler: (params: P, token: CancellationToken) => Promise<R> | R,
    ) =>
    async (params: P, token: CancellationToken): Promise<R | ResponseError<never>> => {
      if (token.isCancellationRequested) return cancelled();
      asked();
      const givenUp = cancellationOf(token);
      try {
        const result = await Promise.race([handler(params, token), givenUp.happens]);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        if (error instanceof Cancelled) return cancelled();
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log.error(`${feature}: ${reason}`);
        return fallback;
      } finally {
        givenUp.dispose();
      }
    };
}

/** A promise that fails with the cancellation of a request. */
function cancellationOf(token: CancellationToken): {
  readonly happens: Promise<never>;
  readonly dispose: () => void;
} {
  let giveUp: (reason: Cancelled) => void = () => undefined;
  const happens = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const listener = token.onCancellationRequested(() => giveUp(new Cancelled()));
  return { happens, dispose: () => listener.dispose() };
}

const cancelled = (): ResponseError<never> =>
  new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled');
