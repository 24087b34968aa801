import initSqlJs from 'sql.js';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import type { EngineProject } from '../../src/engine/model/project.ts';
import type { FieldDefinition } from '../../src/engine/model/table.ts';
import { finish, runMapping } from '../../src/engine/run/runMapping.ts';
import { insertRow, tableOf, writeRow } from '../../src/engine/sides/localSide.ts';
import { EDITED, FIELDS, fieldsOf, guid } from './records.ts';
import type { SideLetter, SyncPair } from './pair.ts';

const tables = { a: 'Customer', b: 'account' } as const;
const sides = { a: 'BusinessCentral', b: 'Dataverse' } as const;

const fields: readonly FieldDefinition[] = FIELDS.map((name) => ({
  name,
  type: name === 'credit' || name === 'discount' ? 'decimal' : 'text',
}));

/** The engine as people get it: couplings, log, outcome of every row, history, both directions. */
const project: EngineProject = {
  mode: 'improved',
  tables: [{ name: tables.a, fields }],
  integrationTables: [{ name: tables.b, fields, rules: [] }],
  mappings: [
    {
      name: 'CUSTOMER',
      table: tables.a,
      integrationTable: tables.b,
      direction: 'Bidirectional',
      synchOnlyCoupledRecords: false,
      fields: FIELDS.map((name) => ({
        field: name,
        integrationField: name,
        direction: 'Bidirectional',
      })),
    },
  ],
};

export async function ours(perSide: number): Promise<SyncPair> {
  const engine = await engineWith(perSide);
  let failed = 0;
  return {
    sync() {
      const { jobs } = finish(runMapping(engine, { mapping: 'CUSTOMER' }));
      failed = Math.max(...jobs.map(({ counters }) => counters.failed + counters.skipped));
    },
    conflicts: () => failed,
    idOn(on, madeBy, number) {
      const id = guid(madeBy, number);
      return on === madeBy ? id : partner(engine, on, id);
    },
    edit(on, ids, phone) {
      const stamp = { at: Date.now(), by: 'somebody' };
      const table = tableOf(engine.tables(), sides[on], tables[on]);
      engine.store.transaction(() => {
        for (const id of ids) writeRow(engine.store, table, id, { [EDITED]: phone }, stamp);
      });
    },
    count: (on) =>
      Number(engine.store.value(`SELECT count(*) FROM ${on === 'a' ? 'r1' : 'r2'} WHERE alive`)),
    phone: (on, id) => engine.sides[sides[on]].readById(tables[on], id)?.values[EDITED],
    image: () => engine.store.image(),
  };
}

function partner({ store }: Engine, on: SideLetter, id: string): string {
  const found = store.value(
    on === 'b'
      ? 'SELECT d.id FROM r1 b JOIN coupling c ON c.bc_rid = b.rid JOIN r2 d ON d.rid = c.dv_rid WHERE b.id = ?'
      : 'SELECT b.id FROM r2 d JOIN coupling c ON c.dv_rid = d.rid JOIN r1 b ON b.rid = c.bc_rid WHERE d.id = ?',
    [id],
  );
  return String(found);
}

async function engineWith(perSide: number): Promise<Engine> {
  let last = 0;
  const engine = createEngine(project, {
    sqlJs: await initSqlJs(),
    clock: { BusinessCentral: Date.now, Dataverse: Date.now },
    ids: {
      block(count) {
        const first = last + 1;
        last += count;
        return { prefix: '00000000-0000-8000-8000-', first };
      },
    },
  });
  const stamp = { at: Date.now() - 1000, by: 'somebody' };
  engine.store.transaction(() => {
    for (const side of ['a', 'b'] as const) {
      const table = tableOf(engine.tables(), sides[side], tables[side]);
      for (let number = 0; number < perSide; number += 1) {
        insertRow(engine.store, table, guid(side, number), fieldsOf(side, number), stamp);
      }
    }
  });
  return engine;
}
