import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { everyHundredth } from './records.ts';
import { pairs } from './engines.ts';
import type { SideLetter, SyncPair } from './pair.ts';

/**
 * One engine in a process of its own, so that no other one shapes its code or its memory: two sides with half of the
 * records each meet, one per cent changes on each side, one per cent on both, and nothing.
 */
export interface SyncResult {
  readonly initial: number;
  /** With the writes that it follows. */
  readonly incremental: number;
  readonly conflict: number;
  readonly nothing: number;
  /** Until the first synchronisation is on disk. */
  readonly persist: number | undefined;
  /** An image of everything, as it is made now and then when nobody waits. */
  readonly image: number | undefined;
  /** What is alive beside the records as they lay on their sides in the beginning, in MB. */
  readonly memory: number;
  /** Undefined where the engine drops one side without a word. */
  readonly reported: number | undefined;
  readonly planted: number;
}

async function measure(engine: string, count: number): Promise<SyncResult> {
  const make = pairs[engine];
  if (make === undefined) throw new Error(`Nothing that synchronises is called ${engine}`);
  const perSide = count / 2;
  const pair = await make(perSide);
  const before = living();

  const initial = await timed(() => pair.sync());
  const { save, image } = pair;
  const persist = save === undefined ? undefined : await waited(save);
  await expectCounts(pair, count);

  const ids = idsOf(pair, perSide);
  const mine = ids('a', 1);
  const theirs = ids('b', 2);
  const incremental = await timed(async () => {
    await pair.edit('a', mine, 'A1');
    await pair.edit('b', theirs, 'B1');
    await pair.sync();
  });
  await expectPhones(pair, 'b', ids('b', 1), 'A1');
  await expectPhones(pair, 'a', ids('a', 2), 'B1');

  await pair.sync();
  const nothing = await waited(() => pair.sync(), 5);

  const both = [ids('a', 3), ids('b', 3)] as const;
  const conflict = await timed(async () => {
    await pair.edit('a', both[0], 'A2');
    await pair.edit('b', both[1], 'B2');
    await pair.sync();
  });
  const memory = (living() - before) / 2 ** 20;
  return {
    initial,
    incremental,
    conflict,
    nothing,
    persist,
    image: image === undefined ? undefined : await timed(() => void image(), 3),
    memory,
    reported: await pair.conflicts?.(),
    planted: both[0].length + (pair.refused ?? 0),
  };
}

/**
 * Milliseconds that the thread was busy: neighbours on the machine do not count, and neither does what a peer leaves to
 * other threads or waits for. The least of some tries where it may be tried more than once.
 */
async function timed(work: () => void | Promise<void>, tries = 1): Promise<number> {
  let least = Infinity;
  for (let each = 0; each < tries; each += 1) {
    const begun = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Milliseconds until it is done, waiting included. */
async function waited(work: () => void | Promise<void>, tries = 1): Promise<number> {
  let least = Infinity;
  for (let each = 0; each < tries; each += 1) {
    const begun = performance.now();
    await work();
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of objects and buffers that are in use, the memory of WebAssembly among them. */
function living(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function expectCounts(pair: SyncPair, count: number): Promise<void> {
  for (const side of ['a', 'b'] as const) {
    const found = await pair.count(side);
    const expected = count - (side === 'b' ? (pair.refused ?? 0) : 0);
    if (found !== expected) throw new Error(`${side} has ${found} records, not ${expected}`);
  }
}

async function expectPhones(
  pair: SyncPair,
  on: SideLetter,
  ids: readonly string[],
  phone: string,
): Promise<void> {
  for (const id of ids) {
    const found = await pair.phone(on, id);
    if (found !== phone) throw new Error(`${id} has ${String(found)} on ${on}, not ${phone}`);
  }
}

/** One per cent of all records as a side calls them: as many of its own as of those it was given. */
const idsOf =
  (pair: SyncPair, perSide: number) =>
  (on: SideLetter, offset: number): readonly string[] =>
    (['a', 'b'] as const).flatMap((madeBy) =>
      everyHundredth(perSide, offset).map((number) => pair.idOn(on, madeBy, number)),
    );

const [name = 'ours', records = '10000'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(name, Number(records))));
