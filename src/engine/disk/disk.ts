/**
 * The files of one folder, as far as a store needs them: names without folders. The engine runs where there is no disk
 * at all, so that Node stands behind this interface (`nodeDisk.ts`). Calls throw what the system answers.
 */
export interface Disk {
  readonly list: () => readonly string[];
  /** Undefined where there is no such file. */
  readonly read: (name: string) => Uint8Array | undefined;
  /** Puts a whole file in place: after a power failure there is the old one or the new one, and no half. */
  readonly replace: (name: string, parts: readonly Uint8Array[]) => void;
  /** Writes at a place, cuts off what stood behind it, and answers when it is on disk. */
  readonly append: (name: string, at: number, bytes: Uint8Array) => void;
  /** False where the file is there already; of two that try at once, one is answered true. */
  readonly create: (name: string, bytes: Uint8Array) => boolean;
  readonly remove: (name: string) => void;
  /** When a file was touched last, milliseconds since 1970; undefined where there is none. */
  readonly touchedAt: (name: string) => number | undefined;
  readonly touch: (name: string, at: number) => void;
}
