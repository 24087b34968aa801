import { deepEqual, equal } from 'node:assert/strict';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import type { EngineMode } from '../../../src/engine/model/project.ts';
import type { FieldValues } from '../../../src/engine/model/table.ts';
import { finish, runMapping } from '../../../src/engine/run/runMapping.ts';
import { editRow } from '../../../src/engine/sides/people.ts';
import { couplingsOf } from '../../../src/engine/store/couplings.ts';
import { errorsOf } from '../../../src/engine/store/errors.ts';
import { sqlJs } from '../../kit/sqlJs.ts';

/** More fields than one integer has bits for (`run/masks.ts`). */
const NAMES = Array.from({ length: 130 }, (_, index) => `f${index}`);
/** The first and the last bit of a mask, the first of the next, and the ends of what is kept as bits. */
const PLACES = ['f0', 'f19', 'f20', 'f59', 'f60', 'f129'];

interface Pair {
  readonly engine: Engine;
  readonly edit: (side: 'BusinessCentral' | 'Dataverse', values: FieldValues) => void;
  readonly run: () => void;
  readonly values: () => readonly [FieldValues | undefined, FieldValues | undefined];
  readonly clashes: () => readonly unknown[];
}

/** A record with 130 fields and its partner, which agree on all of them. */
function agreedPair(mode: EngineMode): Pair {
  const fields = NAMES.map((name) => ({ name, type: 'text' as const }));
  let [now, last] = [1_000_000, 0];
  const engine = createEngine(
    {
      mode,
      tables: [{ name: 'Customer', fields }],
      integrationTables: [{ name: 'account', fields }],
      mappings: [
        {
          name: 'CUSTOMER',
          table: 'Customer',
          integrationTable: 'account',
          direction: 'Bidirectional',
          synchOnlyCoupledRecords: false,
          fields: NAMES.map((name) => ({
            field: name,
            integrationField: name,
            direction: 'Bidirectional',
          })),
        },
      ],
    },
    {
      sqlJs,
      clock: { BusinessCentral: () => now, Dataverse: () => now },
      ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
    },
  );
  const written = engine.sides.BusinessCentral.insert('Customer', { f0: 'a', f129: 'z' });
  const id = written.kind === 'written' ? written.row.id : '';
  const run = (): void => {
    now += 60_000;
    finish(runMapping(engine, { mapping: 'CUSTOMER' }));
  };
  run();
  const [table, integrationTable] = engine.tables();
  const partner =
    table && integrationTable
      ? (couplingsOf(engine.store, { table, integrationTable })[0]?.crmId ?? '')
      : '';
  return {
    engine,
    edit(side, values) {
      now += 60_000;
      const [name, row] = side === 'Dataverse' ? ['account', partner] : ['Customer', id];
      editRow(engine, side, name, row, values);
    },
    run,
    values: () => [
      engine.sides.BusinessCentral.readById('Customer', id)?.values,
      engine.sides.Dataverse.readById('account', partner)?.values,
    ],
    clashes: () =>
      errorsOf(engine.store, engine.tables()).map(({ message }) => message.args?.['field']),
  };
}

describe('more fields than an integer has bits', () => {
  for (const mode of ['improved', 'faithful'] as const) {
    for (const place of PLACES) {
      it(`carries over a change of ${place}, ${mode}`, () => {
        const pair = agreedPair(mode);
        pair.edit('BusinessCentral', { [place]: 'own' });
        pair.run();
        pair.edit('Dataverse', { [place]: 'other' });
        pair.run();
        const [own, other] = pair.values();
        equal(own?.[place], 'other');
        deepEqual(own, { ...other, ...Object.fromEntries(blanks(own)) });
        deepEqual(pair.clashes(), []);
      });

      it(`finds the conflict of ${place}, ${mode}`, () => {
        const pair = agreedPair(mode);
        pair.edit('BusinessCentral', { [place]: 'own' });
        pair.edit('Dataverse', { [place]: 'other' });
        pair.run();
        deepEqual(
          pair.values().map((each) => each?.[place]),
          ['own', 'other'],
        );
        // The improved mode tells a conflict once for both directions.
        deepEqual(pair.clashes(), mode === 'improved' ? [place] : [place, place]);
      });
    }
  }

  it('merges what each side changed of its own', () => {
    const pair = agreedPair('improved');
    pair.edit('BusinessCentral', { f0: 'own', f20: 'own', f129: 'own' });
    pair.edit('Dataverse', { f19: 'other', f59: 'other', f60: 'other' });
    pair.run();
    for (const each of pair.values()) {
      deepEqual(
        PLACES.map((place) => each?.[place]),
        ['own', 'other', 'own', 'other', 'other', 'own'],
      );
    }
    deepEqual(pair.clashes(), []);
  });
});

/** Business Central knows no null. */
const blanks = (values: FieldValues | undefined): readonly (readonly [string, string])[] =>
  Object.entries(values ?? {}).flatMap(([name, value]) => (value === '' ? [[name, '']] : []));
