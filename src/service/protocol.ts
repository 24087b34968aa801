import type { Cell } from '../filter/meaning/values.ts';
import type { Verdict } from '../preview/rows.ts';
import type { FiltersCompared } from './compareFilters.ts';

/** What client and server say to each other beyond the Language Server Protocol. Types and names only. */

/** A filter of a document, counted in the order of the text. */
export interface FilterReference {
  readonly uri: string;
  readonly index: number;
}

/** Which filter is meant: one by its number, or the one around a place, else the next, else the last. */
export const filterAtRequest = 'dualWrite/filterAt';
export type FilterAtParams =
  | FilterReference
  | {
      readonly uri: string;
      readonly position: { readonly line: number; readonly character: number };
    };
export interface FilterAtResult extends FilterReference {
  /** The document with the generated statement. */
  readonly sqlUri: string;
}

/** The rows of a filter's entity, judged by the filter. */
export const rowsRequest = 'dualWrite/rows';
export type RowsParams = FilterReference;
export type RowsResult =
  | {
      readonly kind: 'rows';
      readonly title: string;
      readonly filter: string;
      readonly source: string;
      readonly sourceUri: string;
      readonly columns: readonly string[];
      /** Columns that the filter reads. */
      readonly filterColumns: readonly string[];
      readonly counts: Readonly<Record<Verdict, number>>;
      readonly rows: readonly {
        readonly number: number;
        readonly cells: readonly Cell[];
        readonly verdict: Verdict;
      }[];
      readonly limit: number;
    }
  /** Nothing to show, and why, as a sentence. */
  | { readonly kind: 'none'; readonly title: string; readonly reason: string };

/** The filters of the same side in some open documents; null where there is no such filter. */
export const comparableRequest = 'dualWrite/comparable';
export interface ComparableParams {
  readonly filter: FilterReference;
  readonly uris: readonly string[];
}
export interface ComparableResult {
  readonly text: string;
  /** What is wrong with the filter, where it can't be read and so not be compared. */
  readonly errors?: string;
  readonly others: readonly {
    readonly reference: FilterReference;
    readonly title: string;
    readonly text: string;
  }[];
}

/** Whether two filters keep the same rows; null where one of them is gone. */
export const compareRequest = 'dualWrite/compare';
export interface CompareParams {
  readonly filter: FilterReference;
  /** Another filter, or the text of one of the same side. */
  readonly other: FilterReference | { readonly text: string };
}
export interface CompareResult {
  readonly compared: FiltersCompared;
  readonly sentence: string;
  /** What is wrong with the text of the other filter. */
  readonly errors?: string;
}

/** Metadata, settings or row files changed: what is shown of rows is to be asked for again. */
export const rowsChangedNotification = 'dualWrite/rowsChanged';

export const sqlScheme = 'dual-write-sql';

/** Command that the server's code lenses ask the client to run, with a FilterReference. */
export const previewCommand = 'dualWrite.previewFilter';
