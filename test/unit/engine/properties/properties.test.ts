import {
  checkClocks,
  checkDeterminism,
  checkEveryCut,
  checkMirror,
  checkOrder,
  checkSequences,
} from './sequences.ts';

describe('the engine, whatever happens', function () {
  // Hundreds of sequences: seconds on a machine of its own, more beside others.
  this.timeout(120_000);

  for (const mode of ['improved', 'faithful'] as const) {
    it(`P01 to P06, P09, P12: random sequences, ${mode}`, () => {
      checkSequences(mode, { runs: 200, seed: 20_260_105 });
    });
  }

  for (const at of ['run', 'restore records'] as const) {
    it(`P06: the power fails at any statement of ${at}`, () => checkEveryCut(at));
  }

  it('P07: a clock that is ahead decides nothing', () => checkClocks({ runs: 60, seed: 7 }));

  it('P08: the other way round, the same the other way round', () =>
    checkMirror({ runs: 60, seed: 8 }));

  it('P10: the order inside a run decides nothing', () => checkOrder({ runs: 60, seed: 10 }));

  it('P11: the same sequence, the same bytes', () => checkDeterminism({ runs: 30, seed: 11 }));
});
