import * as fc from 'fast-check';
import type { SideName } from '../../../../src/engine/model/side.ts';
import { type FieldNumber, type Happening, type RunDirection, SLOTS } from './happenings.ts';

const side = fc.constantFrom<SideName>('BusinessCentral', 'Dataverse');
const slot = fc.nat(SLOTS - 1);
const value = fc.constantFrom('a', 'b', 'c', 'x');
const batch = fc.constantFrom(1, 2, 10_000);
const field = fc.constantFrom<FieldNumber>(0, 1, 2);
const kind = <K extends Happening['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name);

const SEND = 'Send data update to integration table';
const GET = 'Get data update from integration table';

const often = [
  { arbitrary: fc.record({ kind: kind('add'), side, slot, name: value }), weight: 3 },
  { arbitrary: fc.record({ kind: kind('edit'), side, slot, field, value }), weight: 4 },
  {
    arbitrary: fc.record({
      kind: kind('edit both'),
      slot,
      fields: fc.tuple(field, field),
      values: fc.tuple(value, value),
    }),
    weight: 5,
  },
] as const;

const runIn = (...directions: readonly RunDirection[]) =>
  fc.record({ kind: kind('run'), direction: fc.constantFrom(...directions), batch });

const rare: readonly fc.Arbitrary<Happening>[] = [
  fc.record({ kind: kind('touch'), side, slot }),
  fc.record({ kind: kind('delete'), side, slot }),
  fc.record({ kind: kind('revive'), side, slot }),
  fc.record({ kind: kind('wait'), milliseconds: fc.constantFrom(1, 500, 3_600_000) }),
  fc.record({
    kind: kind('refuse'),
    side,
    letter: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    transient: fc.boolean(),
  }),
  fc.record({ kind: kind('update'), resolution: fc.constantFrom('None', SEND, GET) }),
  fc.record({
    kind: kind('deletion'),
    resolution: fc.constantFrom('None', 'Restore Records', 'Remove Coupling'),
  }),
  fc.record({ kind: kind('onlyCoupled'), value: fc.boolean() }),
  fc.record({ kind: kind('force'), side, slot }),
  fc.record({ kind: kind('uncouple'), slot }),
  fc.record({ kind: kind('retry all') }),
  fc.record({ kind: kind('restart') }),
];

const ofBothSides: readonly fc.Arbitrary<Happening>[] = [
  fc.record({ kind: kind('full run') }),
  fc.record({ kind: kind('restore records') }),
];

const uneven: readonly fc.Arbitrary<Happening>[] = [
  fc.record({ kind: kind('busy run'), side, slot, field, value }),
  fc.record({
    kind: kind('clock'),
    side,
    milliseconds: fc.integer({ min: -7_200_000, max: 7_200_000 }),
  }),
  fc.record({
    kind: kind('crash'),
    statement: fc.integer({ min: 1, max: 60 }),
    at: fc.constantFrom('run', 'run', 'restore records'),
    batch,
  }),
];

const weighted = (...arbitraries: readonly fc.Arbitrary<Happening>[]) =>
  arbitraries.map((arbitrary) => ({ arbitrary, weight: 1 }));

/** Everything that can happen. */
export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  ...often,
  { arbitrary: runIn('both', 'both', 'to', 'from'), weight: 8 },
  ...weighted(...rare, ...ofBothSides, ...uneven),
);

/** Without jumps of a clock, power failures and edits in a run, which two plays of one sequence do not meet at the same place. */
export const evenHappening: fc.Arbitrary<Happening> = fc.oneof(
  ...often,
  { arbitrary: runIn('both', 'both', 'to', 'from'), weight: 8 },
  ...weighted(...rare, ...ofBothSides),
);

/** Besides, nothing that begins with one side: what both directions do is not the same the other way round. */
export const directedHappening: fc.Arbitrary<Happening> = fc.oneof(
  ...often,
  { arbitrary: runIn('to', 'from'), weight: 8 },
  ...weighted(...rare),
);
