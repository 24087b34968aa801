import type { EngineMessage } from './message.ts';

/** What a field of a row holds. Dates and times are ISO text; a GUID is lower-case text without braces. */
export type FieldValue = string | number | boolean | null;

export type FieldValues = Readonly<Record<string, FieldValue>>;

export type DataType =
  'text' | 'code' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'guid' | 'option';

export interface FieldDefinition {
  readonly name: string;
  readonly type: DataType;
  /** The number that `Field18` of a stored view means. */
  readonly number?: number;
  /** Digits behind the point that the app keeps. */
  readonly decimals?: number;
  /** Longest text; what is longer is cut where it is compared and written (`bc-sync.md` 2.6). */
  readonly length?: number;
  /** The table of the same side whose rows the value names. */
  readonly relation?: Relation;
  /** Names of the values of an option, value 0 first; the row holds the number. */
  readonly options?: readonly string[];
  /** A FlowField: counted when it is read, never written. */
  readonly calculated?: Calculation;
}

export interface Relation {
  readonly table: string;
  /** The field that the value repeats; the id of the row if absent. */
  readonly field?: string;
  /** Values that mean "none", such as the local currency (`bc-sync.md` 2.6.7). */
  readonly blankFor?: readonly string[];
}

export interface Calculation {
  readonly method: 'count' | 'sum' | 'lookup';
  readonly table: string;
  /** What is summed or looked up. */
  readonly field?: string;
  /** Fields of that table and the fields of this one that they must equal. */
  readonly where: Readonly<Record<string, string>>;
}

/**
 * Code of the app that refuses a write: OnInsert, OnModify, OnDelete, OnValidate of a field, or a plug-in.
 * `find` is a subscriber of the search for a partner.
 */
export interface BusinessRule {
  readonly on: 'insert' | 'modify' | 'delete' | 'validate' | 'find';
  /** The field that OnValidate belongs to. */
  readonly field?: string;
  /** A stored view: the rule refuses the rows that pass it. Every row if absent. */
  readonly when?: string;
  readonly error: string;
  /** Timeouts, throttling, lost sessions: worth another try (`bc-sync.md` 2.7). */
  readonly transient?: boolean;
}

export interface TableDefinition {
  readonly name: string;
  /** Table ID in Business Central. */
  readonly number?: number;
  readonly caption?: string;
  readonly fields: readonly FieldDefinition[];
  readonly primaryKey?: readonly string[];
  /** What numbers the rows whose single key field is left blank: `C` gives `C00001`. */
  readonly numberSeries?: string;
  /** The column that belongs to one company of Business Central; uncoupling clears it. */
  readonly companyField?: string;
  /** A document line: its failures leave no mark on its coupling (`bc-sync.md` 2.7). */
  readonly isChild?: boolean;
  /** A document whose deletion takes its coupling along (`bc-oracle.md` D08). */
  readonly uncouplesOnDelete?: boolean;
  readonly rules?: readonly BusinessRule[];
}

/** A row as a side hands it out. */
export interface Row {
  /** SystemId in Business Central, primary id in Dataverse. */
  readonly id: string;
  /** Grows with every write; a write must name the version it read. */
  readonly version: number;
  /** Milliseconds since 1970 by the clock of the side. */
  readonly modifiedAt: number;
  readonly modifiedBy: string;
  readonly values: FieldValues;
}

/** The answer to a write. `stale`: somebody wrote the row since the version that was read. */
export type Written =
  | { readonly kind: 'written'; readonly row: Row }
  | { readonly kind: 'stale'; readonly row: Row | undefined }
  | { readonly kind: 'refused'; readonly error: EngineMessage; readonly transient: boolean };
