/**
 * What the engine says: a code of l10n/engine.*.json and its arguments, never a sentence. An argument may be a
 * message itself, as the cause inside "Modifying … failed because of the following error: …".
 */
export interface EngineMessage {
  readonly code: string;
  readonly args?: Readonly<Record<string, string | number | EngineMessage>>;
}

export const message = (code: string, args?: EngineMessage['args']): EngineMessage =>
  args === undefined ? { code } : { code, args };

/** Business Central's "same text as before": equal code and arguments (`bc-sync.md` 2.3 row 19). */
export const signatureOf = ({ code, args }: EngineMessage): string => JSON.stringify([code, args]);

/** The text of an app itself, which nobody translates. */
export const foreignText = (text: string): EngineMessage => message('text', { text });

/** Raised where the product stops with an error before any row; the actions turn it into an answer. */
export class EngineRefusal extends Error {
  readonly reason: EngineMessage;

  constructor(reason: EngineMessage) {
    super(signatureOf(reason));
    this.name = 'EngineRefusal';
    this.reason = reason;
  }
}
