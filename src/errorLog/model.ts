/**
 * An entry of the log of errors: a row of DualWriteErrorLog as people export it, or what a rehearsal would have logged.
 * The columns of the table are not published (`dualwrite.md` 1.6, 9); whichever the export has are read by their names.
 */
export interface ErrorLogEntry {
  /** The text of the product, verbose where debug mode was on. */
  readonly message: string;
  /** As it is written in the export; empty where there is none. */
  readonly time: string;
  /** Entity or map that it speaks of; empty where it is not told. */
  readonly entity: string;
  /** Key of the record; empty where it is not told. */
  readonly record: string;
}
