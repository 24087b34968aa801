import type { CancellationToken } from 'vscode-languageserver';
import { breathe } from '../src/workspace/breathe.ts';

/** Thrown where nobody waits for the answer any more; guard.ts says so to the editor. */
export class Cancelled extends Error {}

/** To be awaited in every loop over documents: lets a cancellation in, and then ends the loop by throwing. */
export async function yieldNow(token: CancellationToken): Promise<void> {
  if (token.isCancellationRequested) throw new Cancelled();
  await breathe();
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may have been cancelled meanwhile
  if (token.isCancellationRequested) throw new Cancelled();
}
