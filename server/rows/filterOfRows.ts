import type { RowFiles } from '../../src/workspace/kinds.ts';
import type { Translate } from '../../src/problem/message.ts';
import type { AnalysedFilter } from '../../src/service/analysed.ts';
import type { Workspace } from '../../src/service/workspace.ts';

/** A filter whose rows are wanted, and what surrounds it. */
export interface FilterOfRows {
  readonly filter: AnalysedFilter;
  /** The document it stands in. */
  readonly uri: string;
  readonly workspace: Workspace;
  readonly rowFiles: RowFiles;
  readonly translate: Translate;
  /** Whether made-up rows are of no use. */
  readonly ownRowsOnly?: boolean;
}
