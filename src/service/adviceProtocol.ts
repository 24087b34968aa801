/** What client and server say to each other of error messages, logs, health and guides. Types and names only. */

/** A report for a person to read. */
export interface Report {
  readonly title: string;
  readonly markdown: string;
}

/** The messages of the products that a text holds. */
export const explainMessageRequest = 'dualWrite/explainMessage';
export interface ExplainMessageParams {
  readonly text: string;
}
export interface ExplainMessageResult extends Report {
  /** The ids of the messages, the most special first. */
  readonly found: readonly string[];
}
