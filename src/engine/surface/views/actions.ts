import type { CouplingName } from '../../actions/coupledErrors.ts';
import type { MatchSettings } from '../../coupling/matchSettings.ts';
import type { SideName } from '../../model/side.ts';
import type { JobView } from './jobs.ts';
import type { Sentence } from './names.ts';

/** Everything a page can do; the captions of the product (`bc-sync.md` 3). */
export const actionNames = [
  'Retry',
  'Retry All',
  'Synchronize',
  'Restore Records',
  'Delete Records',
  'Delete Couplings',
  'Find for Deleted',
  'Set Up Coupling',
  'Match-Based Coupling',
  'Delete Entries Older Than 7 Days',
  'Delete All Entries',
  'Use Default Synchronization Setup',
  'Synchronize Modified Records',
  'Run Full Synchronization',
  'Run Unconditional Full Synchronization',
  'Full Synch. Review',
  'Recommend Full Synchronization',
  'Restart Full Synchronization',
  'Reset Full Synch. Review',
  'Run Job Queue',
] as const;

export type ActionName = (typeof actionNames)[number];

/** What the actions work on: couplings, a mapping, or nothing. */
export interface ActionTarget {
  readonly rows?: readonly CouplingName[];
  readonly mapping?: string;
}

export interface ActionRequest extends ActionTarget {
  readonly action: ActionName;
  /** Synchronize: the answer per mapping; one for all under `*`. The recommended one if absent. */
  readonly choices?: Readonly<
    Record<string, 'ToIntegrationTable' | 'FromIntegrationTable' | 'Merge'>
  >;
  /** Synchronize, of one record: whose value each field takes, by the name of its mapping (`nameOfField`). */
  readonly fields?: Readonly<Record<string, SideName>>;
  /** The versions that somebody decided by (`ExplainedRecord.versions`); refused where a record has another now. */
  readonly seen?: readonly [number, number];
  /** Set Up Coupling: the id, the key or the name of the new partner. */
  readonly partner?: string;
  /** Set Up Coupling: the partner is created. */
  readonly createNew?: boolean;
  /** Match-Based Coupling: what the mapping is set to before it runs; as it is set if absent. */
  readonly match?: MatchSettings;
  /** Somebody confirmed what `confirm` of the action asks. */
  readonly confirmed?: boolean;
}

export interface ActionView {
  readonly name: ActionName;
  /** In the language of the surface. */
  readonly title: string;
  readonly enabled: boolean;
  /** Why it is off. */
  readonly reason: Sentence | undefined;
  /** What to ask before it is done; absent where nothing can be lost. */
  readonly confirm: Sentence | undefined;
}

export type ActionResult =
  | {
      readonly kind: 'done';
      readonly jobs: readonly JobView[];
      readonly notifications: readonly Sentence[];
    }
  /** The engine stopped before any row. */
  | { readonly kind: 'refused'; readonly reason: Sentence };

export interface SynchQuestionView {
  readonly mapping: string;
  /** The recommended one first. */
  readonly choices: readonly ('ToIntegrationTable' | 'FromIntegrationTable' | 'Merge')[];
  readonly warning: Sentence | undefined;
}
