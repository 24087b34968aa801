import type { Happening } from './happenings.ts';
import {
  checkClocks,
  checkDeterminism,
  checkEveryCut,
  checkMirror,
  checkOrder,
  checkSequences,
} from './sequences.ts';
import { worldOf } from './world.ts';

describe('the engine, whatever happens', function () {
  // Hundreds of sequences: seconds on a machine of its own, more beside others.
  this.timeout(300_000);

  for (const mode of ['improved', 'faithful'] as const) {
    it(`P01 to P06, P09, P12: random sequences, ${mode}`, () => {
      checkSequences(mode, { runs: 200, seed: 20_260_105 });
    });
  }

  for (const at of ['run', 'restore records'] as const) {
    it(`P06: the power fails at any statement of ${at}`, () => checkEveryCut(at));
  }

  it('P01: an edit between two batches of a run is not passed over', () => {
    const world = worldOf({ mode: 'improved' });
    try {
      const sequence: readonly Happening[] = [
        { kind: 'add', side: 'BusinessCentral', slot: 0, name: 'a' },
        { kind: 'add', side: 'BusinessCentral', slot: 1, name: 'b' },
        { kind: 'run', direction: 'both', batch: 1 },
        { kind: 'edit', side: 'BusinessCentral', slot: 0, field: 1, value: 'x' },
        { kind: 'busy run', side: 'BusinessCentral', slot: 1, field: 2, value: 'c' },
      ];
      for (const happening of sequence) world.play(happening);
      world.settle();
    } finally {
      world.close();
    }
  });

  it('P07: a clock that is ahead decides nothing', () => checkClocks({ runs: 60, seed: 7 }));

  it('P08: the other way round, the same the other way round', () =>
    checkMirror({ runs: 60, seed: 8 }));

  it('P10: the order inside a run decides nothing', () => checkOrder({ runs: 60, seed: 10 }));

  it('P11: the same sequence, the same bytes', () => checkDeterminism({ runs: 30, seed: 11 }));
});
