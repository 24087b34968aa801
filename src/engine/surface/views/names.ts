import type { CouplingName } from '../../actions/coupledErrors.ts';
import type { EngineMessage } from '../../model/message.ts';

/**
 * What the pages of the product show, as plain data that survives JSON: the command line prints it, the server sends
 * it. Times are milliseconds since 1970.
 */

/** Something that the engine says: the code for programs, the text for people, in the language of the surface. */
export interface Sentence extends EngineMessage {
  readonly text: string;
}

/** Couplings are named by mapping and the ids of both sides, everywhere (`CouplingName`). */
export interface RecordName extends CouplingName {
  /** The values of the primary key, joined by commas; of the last version where the record is gone. */
  readonly description: string;
  /** The same of its partner. */
  readonly coupledTo: string;
  readonly recordExists: boolean;
  readonly coupledRecordExists: boolean;
}
