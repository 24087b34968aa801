import * as fc from 'fast-check';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { type Happening, SLOTS, type World, worldOf } from './world.ts';

const side = fc.constantFrom<SideName>('BusinessCentral', 'Dataverse');
const slot = fc.nat(SLOTS - 1);
const value = fc.constantFrom('a', 'b', 'c', 'x');
const batch = fc.constantFrom(1, 2, 10_000);
const kind = <K extends Happening['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name);

const edit = fc.record({
  kind: kind('edit'),
  side,
  slot,
  field: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  value,
});
const field = fc.constantFrom<0 | 1 | 2>(0, 1, 2);
const editBoth = fc.record({
  kind: kind('edit both'),
  slot,
  fields: fc.tuple(field, field),
  values: fc.tuple(value, value),
});
const add = fc.record({ kind: kind('add'), side, slot, name: value });
const run = fc.record({
  kind: kind('run'),
  direction: fc.constantFrom<'to' | 'from' | 'both'>('both', 'both', 'to', 'from'),
  batch,
});
const rare = [
  fc.record({ kind: kind('touch'), side, slot }),
  fc.record({ kind: kind('delete'), side, slot }),
  fc.record({ kind: kind('wait'), milliseconds: fc.constantFrom(1, 500, 3_600_000) }),
  fc.record({
    kind: kind('refuse'),
    side,
    letter: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    transient: fc.boolean(),
  }),
  fc.record({
    kind: kind('update'),
    resolution: fc.constantFrom<
      'None' | 'Send data update to integration table' | 'Get data update from integration table'
    >('None', 'Send data update to integration table', 'Get data update from integration table'),
  }),
  fc.record({ kind: kind('onlyCoupled'), value: fc.boolean() }),
  fc.record({ kind: kind('retry all') }),
] as const;
const clock = fc.record({
  kind: kind('clock'),
  side,
  milliseconds: fc.integer({ min: -7_200_000, max: 7_200_000 }),
});
const crash = fc.record({ kind: kind('crash'), statement: fc.integer({ min: 1, max: 60 }), batch });

/** Everything that can happen. */
export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: add, weight: 3 },
  { arbitrary: edit, weight: 4 },
  { arbitrary: editBoth, weight: 5 },
  { arbitrary: run, weight: 8 },
  { arbitrary: crash, weight: 1 },
  { arbitrary: clock, weight: 1 },
  ...rare.map((arbitrary) => ({ arbitrary: arbitrary as fc.Arbitrary<Happening>, weight: 1 })),
);

/** Without what depends on which clock or which side is asked: jumps of a clock and power failures. */
export const plainHappening: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: add, weight: 3 },
  { arbitrary: edit, weight: 4 },
  { arbitrary: editBoth, weight: 5 },
  { arbitrary: run, weight: 8 },
  ...rare.map((arbitrary) => ({ arbitrary: arbitrary as fc.Arbitrary<Happening>, weight: 1 })),
);

/** What the model knows: which slots hold a row. */
export interface Model {
  readonly alive: Set<string>;
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
        return !alive.has(`${happening.side} ${happening.slot}`);
      case 'edit':
      case 'touch':
      case 'delete':
        return alive.has(`${happening.side} ${happening.slot}`);
      default:
        return true;
    }
  }

  run(model: Model, world: World): void {
    const { happening } = this;
    world.play(happening);
    if (happening.kind === 'add') model.alive.add(`${happening.side} ${happening.slot}`);
    if (happening.kind === 'delete') model.alive.delete(`${happening.side} ${happening.slot}`);
    // No run deletes what a person made: these mappings have no strategy that would.
    for (const key of model.alive) {
      const [name = '', number = ''] = key.split(' ');
      const isThere = world.holds(
        name === 'Dataverse' ? 'Dataverse' : 'BusinessCentral',
        Number(number),
      );
      if (!isThere) throw new Error(`${key} is gone`);
    }
    for (const name of ['BusinessCentral', 'Dataverse'] as const) {
      for (let number = 0; number < SLOTS; number += 1) {
        if (world.holds(name, number)) model.alive.add(`${name} ${number}`);
      }
    }
  }

  toString(): string {
    return JSON.stringify(this.happening);
  }
}

/** Plays random sequences in a mode, and lets each come to rest; throws with the smallest sequence that fails. */
export function checkSequences(
  mode: EngineMode,
  parameters: fc.Parameters<[Iterable<fc.Command<Model, World>>]>,
): void {
  fc.assert(
    fc.property(
      fc.commands([anyHappening.map((happening) => new Happens(happening))], { maxCommands: 25 }),
      (commands) => {
        const world = worldOf({ mode });
        try {
          fc.modelRun(() => ({ model: { alive: new Set<string>() }, real: world }), commands);
          // The product loses insertions and believes clocks; it does not come to rest equal (`bc-sync.md` 2.7).
          if (mode === 'improved') world.settle();
        } finally {
          world.close();
        }
      },
    ),
    parameters,
  );
}
