import type { Origin } from '../model.ts';

/** A table of Dataverse, as far as some file describes it. */
export interface DataverseTable {
  readonly logicalName: string;
  /** By which a map names the table; empty where the file does not tell. */
  readonly entitySet: string;
  readonly columns: readonly DataverseColumn[];
  /** Lower-cased names that lead to other rows; a filter may ask whether one is null. */
  readonly navigation: ReadonlySet<string>;
  /** Whether no other column exists than those listed. */
  readonly isWhole: boolean;
  /** Columns by which another row can name one of this table; undefined where nobody tells all keys. */
  readonly keys: readonly (readonly string[])[] | undefined;
  /** The key by which dual-write finds the partner of a row; undefined where nobody tells. */
  readonly integrationKey: readonly string[] | undefined;
  readonly origin: Origin;
}

export interface DataverseColumn {
  /** As a filter names it: a lookup by its `_…_value` column (`dualwrite.md` 3.2). */
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The longest text it takes. */
  readonly size: number | undefined;
  /** Undefined where the column is none of an option set, or nobody tells its values. */
  readonly options: readonly OptionValue[] | undefined;
  readonly origin: Origin;
}

export type ColumnType =
  'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'guid' | 'lookup' | 'option' | 'unknown';

export interface OptionValue {
  readonly value: number;
  readonly labels: readonly string[];
}

/** The column that holds the key of the row a lookup points to. */
export const lookupColumn = (name: string): string => `_${name.toLowerCase()}_value`;
