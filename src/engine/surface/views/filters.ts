import type { Condition } from '../../../filter/meaning/condition.ts';
import type { SideName } from '../../model/side.ts';

/** A filter of a mapping over the records of its side. */
export interface FilterView {
  readonly mapping: string;
  readonly side: SideName;
  /** Whose records it keeps. */
  readonly table: string;
  /** As the mapping holds it; blank where every record passes. */
  readonly filter: string;
  /** What it keeps; NULL counts as blank. Unreadable where it would stop a run. */
  readonly meaning: Condition;
  /** The id first. */
  readonly columns: readonly string[];
  readonly rowCount: number;
}

/** A filter of a mapping, and a record under it by its id. */
export interface FilterSought {
  readonly mapping: string;
  readonly side: SideName;
  readonly id?: string;
}

/** The number of a filter among those of a project, and of the record in its preview, from 1 on, if it is there. */
export interface FilterPlace {
  readonly index: number;
  readonly number?: number;
}
