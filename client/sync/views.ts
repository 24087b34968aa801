import type * as vscode from 'vscode';
import type { SyncProgress } from '../../src/service/protocol/sync.ts';
import type { CouplingsView } from './couplingsView.ts';
import type { ErrorsView } from './errorsView.ts';
import type { JobsView } from './jobsView.ts';
import type { SyncTree } from './tree.ts';

/** The views of the synchronization engine. */
export interface SyncViews {
  readonly errors: ErrorsView;
  readonly couplings: CouplingsView;
  readonly mappings: SyncTree;
  readonly jobs: JobsView;
  readonly refresh: () => void;
  /** How far a run has come. */
  readonly onDidProgress: vscode.Event<SyncProgress>;
}
