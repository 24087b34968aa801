import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { createEngine, type Engine, openEngine } from '../../../src/engine/engine.ts';
import { message } from '../../../src/engine/model/message.ts';
import { finish, runMapping } from '../../../src/engine/run/runMapping.ts';
import { addError } from '../../../src/engine/store/errors.ts';
import { StoreTooNew } from '../../../src/engine/store/schema.ts';
import { surfaceOf } from '../../../src/engine/surface/surface.ts';
import { sqlJs } from '../../kit/sqlJs.ts';

const options = {
  sqlJs,
  clock: { BusinessCentral: () => 0, Dataverse: () => 0 },
  ids: { block: () => ({ prefix: '00000000-0000-8000-8000-', first: 1 }) },
};

function madeStore(): Engine {
  const fields = [{ name: 'name', type: 'text' }] as const;
  const engine = createEngine(
    {
      tables: [{ name: 'Customer', fields }],
      integrationTables: [{ name: 'account', fields }],
      mappings: [],
    },
    options,
  );
  engine.store.transaction(() =>
    addError(engine.store, {
      job: 1,
      sourceRid: 1,
      destinationRid: 2,
      message: message('recordNotFound', { record: 'x' }),
      at: 3,
    }),
  );
  return engine;
}

/** What takes a store back to an earlier version, the latest step first. */
const before: readonly (readonly [version: number, undo: string])[] = [
  [4, 'DROP TABLE candidate; CREATE TABLE candidate(n INTEGER PRIMARY KEY, rid INTEGER NOT NULL)'],
  [3, 'DROP INDEX synch_error_source'],
  [2, 'DROP TABLE given_rows; DROP TABLE given_coupling'],
];

function imageOfVersion(version: number): Uint8Array {
  const file = new sqlJs.Database(madeStore().store.image());
  for (const [each, undo] of before) if (each >= version) file.run(undo);
  file.run(`PRAGMA user_version = ${version}`);
  const image = file.export();
  file.close();
  return image;
}

const schemaOf = ({ store }: Engine): readonly unknown[] => [
  store.value('PRAGMA m.user_version'),
  store.rows('SELECT type, name, sql FROM m.sqlite_master ORDER BY type, name'),
];

describe('the schema of the store', () => {
  for (const [version] of before) {
    it(`takes over a store of version ${version}, with what is in it`, () => {
      const opened = openEngine(imageOfVersion(version), options);
      deepEqual(schemaOf(opened), schemaOf(openEngine(madeStore().store.image(), options)));
      const { rows, total } = surfaceOf(opened, 'en').jobErrors();
      equal(total, 1);
      equal(rows[0]?.at, 3);
    });
  }

  it('is one step ahead of the latest that is taken back here', () => {
    equal(madeStore().store.value('PRAGMA m.user_version'), (before[0]?.[0] ?? 0) + 1);
  });

  it('refuses a store of a later version', () => {
    throws(() => openEngine(imageOfVersion(99), options), StoreTooNew);
  });

  it('finds the last line of a record, and the failed couplings, by an index', () => {
    const { store } = madeStore();
    const plan = (sql: string): string =>
      store
        .rows(`EXPLAIN QUERY PLAN ${sql}`)
        .map((row) => String(row[3]))
        .join('\n');
    ok(
      /USING COVERING INDEX synch_error_source/u.test(
        plan('SELECT max(no) FROM synch_error WHERE source_rid = 1 AND job = 1'),
      ),
    );
    const failed = plan(
      'SELECT count(*) FROM coupling c WHERE c.tbl = 1 AND (c.skipped = 1 OR c.to_result = 2 OR c.from_result = 2)',
    );
    for (const index of ['skipped', 'to', 'from'])
      ok(failed.includes(`USING INDEX coupling_${index} `), failed);
  });

  for (const [mode, indexes] of [
    ['improved', []],
    ['faithful', ['r1_at', 'r2_at']],
  ] as const) {
    it(`has an index of times where the clock decides, ${mode}`, () => {
      const fields = [{ name: 'name', type: 'text' }] as const;
      let last = 0;
      const ids: typeof options.ids = {
        block: () => ({ prefix: '00000000-0000-8000-8000-', first: (last += 1) }),
      };
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
              fields: [{ field: 'name', integrationField: 'name', direction: 'Bidirectional' }],
            },
          ],
        },
        { ...options, ids },
      );
      finish(runMapping(engine, { mapping: 'CUSTOMER' }));
      deepEqual(
        engine.store
          .rows("SELECT name FROM m.sqlite_master WHERE name LIKE 'r%_at' ORDER BY name")
          .map(([name]) => name),
        indexes,
      );
    });
  }
});
