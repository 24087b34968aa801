import type { RowsAsSql } from '../../preview/asSql.ts';
import type { CountedRows } from '../../preview/rowEngine.ts';
import type { NullRule } from '../../preview/rowFiles/rowFile.ts';
import type { RowPage, RowQuery } from '../../preview/rowStore.ts';
import type { RowExplained } from '../explain/explainRow.ts';
import type { FilterReference } from './maps.ts';

/** What client and server say to each other of rows under a filter. Types and names only. */

/** The rows of a filter's entity, counted; a page of them is asked for by itself. Null where there is no such filter. */
export const rowsRequest = 'dualWrite/rows';
export interface RowsParams extends FilterReference {
  /** Reads a file again whose reading was stopped. */
  readonly isAnew?: boolean;
  /** Answers with `none` where rows would be made up: their counts say nothing. */
  readonly ownRowsOnly?: boolean;
}
export type RowsResult =
  | {
      readonly kind: 'rows';
      readonly title: string;
      /** As it is written. */
      readonly filter: string;
      /** Whether it is one of X++: Dataverse and Business Central run no job. */
      readonly isXpp: boolean;
      /** In plain words; absent where a part has no known meaning. */
      readonly words?: string;
      readonly source: RowsOrigin;
      /** What is to be told above the rows, as a sentence: that they are made up, and how to give others. */
      readonly notice?: string;
      /** Who answered: `memory`. */
      readonly engine: string;
      readonly columns: readonly string[];
      /** Columns that the filter reads. */
      readonly filterColumns: readonly string[];
      readonly rowCount: number;
      readonly counts: CountedRows;
    }
  /** Nothing to show, and why, as a sentence. */
  | { readonly kind: 'none'; readonly title: string; readonly reason: string };

/** Where rows come from. */
export type RowsOrigin =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly uri: string;
      /** Absent where the format itself has NULL. */
      readonly nullRule?: NullRule;
      /** How many rows have more cells than there are columns; what stands there is left out. */
      readonly longRows: number;
    }
  /** Made up, so that they show every way the filter can decide. */
  | { readonly kind: 'witness' }
  /** A database of that name. */
  | { readonly kind: 'engine'; readonly name: string }
  /** The records of a table of a sync project, as its runs left them; none of them is NULL to its filters. */
  | { readonly kind: 'project'; readonly name: string };

/** Some of the rows, in an order, matching a search; null where the filter or its rows are gone. */
export const rowsPageRequest = 'dualWrite/rowsPage';
export interface RowsPageParams {
  readonly filter: FilterReference;
  readonly query: RowQuery;
  readonly offset: number;
  /** At most `MOST_ROWS_OF_PAGE` are answered. */
  readonly limit: number;
}
export type RowsPageResult = RowPage;
export const MOST_ROWS_OF_PAGE = 1000;

/**
 * The filter of `rowsRequest` run in SQLite over the same rows; null where nobody can say, as of rows that lie elsewhere,
 * of very many, and where a later question took its place.
 */
export const rowsAsSqlRequest = 'dualWrite/rowsAsSql';
export type RowsAsSqlResult = RowsAsSql;

/** Why a row is kept or not: as a tree, and as lines of text. */
export const explainRowRequest = 'dualWrite/explainRow';
export interface ExplainRowParams {
  readonly filter: FilterReference;
  /** As `JudgedRow` counts. */
  readonly number: number;
}
export interface ExplainRowResult {
  readonly explained: RowExplained;
  readonly text: string;
}

/** Pins a row, which the hover on the filter then explains; null takes the pin out. */
export const pinRowRequest = 'dualWrite/pinRow';
export interface PinRowParams {
  readonly filter: FilterReference;
  readonly number: number | null;
}

/**
 * The rows that a query finds as comma-separated values, in which no cell is a formula. Null where the filter or its
 * rows are gone.
 */
export const exportRowsRequest = 'dualWrite/exportRows';
export interface ExportRowsParams {
  readonly filter: FilterReference;
  readonly query: RowQuery;
  /** URI of a file on this machine that is written, however many rows there are; absent where the text is wanted. */
  readonly into?: string;
  /** Whether the rows that are shown are made up: others are not written in their place, nor they in place of others. */
  readonly isMadeUp?: boolean;
  /** Token of the progress that is told, as `RowsWritten`. */
  readonly progress?: string;
}
export type ExportRowsResult =
  | { readonly kind: 'text'; readonly csv: string }
  | { readonly kind: 'written' }
  /** Why not, as a sentence. A file that was there is as it was. */
  | { readonly kind: 'failed'; readonly reason: string };
export interface RowsWritten {
  readonly rows: number;
}

/** How NULL and the empty text are told apart in a row file; the client remembers it and says it again at start. */
export const nullRuleRequest = 'dualWrite/nullRule';
export interface NullRuleParams {
  readonly uri: string;
  /** Null for what the file itself shows. */
  readonly rule: NullRule | null;
}

/** X++ that counts the same rows where the filter will run; null where there is nothing to generate. */
export const validationJobRequest = 'dualWrite/validationJob';
export interface ValidationJobResult {
  readonly text: string;
}

/** A row file is being read: how many rows so far. Told for files that take a while. */
export const rowsProgressNotification = 'dualWrite/rowsProgress';
export interface RowsProgress {
  readonly uri: string;
  readonly rows: number;
  readonly isDone: boolean;
}

/** Stops reading a row file. Whoever waits for it is answered with made-up rows until `isAnew`. */
export const stopRowsRequest = 'dualWrite/stopRows';
export interface StopRowsParams {
  readonly uri: string;
}
