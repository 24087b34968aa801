import type { Transaction } from '../store/database.ts';
import type { Disk } from './disk.ts';
import { imageFile, imageIn } from './image.ts';
import { type Journal, journalLines, readJournal } from './journal.ts';

/**
 * A store in a folder: `store-7.image` is everything as it once was, `store-7.journal` the transactions since. A new
 * image makes a new generation; the one before stays, so that a damaged image costs nothing: the image before it and
 * both journals make the same store.
 */
export interface ReadStore {
  readonly image: Uint8Array;
  readonly transactions: readonly Transaction[];
  readonly place: JournalPlace;
  /** What a person should know of how it was found. */
  readonly damage: readonly StoreDamage[];
}

/** Where the next transaction is written. */
export interface JournalPlace {
  readonly generation: number;
  /** Bytes of the journal that count. */
  readonly length: number;
  /** Undefined before its first line. */
  readonly checksum: string | undefined;
  /** Bytes that counted of the journal before. */
  readonly previous: number;
}

export type StoreDamage =
  /** The newest image is not whole; the one before it and the journals stand in for it. */
  | { readonly kind: 'image'; readonly file: string }
  /** Something in the middle of a journal is not as it was written; so many transactions behind it are gone. */
  | { readonly kind: 'journal'; readonly file: string; readonly lost: number };

/** No image of the folder can be read; nothing there is touched. */
export class StoreUnreadable extends Error {}

const imageName = (generation: number): string => `store-${generation}.image`;
const journalName = (generation: number): string => `store-${generation}.journal`;

/** Generations of a folder, newest first. */
function generationsIn(disk: Disk): readonly number[] {
  return disk
    .list()
    .flatMap((name) => {
      const number = /^store-(?<number>\d+)\.image$/u.exec(name)?.groups?.['number'];
      return number === undefined ? [] : [Number(number)];
    })
    .toSorted((left, right) => right - left);
}

/** Undefined where the folder has no store yet. Throws StoreUnreadable where it has none that is whole. */
export function readStore(disk: Disk): ReadStore | undefined {
  const generations = generationsIn(disk);
  const [newest] = generations;
  if (newest === undefined) return undefined;
  const damage: StoreDamage[] = [];
  for (const generation of generations) {
    const file = disk.read(imageName(generation));
    const image = file === undefined ? undefined : imageIn(file);
    if (image !== undefined) return withJournals(disk, { generation, newest, image, damage });
    damage.push({ kind: 'image', file: imageName(generation) });
  }
  throw new StoreUnreadable(imageName(newest));
}

interface FoundImage {
  readonly generation: number;
  readonly newest: number;
  readonly image: Uint8Array;
  readonly damage: readonly StoreDamage[];
}

/** Every journal since the image; where a later image is damaged, the journals behind it go on from where it stood. */
function withJournals(disk: Disk, { generation, newest, image, damage }: FoundImage): ReadStore {
  const transactions: Transaction[] = [];
  const found = [...damage];
  const previous = journalOf(disk, generation - 1)?.length ?? 0;
  let place: JournalPlace = { generation, length: 0, checksum: undefined, previous };
  for (let each = generation; each <= newest; each += 1) {
    const journal = journalOf(disk, each);
    const next = journalOf(disk, each + 1);
    if (journal === undefined) {
      if (each > generation) {
        place = { generation: each, length: 0, checksum: undefined, previous: place.length };
      }
      continue;
    }
    transactions.push(...journal.transactions);
    const { length, start, lost } = journal;
    const checksum = length === 0 ? undefined : journal.checksum;
    place = { generation: each, length, checksum, previous: start?.previous ?? place.length };
    const isCutShort = each < newest && next?.start !== undefined && next.start.previous !== length;
    if (lost > 0 || isCutShort) {
      found.push({ kind: 'journal', file: journalName(each), lost });
      break;
    }
  }
  return { image, transactions, place, damage: found };
}

function journalOf(disk: Disk, generation: number): Journal | undefined {
  const file = disk.read(journalName(generation));
  return file === undefined ? undefined : readJournal(file);
}

/** Writes transactions behind those that are there; answers where the next go. Nothing is there before it answers. */
export function appendTo(
  disk: Disk,
  place: JournalPlace,
  transactions: readonly Transaction[],
): JournalPlace {
  const { generation, length, previous } = place;
  const { bytes, checksum } = journalLines(
    transactions,
    place.checksum ?? { generation, previous },
  );
  disk.append(journalName(generation), length, bytes);
  return { ...place, length: length + bytes.length, checksum };
}

/** Begins a new generation with an image; of the earlier ones the last stays. */
export function writeGeneration(
  disk: Disk,
  before: JournalPlace | undefined,
  image: Uint8Array,
): JournalPlace {
  const newest = Math.max(before?.generation ?? 0, ...generationsIn(disk));
  const generation = newest + 1;
  disk.replace(imageName(generation), imageFile(image));
  for (const name of disk.list()) {
    const number = /^store-(?<number>\d+)\./u.exec(name)?.groups?.['number'];
    if (number !== undefined && Number(number) < newest) disk.remove(name);
  }
  return { generation, length: 0, checksum: undefined, previous: before?.length ?? 0 };
}

/** What a store looks like from outside: it is another one after every save. */
export const stampOf = (disk: Disk): string =>
  disk
    .list()
    .filter((name) => name.startsWith('store-'))
    .toSorted()
    .map((name) => `${name} ${disk.touchedAt(name)}`)
    .join('; ');
