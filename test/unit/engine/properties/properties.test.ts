import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { checkSequences, plainHappening } from './commands.ts';
import { contents, type Happening, type World, worldOf, type WorldOptions } from './world.ts';

const sequence = fc.array(plainHappening, { maxLength: 20 });

/** Plays a sequence and asks about what became of it. */
function played<T>(
  options: WorldOptions,
  happenings: readonly Happening[],
  ask: (world: World) => T,
): T {
  const world = worldOf(options);
  try {
    for (const happening of happenings) world.play(happening);
    return ask(world);
  } finally {
    world.close();
  }
}

describe('the engine', () => {
  for (const mode of ['improved', 'faithful'] as const) {
    it(`P01 to P06, P09, P12: random sequences, ${mode}`, () => {
      checkSequences(mode, { numRuns: 150, seed: 20_260_105 });
    });
  }

  it('P07: a clock that is ahead decides nothing', () => {
    const property = fc.property(
      sequence,
      fc.integer({ min: -1e9, max: 1e9 }),
      (happenings, offset) => {
        const told = (ahead: number) =>
          played({ mode: 'improved', offset: ahead }, happenings, ({ lines, engine }) => [
            lines(),
            contents(engine),
          ]);
        deepEqual(told(offset), told(0));
      },
    );
    fc.assert(property, { numRuns: 60, seed: 7 });
  });

  it('P08: the other way round, the same the other way round', () => {
    const property = fc.property(sequence, (happenings) => {
      const directed = happenings.filter(
        (each) => each.kind !== 'run' || each.direction !== 'both',
      );
      const told = (each: readonly Happening[], order: readonly [number, number]) =>
        played({ mode: 'improved' }, each, ({ lines, engine }) => {
          const sides = contents(engine) as readonly (readonly (readonly unknown[])[])[];
          const values = sides.map((rows) =>
            rows.map(([, ...cells]) => cells.map((cell) => cell ?? '').join()).toSorted(),
          );
          return [lines(), order.map((side) => values[side])];
        });
      deepEqual(told(directed.map(mirrored), [1, 0]), told(directed, [0, 1]));
    });
    fc.assert(property, { numRuns: 60, seed: 8 });
  });

  it('P10: the order inside a run decides nothing', () => {
    const property = fc.property(sequence, (happenings) => {
      const told = (batch: number) =>
        played(
          { mode: 'improved' },
          happenings.map((each) => (each.kind === 'run' ? { ...each, batch } : each)),
          ({ lines, engine }) => {
            const [customers, accounts] = contents(
              engine,
            ) as readonly (readonly (readonly unknown[])[])[];
            const values = [customers, accounts].map((rows) =>
              rows?.map(([, ...cells]) => cells.join()).toSorted(),
            );
            return [lines(), values];
          },
        );
      deepEqual(told(1), told(10_000));
    });
    fc.assert(property, { numRuns: 60, seed: 10 });
  });

  it('P11: the same sequence, the same bytes', () => {
    const property = fc.property(sequence, (happenings) => {
      const image = () =>
        played({ mode: 'improved' }, happenings, (world) =>
          Buffer.from(world.image()).toString('base64'),
        );
      deepEqual(image(), image());
    });
    fc.assert(property, { numRuns: 20, seed: 11 });
  });
});

function mirrored(happening: Happening): Happening {
  switch (happening.kind) {
    case 'run':
      return { ...happening, direction: happening.direction === 'to' ? 'from' : 'to' };
    case 'update': {
      const swapped = {
        None: 'None',
        'Send data update to integration table': 'Get data update from integration table',
        'Get data update from integration table': 'Send data update to integration table',
      } as const;
      return { ...happening, resolution: swapped[happening.resolution] };
    }
    default:
      return 'side' in happening
        ? { ...happening, side: happening.side === 'Dataverse' ? 'BusinessCentral' : 'Dataverse' }
        : happening;
  }
}
