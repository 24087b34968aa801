import { deepEqual, equal, notEqual, ok, throws } from 'node:assert/strict';
import * as fc from 'fast-check';
import { openStore, type OpenStore } from '../../../../src/engine/disk/openStore.ts';
import { StoreUnreadable } from '../../../../src/engine/disk/savedStore.ts';
import { type MemoryDisk, memoryDisk, PowerFailure } from '../../../kit/memoryDisk.ts';
import { addRow } from '../../../../src/engine/sides/people.ts';
import { digestOf, happen, newEngine, openingOf, steadyOptions } from './kit.ts';

const open = (disk: MemoryDisk, firstId = 0): OpenStore =>
  openStore(openingOf(disk, { options: steadyOptions(firstId) }));

const journalIn = ({ files }: MemoryDisk): string =>
  [...files.keys()]
    .filter((name) => name.endsWith('.journal'))
    .toSorted()
    .at(-1) ?? '';
const imagesIn = ({ files }: MemoryDisk): readonly string[] =>
  [...files.keys()].filter((name) => name.endsWith('.image')).toSorted();

/** A store after some happenings, never closed. */
function abandoned(happenings: number, disk = memoryDisk()): { disk: MemoryDisk; digest: string } {
  const store = open(disk);
  for (let number = 1; number <= happenings; number += 1) {
    happen(store.engine, number);
    deepEqual(store.save(), { kind: 'saved' });
  }
  return { disk, digest: digestOf(store.engine) };
}

