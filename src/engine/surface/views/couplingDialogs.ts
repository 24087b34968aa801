import type { CouplingSyncAction } from '../../coupling/dialog.ts';
import type { MatchSettings } from '../../coupling/matchSettings.ts';
import type { UpdateConflictResolution } from '../../model/mapping.ts';
import type { MappingDirection, SideName } from '../../model/side.ts';
import type { Sentence } from './names.ts';

/** What Set Up Coupling asks for a record. */
export interface CouplingDialogView {
  readonly mapping: string;
  /** Whose record it is. */
  readonly side: SideName;
  readonly id: string;
  readonly name: string;
  readonly table: string;
  /** The table of the partner that is searched for. */
  readonly partnerTable: string;
  /** The name of its partner as it is; undefined where it has none. */
  readonly partner: string | undefined;
  /** The proposed one first. */
  readonly actions: readonly CouplingSyncAction[];
  readonly canCreate: boolean;
}

export interface CandidatesRequest {
  readonly mapping: string;
  /** Whose records are listed. */
  readonly side: SideName;
  /** Id of the record of the other side that looks for a partner; what is called alike comes first. */
  readonly partnerOf?: string;
  /** Words that stand in an id or in values of text fields, in whatever case and order. */
  readonly search?: string;
  /** 50 if absent. */
  readonly limit?: number;
}

/** A record that can be chosen in Set Up Coupling. */
export interface CandidateView {
  readonly id: string;
  readonly name: string;
  /** The values of the primary key, joined by commas; blank where the table has none. */
  readonly key: string;
  /** A few more values, by the captions of their fields. */
  readonly facts: readonly { readonly field: string; readonly value: string }[];
  /** Called like the record that looks for a partner. */
  readonly isAlike: boolean;
  /** The name of its partner; undefined where it has none. */
  readonly coupledTo: string | undefined;
  /** It is the partner as it is. */
  readonly isPartner: boolean;
  /** What the engine says to somebody who takes it although it is coupled already. */
  readonly refusal: Sentence | undefined;
}

export interface CandidatesPage {
  /** The caption of their table. */
  readonly table: string;
  readonly rows: readonly CandidateView[];
  /** More than the limit were found. */
  readonly hasMore: boolean;
}

/** Select Coupling Criteria as a mapping is set. */
export interface MatchDialogView extends MatchSettings {
  readonly updateConflictResolution: UpdateConflictResolution;
  /** Fields that can be criteria, in the order of the mapping. */
  readonly fields: readonly {
    readonly field: string;
    readonly integrationField: string;
    /** Only text has upper and lower case. */
    readonly isText: boolean;
  }[];
  readonly direction: MappingDirection;
  /** Business Central creates no users of Dataverse for its salespeople. */
  readonly canCreate: boolean;
}
