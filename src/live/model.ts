import type { ErrorLogEntry } from '../errorLog/model.ts';
import type { Cell } from '../filter/meaning/values.ts';
import type { Side } from '../map/model.ts';
import type { MessageArguments } from '../problem/problem.ts';
import type { Span } from '../text/span.ts';

/** A row, its cells by their names in lower case. A cell that is not there is not known, which is not NULL. */
export type Row = ReadonlyMap<string, Cell>;

/** A value that is written and that nobody tells: another one than before, and no answer to a filter. */
export const UNTOLD = '…';

/** A name or a value of a rehearsal and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** The statuses of a map and their order (enable-entity-map, `dualwrite.md` 7.1). */
export const MAP_STATES = ['notRunning', 'initializing', 'running', 'paused', 'resuming'] as const;
export type MapState = (typeof MAP_STATES)[number];

/** What can become of a change on one map, or of a whole transaction. */
export const OUTCOMES = ['synchronized', 'notTriggered', 'queued', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What leaves the configuration of dual-write behind as it was (SEED). */
export const CONFIGURATIONS = ['current', 'reset', 'relinked', 'databaseCopied'] as const;

/** Facts about the two environments. What is left out is as it should be. */
export interface Environment {
  readonly company: string | undefined;
  /** Undefined where any company may be linked. */
  readonly linkedCompanies: readonly string[] | undefined;
  readonly states: readonly { readonly map: Placed<string>; readonly state: MapState }[];
  /** Whether the application users and the default owning team have the role system administrator. */
  readonly isMember: boolean;
  /** What the team of the mapped business unit may not do, by table of Dataverse. */
  readonly missingPrivileges: readonly {
    readonly table: Placed<string>;
    readonly privilege: 'read' | 'write';
  }[];
  readonly configuration: (typeof CONFIGURATIONS)[number];
  readonly disabledFields: readonly {
    readonly entity: Placed<string>;
    readonly field: Placed<string>;
    readonly configurationKey: string;
  }[];
  /** Keys of tables of Dataverse beside the one by which a map finds its rows. */
  readonly keys: readonly {
    readonly table: Placed<string>;
    readonly name: string;
    readonly displayName: string;
    readonly columns: readonly string[];
  }[];
  /** The columns by which a map finds its row in Dataverse, by table, where metadata does not tell. */
  readonly integrationKeys: readonly {
    readonly table: Placed<string>;
    readonly columns: readonly string[];
  }[];
  /** Pairs of entities or tables that are related in Finance and Operations (SEED, same batch). */
  readonly entityRelations: readonly (readonly [string, string])[];
  readonly numberSequences: readonly NumberSequence[];
  /** Undefined where it is not known: since a preview of December 2022 only mapped columns count (`dualwrite.md` 7.1). */
  readonly dataverseTriggers: 'mappedColumns' | 'anyColumn' | undefined;
  /** Undefined where it is not known: the documentation said seven days, and says one today. */
  readonly pauseLimitDays: number | undefined;
  readonly fiveMinuteMode: boolean;
  /** `IsDebugMode` of the projects' configuration: DualWriteErrorLog is verbose. */
  readonly isDebugMode: boolean;
  /** What would be if somebody wrote it: a fix is rehearsed before it is coded. */
  readonly assumedEntries: readonly {
    readonly entity: Placed<string>;
    readonly dataSource: string;
    readonly table: string;
    readonly field: Placed<string>;
  }[];
  readonly assumedFields: readonly {
    readonly entity: Placed<string>;
    readonly name: string;
    readonly dataSource: string;
    readonly dataField: string;
  }[];
}

/** An auto number of Dataverse: `Party-###` and 1 give Party-001. */
export interface NumberSequence {
  readonly table: Placed<string>;
  readonly column: string;
  readonly format: string;
  readonly next: number;
}

export type Operation = 'insert' | 'update' | 'delete';

/** How X++ writes: what is not `plain` goes past business events (`dualwrite.md` 7.1). */
export const WRITINGS = [
  'plain',
  'doInsert',
  'doUpdate',
  'doDelete',
  'insert_recordset',
  'update_recordset',
  'delete_from',
] as const;
export type Writing = (typeof WRITINGS)[number];

export interface Change {
  readonly operation: Operation;
  /** A table or entity of Finance and Operations, or a table of Dataverse. */
  readonly table: Placed<string>;
  /** Which rows; empty for an insert. */
  readonly where: Row;
  readonly values: Row;
  /** Names of both, as they are written, where they stand. */
  readonly names: readonly Placed<string>[];
  /** Cells of the entity that come from other tables than the one that is changed. */
  readonly entityFields: Row;
  readonly writing: Writing;
  readonly skipsBusinessEvents: boolean;
  /** The one data source that is asked about; all where none is named. */
  readonly through?: string;
  /** How many records the change stands for. */
  readonly records: number;
  readonly span: Span;
}

export interface Transaction {
  readonly kind: 'transaction';
  readonly name: string;
  readonly side: Side;
  readonly company: string | undefined;
  /** Whether one ttsbegin and ttscommit are around all changes. */
  readonly isOneScope: boolean;
  readonly megabytes: number | undefined;
  readonly seconds: number | undefined;
  readonly changes: readonly Change[];
  readonly expected: Expectation | undefined;
  readonly span: Span;
}

export const ACTIONS = ['run', 'stop', 'pause', 'edit'] as const;
export const CATCH_UPS = ['replay', 'skipToLive', 'discard'] as const;

/** Something that is done with a map. */
export interface Action {
  readonly kind: 'action';
  readonly action: (typeof ACTIONS)[number];
  readonly map: Placed<string>;
  /** What becomes of the queue when a paused map runs again (`dualwrite.md` 1.5). */
  readonly catchUp: (typeof CATCH_UPS)[number];
  readonly initialSync: InitialSync | undefined;
  readonly expected: Expectation | undefined;
  readonly span: Span;
}

export interface InitialSync {
  readonly from: Side;
  /** Whose values win; Dataverse unless somebody chooses otherwise. */
  readonly master: Side;
  /** Rows of the largest legal entity. */
  readonly rows: number | undefined;
  readonly legalEntities: number | undefined;
  readonly hours: number | undefined;
  readonly exportMinutes: number | undefined;
}

/** Time goes by. */
export interface Wait {
  readonly kind: 'wait';
  readonly days: number;
  readonly expected: Expectation | undefined;
  readonly span: Span;
}

export type Step = Transaction | Action | Wait;

/** What somebody expects of a step; each part has its place. */
export interface Expectation {
  readonly result: Placed<readonly string[]> | undefined;
  readonly maps: readonly (Placed<readonly string[]> & { readonly map: string })[];
  /** A part of the message of the product. */
  readonly message: Placed<string> | undefined;
  /** Codes of what has to happen, as `filter.false`. */
  readonly happens: readonly Placed<string>[];
  /** Entries of the log of errors: of each the parts that matter. */
  readonly log: readonly Placed<ExpectedEntry>[];
  /** Rows that are there afterwards. */
  readonly rows: readonly (Placed<Row> & { readonly side: Side; readonly table: string })[];
  readonly state: (Placed<string> & { readonly map: string | undefined }) | undefined;
}

/** Parts of an entry; what is not named may be anything. */
export type ExpectedEntry = Partial<Pick<ErrorLogEntry, 'entity' | 'record' | 'message'>>;

export interface RowsOfTable {
  readonly table: Placed<string>;
  readonly rows: readonly Row[];
  readonly names: readonly Placed<string>[];
}

/** What a file of a rehearsal says. */
export interface Rehearsal {
  readonly description: string;
  /** Files or folders of maps and metadata, from the file on; where none are named, those of the workspace. */
  readonly maps: readonly Placed<string>[];
  /** Maps that stand in the rehearsal itself, as JSON. */
  readonly writtenMaps: readonly string[];
  readonly metadata: readonly Placed<string>[];
  readonly environment: Environment;
  readonly rows: Readonly<Record<Side, readonly RowsOfTable[]>>;
  readonly steps: readonly Step[];
}

/**
 * Something that happens in a step: data only. Its sentence is `KIND.CODE` of l10n/live.*.json; what the product itself
 * says stands in `message`, in the language of the product.
 */
export interface Happening {
  readonly kind: string;
  readonly code: string;
  readonly args: MessageArguments;
  /** The map it happens on; undefined where it is the whole step. */
  readonly map?: string;
  /** The change it comes from, counted from 0. */
  readonly change?: number;
  readonly message?: string;
  /** What the log of errors tells of it; undefined where nothing is logged. */
  readonly logged?: Logged;
}

export interface Logged {
  /** Empty where the map is all that is known. */
  readonly entity: string;
  /** The key of the row on the other side, as `name = value`; empty where it is not known. */
  readonly record: string;
  /** What verbose logging adds; empty where there is none. */
  readonly payload: string;
  readonly filter: string;
  readonly lookups: readonly Happening[];
}

export interface Failure {
  readonly span: Span;
  readonly code: string;
  readonly args: MessageArguments;
}

export interface StepResult {
  readonly step: Step;
  readonly happenings: readonly Happening[];
  /** All that is possible, the likeliest first: more than one where nobody publishes which. */
  readonly outcomes: readonly string[];
  readonly maps: readonly { readonly map: string; readonly outcomes: readonly Outcome[] }[];
  /** What the step leaves in DualWriteErrorLog. */
  readonly log: readonly ErrorLogEntry[];
  /** Expectations that are not met. */
  readonly failures: readonly Failure[];
}
