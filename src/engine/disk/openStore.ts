import { type Engine, type EngineOptions, openEngine } from '../engine.ts';
import { JournalMismatch, type Transaction } from '../store/database.ts';
import type { Disk } from './disk.ts';
import { isLock, type Lock, type LockHost, type Owner, takeLock } from './lock.ts';
import {
  appendTo,
  type JournalPlace,
  type ReadStore,
  readStore,
  type StoreDamage,
  writeGeneration,
} from './savedStore.ts';

export interface StoreOpening extends LockHost {
  readonly disk: Disk;
  readonly options: EngineOptions;
  /** Makes the engine of a folder that has no store yet; everything that it writes is in the first image. */
  readonly create: (options: EngineOptions) => Engine;
  /** Only looks: nothing is locked, nothing written. */
  readonly onlyReads?: boolean;
}

/** An engine and the folder it is kept in. */
export interface OpenStore {
  readonly engine: Engine;
  /** Undefined where the store is ours; else whoever works on it, and then nothing here is ever saved. */
  readonly owner: Owner | undefined;
  readonly damage: readonly StoreDamage[];
  /**
   * Everything that was committed is on disk when this answers `saved`. A failure loses nothing: the next call tries
   * it all again, and what was on disk before still is.
   */
  readonly save: () => Saved;
  /** Makes an image of it all, where enough has come together since the last one: what takes longer than an answer may. */
  readonly tidy: () => Saved;
  /** Says that we are alive; to be called every few seconds. */
  readonly beat: () => void;
  /** Saves, tidies up, and lets others have it. */
  readonly close: () => Saved;
}

export type Saved =
  | { readonly kind: 'saved' }
  /** The system refused to write: the disk is full, or not ours to write on. */
  | { readonly kind: 'failed'; readonly code: string }
  /** Another window took the store over, since this one gave no sign of life for a minute. */
  | { readonly kind: 'lost' };

const SAVED: Saved = { kind: 'saved' };

/** A journal that is longer, or did more than so many changes, takes longer to read again than an image to write. */
const LONG_JOURNAL_BYTES = 4_000_000;
const MANY_CHANGES = 50_000;

/**
 * Opens the store of a folder, or makes it. Throws StoreUnreadable and StoreTooNew, having changed nothing, and what
 * the disk answers where the first image can't be written.
 */
export function openStore(opening: StoreOpening): OpenStore {
  const { disk, options, create } = opening;
  const taken = opening.onlyReads === true ? opening.owner : takeLock(disk, opening);
  const lock = isLock(taken) ? taken : undefined;
  try {
    const read = readAgain(disk);
    if (read === undefined) {
      const engine = create(options);
      const place =
        lock === undefined ? undefined : writeGeneration(disk, undefined, imageOf(engine));
      return kept(disk, { engine, lock, place, damage: [], ...ownerOf(taken) });
    }
    const { engine, damage } = restored(read, options);
    const found = [...read.damage, ...damage];
    const isSound = found.length === 0 && read.place.generation > 0;
    const place =
      lock === undefined || isSound
        ? read.place
        : writeGeneration(disk, read.place, imageOf(engine));
    return kept(disk, { engine, lock, place, damage: found, ...ownerOf(taken) });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

const ownerOf = (taken: Lock | Owner): { readonly owner?: Owner } =>
  isLock(taken) ? {} : { owner: taken };

const imageOf = ({ store }: Engine): Uint8Array => store.image();

/** Whoever has the store may begin a new generation while we read the old one. */
function readAgain(disk: Disk): ReadStore | undefined {
  try {
    return readStore(disk);
  } catch {
    return readStore(disk);
  }
}

/** What an image and its journal make; a transaction that comes out otherwise ends the journal. */
function restored(
  { image, transactions, place }: ReadStore,
  options: EngineOptions,
): { readonly engine: Engine; readonly damage: readonly StoreDamage[] } {
  let done = -1;
  const counted = function* (list: readonly Transaction[]): Generator<Transaction> {
    for (const transaction of list) {
      done += 1;
      yield transaction;
    }
  };
  try {
    return { engine: openEngine(image, options, counted(transactions)), damage: [] };
  } catch (error) {
    if (!(error instanceof JournalMismatch)) throw error;
    const file = `store-${place.generation}.journal`;
    return {
      engine: openEngine(image, options, transactions.slice(0, done)),
      damage: [{ kind: 'journal', file, lost: transactions.length - done }],
    };
  }
}

interface Kept {
  readonly engine: Engine;
  readonly lock: Lock | undefined;
  readonly owner?: Owner;
  readonly place: JournalPlace | undefined;
  readonly damage: readonly StoreDamage[];
}

function kept(disk: Disk, { engine, lock, owner, damage, ...found }: Kept): OpenStore {
  let { place } = found;
  let pending: Transaction[] = [];
  let changes = 0;
  let isClosed = false;
  if (lock !== undefined) {
    engine.store.journalTo((transaction) => {
      pending.push(transaction);
      changes += transaction.changes;
    });
  }

  const writing = (work: () => void): Saved => {
    if (lock === undefined || isClosed) return SAVED;
    try {
      if (!lock.isHeld()) return { kind: 'lost' };
      work();
      return SAVED;
    } catch (error) {
      return { kind: 'failed', code: codeOf(error) };
    }
  };

  const save = (): Saved =>
    pending.length === 0
      ? SAVED
      : writing(() => {
          if (place !== undefined) place = appendTo(disk, place, pending);
          pending = [];
        });

  const renew = (): Saved =>
    writing(() => {
      place = writeGeneration(disk, place, imageOf(engine));
      changes = 0;
    });

  const isLong = (): boolean =>
    changes > MANY_CHANGES || (place !== undefined && place.length > LONG_JOURNAL_BYTES);

  const tidy = (): Saved => {
    const saved = save();
    return saved.kind === 'saved' && isLong() ? renew() : saved;
  };

  return {
    engine,
    owner,
    damage,
    save,
    tidy,
    beat: () => lock?.beat(),
    close() {
      const saved = save();
      // A journal is read by the version that wrote it; a later one finds an image.
      if (saved.kind === 'saved' && place !== undefined && place.length > 0) renew();
      lock?.release();
      isClosed = true;
      engine.store.close();
      return saved;
    },
  };
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};