describe('The store of a sync project on disk', () => {
  it('is the same after it was abandoned: image and journal', () => {
    const { disk, digest } = abandoned(7);
    equal(digestOf(open(disk).engine), digest);
  });

  it('is the same after it was closed: an image alone', () => {
    const disk = memoryDisk();
    const store = open(disk);
    happen(store.engine, 1);
    const digest = digestOf(store.engine);
    deepEqual(store.close(), { kind: 'saved' });
    deepEqual([...disk.files.keys()].toSorted(), [
      'store-1.image',
      'store-1.journal',
      'store-2.image',
    ]);
    equal(digestOf(open(disk).engine), digest);
  });

  it('keeps two generations, however often it is closed', () => {
    const disk = memoryDisk();
    for (let number = 1; number <= 5; number += 1) {
      const store = open(disk, 1000 * number);
      happen(store.engine, number);
      store.close();
    }
    deepEqual(imagesIn(disk), ['store-5.image', 'store-6.image']);
  });

  it('is what it was when nothing was done, and nothing is written for it', () => {
    const disk = memoryDisk();
    open(disk).close();
    const before = [...disk.files.keys()];
    open(disk).close();
    deepEqual([...disk.files.keys()], before);
  });

  it('holds what was acknowledged wherever the power fails, half through a write too', () => {
    const states = new Map<string, number>();
    const engine = newEngine(steadyOptions());
    const remember = (): void => void states.set(digestOf(engine), states.size);
    remember();
    engine.store.journalTo(remember);
    for (let number = 1; number <= HAPPENINGS; number += 1) happen(engine, number);

    const play = (disk: MemoryDisk): number => {
      let acknowledged = -1;
      const acknowledge = (store: OpenStore): void => {
        acknowledged = states.get(digestOf(store.engine)) ?? NaN;
      };
      try {
        const store = open(disk);
        acknowledge(store);
        for (let number = 1; number <= HAPPENINGS; number += 1) {
          happen(store.engine, number);
          if (store.save().kind === 'saved') acknowledge(store);
        }
        store.close();
      } catch (error) {
        if (!(error instanceof PowerFailure)) throw error;
      }
      return acknowledged;
    };
    const whole = memoryDisk();
    equal(play(whole), states.size - 1);
    for (let step = 1; step <= whole.steps; step += 1) {
      for (const part of [0, 0.5, 0.97, 1]) {
        const disk = memoryDisk();
        disk.cut = { step, part };
        const acknowledged = play(disk);
        disk.cut = undefined;
        const again = open(disk);
        const found = states.get(digestOf(again.engine)) ?? NaN;
        ok(found >= acknowledged, `step ${step}, ${part}: ${found}, acknowledged ${acknowledged}`);
        deepEqual(again.damage, [], `step ${step}, ${part}`);
      }
    }
  });

  it('opens the image before, and both journals, where the newest image is damaged', () => {
    const { disk } = abandoned(3);
    open(disk).close();
    const store = open(disk, 1000);
    happen(store.engine, 4);
    store.save();
    const digest = digestOf(store.engine);
    const newest = imagesIn(disk).at(-1) ?? '';
    const bytes = disk.files.get(newest) ?? new Uint8Array();
    disk.files.set(newest, bytes.slice(0, bytes.length - 1));
    const again = open(disk);
    equal(digestOf(again.engine), digest);
    deepEqual(again.damage, [{ kind: 'image', file: newest }]);
    // It is whole from now on.
    again.close();
    deepEqual(open(disk).damage, []);
  });

  it('touches nothing where no image is whole', () => {
    const { disk } = abandoned(1);
    disk.files.set('store-1.image', new Uint8Array([1, 2, 3]));
    const before = [...disk.files].filter(([name]) => name !== 'lock');
    throws(() => open(disk), StoreUnreadable);
    deepEqual([...disk.files], before);
  });

  it('never opens anything but a state that was, whatever byte of the journal is damaged', () => {
    const states = new Set<string>();
    const engine = newEngine(steadyOptions());
    states.add(digestOf(engine));
    engine.store.journalTo(() => states.add(digestOf(engine)));
    for (let number = 1; number <= HAPPENINGS; number += 1) happen(engine, number);
    const { disk } = abandoned(HAPPENINGS);
    const journal = disk.files.get(journalIn(disk)) ?? new Uint8Array();
    fc.assert(
      fc.property(fc.nat(journal.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = journal.slice();
        damaged[place] = (damaged[place] ?? 0) ^ change;
        const copy = memoryDisk();
        for (const [name, bytes] of disk.files) copy.files.set(name, bytes);
        copy.files.set(journalIn(disk), damaged);
        const store = open(copy);
        ok(states.has(digestOf(store.engine)));
        const isLast = !journal.subarray(place, -1).includes(10);
        ok(isLast || store.damage.length > 0, 'what is lost is told');
      }),
      { numRuns: 60 },
    );
  });

  it('tells that the disk is full, loses nothing, and goes on when there is room', () => {
    const { disk, digest } = abandoned(2);
    const store = open(disk, 1000);
    equal(digestOf(store.engine), digest);
    disk.room = [...disk.files.values()].reduce((sum, { length }) => sum + length, 0) + 40;
    happen(store.engine, 3);
    deepEqual(store.save(), { kind: 'failed', code: 'ENOSPC' });
    deepEqual(store.tidy(), { kind: 'failed', code: 'ENOSPC' });
    // What another one would open is what was saved before.
    const other = openStore(openingOf(disk, { onlyReads: true }));
    equal(digestOf(other.engine), digest);
    deepEqual(other.damage, []);
    happen(store.engine, 4);
    disk.room = Infinity;
    deepEqual(store.save(), { kind: 'saved' });
    equal(digestOf(open(disk).engine), digestOf(store.engine));
  });

  it('makes an image of its own accord when the journal grows long', () => {
    const disk = memoryDisk();
    const store = open(disk);
    const text = 'x'.repeat(100_000);
    for (let number = 0; number < 50; number += 1) {
      addRow(store.engine, 'BusinessCentral', 'Customer', { Name: `${number}${text}` });
    }
    deepEqual(store.tidy(), { kind: 'saved' });
    equal(imagesIn(disk).at(-1), 'store-2.image');
    const journal = journalIn(disk);
    store.tidy();
    equal(imagesIn(disk).at(-1), 'store-2.image');
    happen(store.engine, 1);
    store.save();
    notEqual(journalIn(disk), journal);
    equal(digestOf(open(disk).engine), digestOf(store.engine));
  });

  it('leaves what was taken back out of the journal', () => {
    const disk = memoryDisk();
    const store = open(disk);
    const { engine } = store;
    throws(() =>
      engine.store.transaction(() => {
        addRow(engine, 'BusinessCentral', 'Customer', { Name: 'A' });
        throw new Error('no');
      }),
    );
    engine.store.transaction(() => {
      addRow(engine, 'BusinessCentral', 'Customer', { Name: 'B' });
      try {
        engine.store.transaction(() => {
          addRow(engine, 'BusinessCentral', 'Customer', { Name: 'C' });
          throw new Error('no');
        });
      } catch {
        // The inner one alone.
      }
    });
    store.save();
    const text = new TextDecoder().decode(disk.files.get(journalIn(disk)));
    deepEqual(
      [text.includes('"A"'), text.includes('"B"'), text.includes('"C"')],
      [false, true, false],
    );
    equal(digestOf(open(disk).engine), digestOf(engine));
  });
});

const HAPPENINGS = 4;
