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

/** A log of errors by cause; a sentence where the file can't be read as one. */
export const errorLogRequest = 'dualWrite/errorLog';
export interface ErrorLogParams {
  readonly uri: string;
}
export type ErrorLogResult =
  | (Report & { readonly kind: 'report'; readonly causes: number })
  | { readonly kind: 'none'; readonly reason: string };

/** Exported configuration, in files or folders, held against the maps and metadata of the workspace. */
export const healthRequest = 'dualWrite/health';
export interface HealthParams {
  readonly uris: readonly string[];
}
export interface HealthResult extends Report {
  readonly findings: readonly {
    readonly uri: string;
    readonly rule: string;
    readonly severity: 'error' | 'warning' | 'information';
    readonly message: string;
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
  }[];
  readonly isEmpty: boolean;
}

/** The guides there are. */
export const guidesRequest = 'dualWrite/guides';
export interface GuidesResult {
  readonly guides: readonly { readonly name: string; readonly title: string }[];
}

/** A guide as a checklist; null where there is none of the name. */
export const guideRequest = 'dualWrite/guide';
export interface GuideParams {
  readonly name: string;
  /** Exported configuration to hold its steps against: files or folders. */
  readonly uris: readonly string[];
}
