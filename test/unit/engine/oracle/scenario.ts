import type {
  ConfigTemplate,
  IntegrationTableMapping,
  TemplateDefinition,
} from '../../../../src/engine/model/mapping.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type {
  BusinessRule,
  FieldValues,
  TableDefinition,
} from '../../../../src/engine/model/table.ts';
import type { Settings } from '../../../../src/engine/store/settings.ts';

/**
 * A row of `bc-oracle.md` as something that runs; docs/engine-scenarios.md explains the steps.
 */
export interface Scenario {
  /** The row it is: `C10`, `C10 improved`. */
  readonly id: string;
  readonly title: string;
  /** Both if absent: what no mode may do otherwise. */
  readonly modes?: readonly EngineMode[];
  /** Other tables than those of the standard fixture. */
  readonly project?: ProjectChange;
  /** Leave out the coupled and synchronised pair `A` of the standard fixture. */
  readonly empty?: boolean;
  readonly steps: readonly Step[];
}

export interface ProjectChange {
  readonly tables?: readonly TableDefinition[];
  readonly integrationTables?: readonly TableDefinition[];
  readonly mappings?: readonly IntegrationTableMapping[];
  readonly templates?: readonly TemplateDefinition[];
}

/**
 * `bc:A` is the row A of Business Central, `dv:A` that of Dataverse: the row added under that name, or else the
 * partner of the other side's. `bc:Contact/A` is one of another table than that of the mapping CUSTOMER.
 */
export type RowName = string;

/** Counters that are not named must be 0. */
export interface ExpectedCounters {
  readonly I?: number;
  readonly M?: number;
  readonly D?: number;
  readonly U?: number;
  readonly S?: number;
  readonly F?: number;
  readonly Unc?: number;
  readonly Cpl?: number;
}

export interface RunStep {
  /** The mapping; CUSTOMER if it is `true`. */
  readonly run: string | true;
  readonly to?: ExpectedCounters;
  readonly from?: ExpectedCounters;
  /** Runs both directions if absent, and `to` and `from` say what is expected of each. */
  readonly only?: 'to' | 'from';
  readonly rows?: readonly RowName[];
  readonly forced?: boolean;
  readonly override?: boolean;
  readonly full?: boolean;
  readonly confirmed?: boolean;
  /** Codes of the error lines, all of them, in the order they were written. */
  readonly errors?: readonly string[];
  /** Code of what stops the run before any row. */
  readonly refused?: string;
  /** Code of the message of the job. */
  readonly message?: string;
  /** Lines of the decision table that were taken, in the order of the rows. */
  readonly lines?: readonly string[];
}

/** What somebody chooses on a page. */
export interface ActionStep {
  readonly action:
    | 'Retry'
    | 'Retry All'
    | 'Synchronize'
    | 'Restore Records'
    | 'Delete Records'
    | 'Delete Couplings'
    | 'Find for Deleted'
    | 'Set Up Coupling';
  /** The selected rows, by either of their names. */
  readonly on?: readonly RowName[];
  /** The answer to the question of Synchronize; the partner of Set Up Coupling. */
  readonly choice?: string;
  /** Counters of the jobs, in their order. */
  readonly jobs?: readonly ExpectedCounters[];
  /** Code of the notification, and its count. */
  readonly says?: string;
  readonly count?: number;
}

export interface ExpectedCoupling {
  readonly result?: 'Success' | 'Failure' | 'blank';
  readonly crmResult?: 'Success' | 'Failure' | 'blank';
  readonly skipped?: boolean;
}

export type Step =
  | {
      readonly add: RowName;
      /** A new one if absent. */
      readonly id?: string;
      readonly values?: FieldValues;
      readonly by?: string;
      readonly at?: string;
    }
  /** No values: the row is only touched. */
  | {
      readonly edit: RowName;
      readonly values?: FieldValues;
      readonly by?: string;
      readonly at?: string;
    }
  | { readonly delete: RowName }
  | { readonly revive: RowName }
  /** Couples bc:X and dv:X, never synchronised; `with` names another partner. */
  | {
      readonly couple: string;
      readonly with?: string;
      readonly mapping?: string;
      readonly refused?: string;
    }
  | { readonly wait: number }
  | {
      readonly mapping: string | true;
      readonly set: Partial<IntegrationTableMapping>;
      readonly refused?: string;
    }
  /** The code of an app: rules replace those that the table had. */
  | { readonly rules: RowName; readonly are: readonly BusinessRule[] }
  | { readonly settings: Partial<Settings> }
  | { readonly reopen: true }
  | RunStep
  | ActionStep
  /** The rows of Coupled Data Synchronization Errors, in any order. */
  | { readonly listed: readonly RowName[] }
  | {
      /** What rows hold; null where there is none. Other fields don't matter. */
      readonly rows?: Readonly<Record<RowName, FieldValues | null>>;
      /** How many rows stand in a table: `bc:Customer`. */
      readonly count?: Readonly<Record<string, number>>;
      /** By name of the Business Central row; null where there is no coupling. */
      readonly couplings?: Readonly<Record<RowName, ExpectedCoupling | null>>;
      readonly jobs?: number;
    }
  /** What no other step can say. */
  | { readonly check: string; readonly holds: (scene: Scene) => void };

/** What a `check` may look at. */
export interface Scene {
  readonly engine: import('../../../../src/engine/engine.ts').Engine;
  readonly idOf: (name: RowName) => string;
  readonly couplingOf: (
    name: RowName,
  ) => import('../../../../src/engine/actions/coupledErrors.ts').CouplingName;
  readonly remember: Map<string, unknown>;
  readonly now: () => number;
}

export type { ConfigTemplate };
