import type { WorkspaceChange } from '../text/change.ts';

/** A change that answers a diagnostic. */
export interface DocumentFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly change: WorkspaceChange;
}
