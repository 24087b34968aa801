import * as vscode from 'vscode';
import { rowsAsSqlRequest, type RowsAsSqlResult } from '../../src/service/protocol/rows.ts';
import type { Ask } from './ask.ts';
import type { Preview } from './messages.ts';

/** Runs filters as SQL over the rows that are seen already, so that nobody waits for it. */
export interface SqlComparison {
  readonly start: (preview: Preview) => Promise<void>;
  /** Something changes: what is being run is no longer wanted. */
  readonly cancel: () => void;
}

/** @param told called with each answer that is still wanted. */
export function sqlComparison(
  ask: Ask,
  told: (revision: number, answer: RowsAsSqlResult) => void,
): SqlComparison {
  let started: number | undefined;
  let running: vscode.CancellationTokenSource | undefined;
  const cancel = (): void => {
    running?.cancel();
    running?.dispose();
    running = undefined;
  };
  return {
    async start({ revision, filter, result }) {
      // A page draws the same rows again when it is scrolled or sorted.
      if (started === revision || result.kind === 'none') return;
      started = revision;
      cancel();
      const { token } = (running = new vscode.CancellationTokenSource());
      const answer = await ask<RowsAsSqlResult>(rowsAsSqlRequest, filter, token);
      if (answer !== null && !token.isCancellationRequested) told(revision, answer);
    },
    cancel,
  };
}
