import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { anyHappening, directedHappening, evenHappening } from './arbitraries.ts';
import { type Happening, mirrored, SLOTS } from './happenings.ts';
import { contents, values } from './invariants.ts';
import { type World, worldOf, type WorldOptions } from './world.ts';

/** How often a property is tried, and with which seed; `tried` hears of every sequence. */
export interface Trial {
  readonly runs: number;
  readonly seed: number;
  readonly tried?: () => void;
}

/** What the model knows: which slots hold a row. */
interface Model {
  readonly alive: Set<string>;
}

const slots = (['BusinessCentral', 'Dataverse'] as const).flatMap((side) =>
  Array.from({ length: SLOTS }, (_, slot) => ({ side, slot, key: keyOf(side, slot) })),
);

function keyOf(side: SideName, slot: number): string {
  return `${side} ${slot}`;
}

/** A happening as a command: the model says whether it can happen, and must agree with the engine afterwards. */
class Happens implements fc.Command<Model, World> {
  readonly happening: Happening;

  constructor(happening: Happening) {
    this.happening = happening;
  }

  check({ alive }: Readonly<Model>): boolean {
    const { happening } = this;
    switch (happening.kind) {
      case 'add':
      case 'revive':
        return !alive.has(keyOf(happening.side, happening.slot));
      case 'edit':
      case 'touch':
      case 'delete':
      case 'force':
        return alive.has(keyOf(happening.side, happening.slot));
      default:
        return true;
    }
  }

  run({ alive }: Model, world: World): void {
    const { happening } = this;
    world.play(happening);
    if (happening.kind === 'delete') alive.delete(keyOf(happening.side, happening.slot));
    for (const { side, slot, key } of slots) {
      const isThere = world.holds(side, slot);
      // No run deletes what a person made: only lines of documents go with their partner (`bc-oracle.md` D15).
      if (alive.has(key) && !isThere) throw new Error(`${key} is gone`);
      if (isThere) alive.add(key);
    }
  }

  toString(): string {
    return JSON.stringify(this.happening);
  }
}

/** P01 to P06, P09, P12: random sequences, each of which comes to rest. */
export function checkSequences(mode: EngineMode, { runs, seed, tried }: Trial): void {
  const commands = fc.commands([anyHappening.map((happening) => new Happens(happening))], {
    maxCommands: 25,
  });
  const property = fc.property(commands, fc.boolean(), (sequence, keyed) => {
    tried?.();
    const world = worldOf({ mode, keyed });
    try {
      fc.modelRun(() => ({ model: { alive: new Set<string>() }, real: world }), sequence);
      // The product loses insertions and believes clocks; it does not come to rest equal (`bc-sync.md` 2.7).
      if (mode === 'improved') world.settle();
    } finally {
      world.close();
    }
  });
  fc.assert(property, { numRuns: runs, seed });
}

/** Plays a sequence and asks about what became of it. */
function played<T>(
  options: WorldOptions,
  sequence: readonly Happening[],
  ask: (world: World) => T,
): T {
  const world = worldOf(options);
  try {
    for (const happening of sequence) world.play(happening);
    return ask(world);
  } finally {
    world.close();
  }
}

function checkPairs<T>(
  { runs, seed, tried }: Trial,
  happening: fc.Arbitrary<Happening>,
  more: fc.Arbitrary<T>,
  compare: (sequence: readonly Happening[], extra: T) => void,
): void {
  const property = fc.property(fc.array(happening, { maxLength: 20 }), more, (sequence, extra) => {
    tried?.();
    compare(sequence, extra);
  });
  fc.assert(property, { numRuns: runs, seed });
}

/** P07: a clock that is ahead decides nothing. */
export function checkClocks(trial: Trial): void {
  const offsets = fc.integer({ min: -1e9, max: 1e9 });
  checkPairs(trial, evenHappening, offsets, (sequence, ahead) => {
    const told = (offset: number) =>
      played({ mode: 'improved', offset }, sequence, ({ lines, engine }) => [
        lines(),
        contents(engine),
      ]);
    deepEqual(told(ahead), told(0), 'P07');
  });
}

/** P08: the other way round, the same the other way round. */
export function checkMirror(trial: Trial): void {
  checkPairs(trial, directedHappening, fc.constant(undefined), (sequence) => {
    const told = (each: readonly Happening[], isMirrored: boolean) =>
      played({ mode: 'improved' }, each, ({ lines, engine }) => {
        const sides = values(engine);
        return [lines(), isMirrored ? sides.toReversed() : sides];
      });
    deepEqual(told(sequence.map(mirrored), true), told(sequence, false), 'P08');
  });
}

/** P10: whether rows are decided one by one or all at once decides nothing. */
export function checkOrder(trial: Trial): void {
  checkPairs(trial, evenHappening, fc.constant(undefined), (sequence) => {
    const told = (batch: number) =>
      played(
        { mode: 'improved' },
        sequence.map((each) => (each.kind === 'run' ? { ...each, batch } : each)),
        ({ lines, engine }) => [lines(), values(engine)],
      );
    deepEqual(told(1), told(10_000), 'P10');
  });
}

/** P11: the same sequence, the same bytes. */
export function checkDeterminism(trial: Trial): void {
  checkPairs(trial, evenHappening, fc.constantFrom('improved', 'faithful'), (sequence, mode) => {
    const image = (): Buffer =>
      played({ mode }, sequence, ({ engine }) => Buffer.from(engine.store.image()));
    deepEqual(image().equals(image()), true, 'P11');
  });
}

/** P06 for one run that inserts, modifies and fails, or one Restore Records; cut at each of its statements. */
export function checkEveryCut(at: 'run' | 'restore records'): void {
  const before: readonly Happening[] = [
    { kind: 'add', side: 'BusinessCentral', slot: 0, name: 'x' },
    { kind: 'add', side: 'Dataverse', slot: 1, name: 'c' },
    { kind: 'run', direction: 'both', batch: 1 },
    { kind: 'edit both', slot: 0, fields: [1, 2], values: ['a', 'b'] },
    { kind: 'add', side: 'Dataverse', slot: 2, name: 'b' },
    { kind: 'delete', side: 'BusinessCentral', slot: 1 },
    // Twice the same failure: the row is on the page.
    { kind: 'touch', side: 'Dataverse', slot: 1 },
    ...(at === 'run'
      ? []
      : ([
          { kind: 'run', direction: 'both', batch: 10_000 },
          { kind: 'run', direction: 'both', batch: 10_000 },
        ] as const)),
  ];
  for (let statement = 1; statement <= MOST_STATEMENTS[at]; statement += 1) {
    played({ mode: 'improved' }, [...before, { kind: 'crash', statement, at, batch: 1 }], (world) =>
      world.settle(),
    );
  }
}

/** About as many as they have. */
const MOST_STATEMENTS = { run: 100, 'restore records': 50 } as const;
