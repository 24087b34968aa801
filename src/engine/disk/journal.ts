import { createHash } from 'node:crypto';
import type { Transaction } from '../store/database.ts';

/**
 * A journal is the transactions since an image, a line each: a checksum and JSON. Each checksum takes in the one before
 * it, so that a line counts only where it was written. The first line says what the journal continues.
 */
export interface JournalStart {
  /** The image. */
  readonly generation: number;
  /** Bytes that counted of the journal before, which together with its image makes this image. */
  readonly previous: number;
}

export interface Journal {
  /** Undefined where not even the first line is whole. */
  readonly start: JournalStart | undefined;
  readonly transactions: readonly Transaction[];
  /** Bytes that count: what follows was not written to its end. */
  readonly length: number;
  /** The checksum that the next line continues. */
  readonly checksum: string;
  /** Lines after the first broken one that look whole: not torn by a power failure, but damaged. */
  readonly lost: number;
}

export interface Lines {
  readonly bytes: Uint8Array;
  readonly checksum: string;
}

/** The lines of some transactions, and of the start where `after` is undefined. */
export function journalLines(
  transactions: readonly Transaction[],
  after: string | JournalStart,
): Lines {
  const values: unknown[] = transactions.map(({ statements, changes }) => [changes, statements]);
  let checksum = typeof after === 'string' ? after : '';
  if (typeof after !== 'string') values.unshift(after);
  let text = '';
  for (const value of values) {
    const json = JSON.stringify(value);
    checksum = checksumOf(checksum, json);
    text += `${checksum} ${json}\n`;
  }
  return { bytes: new TextEncoder().encode(text), checksum };
}

/** Reads up to the first line that is not whole. */
export function readJournal(file: Uint8Array): Journal {
  const decoder = new TextDecoder();
  const values: unknown[] = [];
  let [length, checksum] = [0, ''];
  for (;;) {
    const end = file.indexOf(NEWLINE, length);
    if (end < 0) break;
    const line = decoder.decode(file.subarray(length, end));
    const json = line.slice(CHECKSUM_LETTERS + 1);
    const expected = checksumOf(checksum, json);
    if (line !== `${expected} ${json}`) break;
    values.push(JSON.parse(json));
    checksum = expected;
    length = end + 1;
  }
  const [start, ...rest] = values;
  const lost = wholeLines(decoder.decode(file.subarray(length)));
  return {
    start: start as JournalStart | undefined,
    transactions: rest.map((value) => {
      const [changes, statements] = value as [number, Transaction['statements']];
      return { changes, statements };
    }),
    length,
    checksum,
    lost,
  };
}

/** Lines behind the first broken one: where a write was torn, there is none. */
const wholeLines = (text: string): number =>
  text
    .split('\n')
    .slice(1, -1)
    .filter((line) => /^[0-9a-f]{16} [[{].*[\]}]$/u.test(line)).length;

const NEWLINE = 10;
const CHECKSUM_LETTERS = 16;

const checksumOf = (before: string, json: string): string =>
  createHash('sha256').update(before).update(json).digest('hex').slice(0, CHECKSUM_LETTERS);
