import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { nodeDisk } from '../../src/engine/disk/nodeDisk.ts';
import { openStore, type OpenStore } from '../../src/engine/disk/openStore.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/engine/engine.ts';
import type { EngineProject } from '../../src/engine/model/project.ts';
import type { FieldDefinition } from '../../src/engine/model/table.ts';
import { finish, runMapping } from '../../src/engine/run/runMapping.ts';
import { insertRow, tableOf, writeRows } from '../../src/engine/sides/localSide.ts';
import { EDITED, FIELDS, fieldsOf, guid } from './records.ts';
import type { SideLetter, SyncPair } from './pair.ts';

const tables = { a: 'Customer', b: 'account' } as const;
const sides = { a: 'BusinessCentral', b: 'Dataverse' } as const;

const fields: readonly FieldDefinition[] = FIELDS.map((name) => ({
  name,
  type: name === 'credit' || name === 'discount' ? 'decimal' : 'text',
}));

/** One record in so many that the other side can't take. */
const REFUSED = 1000;

/** The engine as people get it: couplings, log, outcome of every row, history, both directions. */
const projectOf = (isRefusing: boolean): EngineProject => ({
  mode: 'improved',
  tables: [{ name: tables.a, fields }],
  integrationTables: [{ name: tables.b, fields, ...(isRefusing ? { primaryKey: ['name'] } : {}) }],
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
});

export interface Variant {
  /** One record in a thousand has a name that a record of the other side has already. */
  readonly isRefusing?: boolean;
  /** Kept in a folder, as a project is, and not in memory alone, as the peers are. */
  readonly isOnDisk?: boolean;
}

export async function ours(
  perSide: number,
  { isRefusing = false, isOnDisk = false }: Variant = {},
): Promise<SyncPair> {
  const options = { ...steady, sqlJs: await initSqlJs() };
  const create = (given: EngineOptions): Engine => engineWith(given, perSide, isRefusing);
  const store = isOnDisk ? storeWith(options, create) : undefined;
  const engine = store?.engine ?? create(options);
  let failed = 0;
  return {
    sync() {
      const { jobs } = finish(runMapping(engine, { mapping: 'CUSTOMER' }));
      failed = Math.max(...jobs.map(({ counters }) => counters.failed + counters.skipped));
    },
    refused: isRefusing ? Math.ceil(perSide / REFUSED) : 0,
    conflicts: () => failed,
    idOn(on, madeBy, number) {
      const id = guid(madeBy, number);
      return on === madeBy ? id : partner(engine, on, id);
    },
    edit(on, ids, phone) {
      const stamp = { at: Date.now(), by: 'somebody' };
      const table = tableOf(engine.tables(), sides[on], tables[on]);
      engine.store.transaction(() => {
        writeRows(
          engine.store,
          table,
          ids.map((id) => ({ id, values: { [EDITED]: phone }, ...stamp })),
        );
      });
    },
    count: (on) =>
      Number(engine.store.value(`SELECT count(*) FROM ${on === 'a' ? 'r1' : 'r2'} WHERE alive`)),
    phone: (on, id) => engine.sides[sides[on]].readById(tables[on], id)?.values[EDITED],
    ...(store === undefined
      ? {}
      : {
          save() {
            const { kind } = store.save();
            if (kind !== 'saved') throw new Error(`the store is ${kind}`);
          },
        }),
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

const lastId = { number: 0 };

const steady: Omit<EngineOptions, 'sqlJs'> = {
  clock: { BusinessCentral: Date.now, Dataverse: Date.now },
  ids: {
    block(count) {
      const first = lastId.number + 1;
      lastId.number += count;
      return { prefix: '00000000-0000-8000-8000-', first };
    },
  },
};

/** A store in a folder; the records are in its first image. */
function storeWith(options: EngineOptions, create: (given: EngineOptions) => Engine): OpenStore {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return openStore({
    disk: nodeDisk(folder),
    options,
    create,
    owner: { id: 'bench', pid: process.pid, host: 'here', name: 'bench' },
    now: Date.now,
    isAlive: () => false,
  });
}

function engineWith(options: EngineOptions, perSide: number, isRefusing: boolean): Engine {
  const engine = createEngine(projectOf(isRefusing), options);
  const stamp = { at: Date.now() - 1000, by: 'somebody' };
  engine.store.transaction(() => {
    for (const side of ['a', 'b'] as const) {
      const table = tableOf(engine.tables(), sides[side], tables[side]);
      for (let number = 0; number < perSide; number += 1) {
        const isTaken = isRefusing && side === 'a' && number % REFUSED === 0;
        const values = fieldsOf(isTaken ? 'b' : side, number);
        insertRow(engine.store, table, guid(side, number), values, stamp);
      }
    }
  });
  return engine;
}
