export type SideLetter = 'a' | 'b';

/** Two replicas of one engine; what it is asked to do is the same for all of them. */
export interface SyncPair {
  /** How many conflicts the last synchronisation told of; undefined where the engine drops one side without a word. */
  readonly conflicts?: () => number | Promise<number>;
  /** How many records `b` has to refuse. */
  readonly refused?: number;
  /** Reads all there is on either side into the other. */
  readonly sync: () => void | Promise<void>;
  /** What a side calls a record that it, or the other one, has made. */
  readonly idOn: (on: SideLetter, madeBy: SideLetter, number: number) => string;
  /** Writes a new phone into records of a side. */
  readonly edit: (on: SideLetter, ids: readonly string[], phone: string) => void | Promise<void>;
  readonly count: (on: SideLetter) => number | Promise<number>;
  readonly phone: (on: SideLetter, id: string) => unknown;
  /** Brings on disk what was done since the last time. */
  readonly save?: () => void;
  /** The bytes of a file with everything. */
  readonly image?: () => Uint8Array;
}

/** Makes the replicas, with `perSide` records each and none in common. */
export type MakePair = (perSide: number) => Promise<SyncPair>;
