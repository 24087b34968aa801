import type { FieldValues, Row, Written } from '../model/table.ts';

/** A row that changed; `row` is undefined where it was deleted. */
export interface ChangedRow {
  readonly id: string;
  readonly version: number;
  readonly row: Row | undefined;
}

/**
 * One of the two apps, as narrow as an adapter to a live one can be. Planning never asks it: it works on the copies
 * in the store. No call throws on what the app answers; a write names the version that was read.
 */
export interface Side {
  /** Changes after a version, in their order, at most `limit`. */
  readonly readChangedSince: (
    table: string,
    version: number,
    limit: number,
  ) => readonly ChangedRow[];
  readonly readById: (table: string, id: string) => Row | undefined;
  readonly insert: (table: string, values: FieldValues) => Written;
  readonly write: (table: string, id: string, version: number, values: FieldValues) => Written;
  readonly delete: (table: string, id: string, version: number) => Written;
}
