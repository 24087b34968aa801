import type { LiveLeg } from './legs.ts';
import type { Environment } from './model.ts';
import type { Rows } from './rows.ts';
import type { Statuses } from './status.ts';

/** What a transaction works on. */
export interface World {
  readonly legs: readonly LiveLeg[];
  readonly environment: Environment;
  readonly statuses: Statuses;
  readonly rows: Rows;
  /** Numbers that auto numbers give next, by table and column. */
  readonly numbers: Map<string, number>;
}
