import type { Edit } from './edit.ts';

/** A change of several documents: edits of those that exist, and new files. */
export interface WorkspaceChange {
  readonly edits: readonly { readonly uri: string; readonly edits: readonly Edit[] }[];
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}
