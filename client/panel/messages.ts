import type { FilterReference } from '../../src/service/protocol/maps.ts';
import type { RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { RowExplained } from '../../src/service/explain/explainRow.ts';
import type { RowsAsSqlResult, RowsResult } from '../../src/service/protocol/rows.ts';
import type { SqlPreview } from '../../src/service/sqlPreview.ts';
import type { Labels } from './labels.ts';

/** What the extension and the page of the preview say to each other; the page's script is client/webview/preview.ts. */

/** Which rows are looked at: those of one verdict, all, or the kept ones beside the lost ones. */
export type Tab = 'sides' | 'kept' | 'lostToNull' | 'dropped' | 'all';

/** How one looks at the rows. It outlives the page, which is loaded anew whenever it was hidden. */
export interface PageState {
  /** Undefined until somebody chooses: the page takes what says most. */
  readonly tab?: Tab | undefined;
  readonly sort?: RowQuery['sort'];
  readonly search: string;
  /** Undefined: the columns of the filter and some others. */
  readonly columns?: readonly string[] | undefined;
  readonly nullAsEmpty: boolean;
  /** Number of the row that is explained. */
  readonly explained?: number | undefined;
  /** Whether the preview stays with its filter wherever the caret goes. */
  readonly isLocked: boolean;
  readonly isSqlShown: boolean;
}

/** What VS Code keeps of a preview while the window is reloaded. */
export interface SavedPreview {
  readonly filter: FilterReference;
  readonly state: PageState;
}

/** A filter and what it does; each one that is sent has a number of its own. */
export interface Preview {
  readonly revision: number;
  readonly filter: FilterReference;
  readonly result: RowsResult;
  readonly sql?: SqlPreview | undefined;
  /** Number of the row that the hover explains. */
  readonly pinned?: number | undefined;
  /** Whether the reading of the row file was stopped. */
  readonly isStopped: boolean;
}

export type ToPage =
  | { readonly kind: 'start'; readonly labels: Labels; readonly state: PageState }
  | {
      readonly kind: 'preview';
      readonly preview: Preview;
      /** Number of a row that is to be shown and explained. */
      readonly sought?: number | undefined;
    }
  | { readonly kind: 'pinned'; readonly number: number | undefined }
  | { readonly kind: 'page'; readonly id: number; readonly page: RowPage | null }
  | {
      readonly kind: 'explained';
      readonly number: number;
      /** Null where there is no such row any more. */
      readonly explained: RowExplained | null;
    }
  /** What the statement gave, run over the same rows. */
  | { readonly kind: 'asSql'; readonly revision: number; readonly answer: RowsAsSqlResult }
  /** The columns that were chosen. */
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  /** What is being waited for, as a sentence; undefined where nothing is. */
  | { readonly kind: 'busy'; readonly text: string | undefined; readonly isStoppable: boolean };

export type FromPage =
  /** The script runs: at first, and whenever the page was hidden. */
  | { readonly kind: 'ready' }
  /** What was sent, or asked for since, is there to be seen. */
  | { readonly kind: 'drawn'; readonly revision: number }
  /** The explanation of a row is there to be seen. */
  | { readonly kind: 'explained'; readonly number: number }
  /** So is what it gives as SQL. */
  | { readonly kind: 'compared'; readonly answer: RowsAsSqlResult }
  | { readonly kind: 'state'; readonly state: PageState }
  | {
      readonly kind: 'page';
      readonly id: number;
      readonly query: RowQuery;
      readonly offset: number;
      readonly limit: number;
    }
  | { readonly kind: 'explain'; readonly number: number }
  | { readonly kind: 'pin'; readonly number: number | undefined }
  | { readonly kind: 'do'; readonly action: Action; readonly query: RowQuery };

/** What a button of the page asks for. */
export type Action =
  | 'chooseColumns'
  | 'chooseRows'
  | 'copyJob'
  | 'copySql'
  | 'exportRows'
  | 'openSql'
  | 'readAgain'
  | 'saveSql'
  | 'stop';
