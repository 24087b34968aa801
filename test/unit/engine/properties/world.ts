import { deepEqual, equal, ok } from 'node:assert/strict';
import { openCoupledErrors } from '../../../../src/engine/actions/coupledErrors.ts';
import { enabledActions } from '../../../../src/engine/actions/enabled.ts';
import { retryAll } from '../../../../src/engine/actions/retry.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  openEngine,
} from '../../../../src/engine/engine.ts';
import { recoverInterrupted } from '../../../../src/engine/jobQueue/run.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import { counterNames, type SynchJob } from '../../../../src/engine/model/job.ts';
import type { UpdateConflictResolution } from '../../../../src/engine/model/mapping.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import type { BusinessRule } from '../../../../src/engine/model/table.ts';
import { finish, type RunRequest, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow, editRow, rowNamed } from '../../../../src/engine/sides/people.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { changeRowTable, columnOf } from '../../../../src/engine/store/rowTables.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';
import { propertyProject } from './project.ts';

/** What may happen between two runs, and the runs themselves; plain data, so that a sequence can be played again. */
export type Happening =
  | { readonly kind: 'add'; readonly side: SideName; readonly slot: number; readonly name: string }
  | {
      readonly kind: 'edit';
      readonly side: SideName;
      readonly slot: number;
      readonly field: 0 | 1 | 2;
      readonly value: string;
    }
  /** Two people at once: each changes a field of one row of a pair. */
  | {
      readonly kind: 'edit both';
      readonly slot: number;
      readonly fields: readonly [0 | 1 | 2, 0 | 1 | 2];
      readonly values: readonly [string, string];
    }
  | { readonly kind: 'touch'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'delete'; readonly side: SideName; readonly slot: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** The clock of a side jumps. */
  | { readonly kind: 'clock'; readonly side: SideName; readonly milliseconds: number }
  /** An app refuses the rows whose name begins so, or nothing. */
  | {
      readonly kind: 'refuse';
      readonly side: SideName;
      readonly letter: string | undefined;
      readonly transient: boolean;
    }
  | { readonly kind: 'update'; readonly resolution: UpdateConflictResolution }
  | { readonly kind: 'onlyCoupled'; readonly value: boolean }
  | { readonly kind: 'run'; readonly direction: 'to' | 'from' | 'both'; readonly batch: number }
  /** The power fails at a statement of the run, and the store is opened again. */
  | { readonly kind: 'crash'; readonly statement: number; readonly batch: number }
  | { readonly kind: 'retry all' };

export const SLOTS = 3;
const START = Date.UTC(2026, 0, 5, 8);

class PowerFailure extends Error {}

export interface WorldOptions {
  readonly mode: EngineMode;
  /** What the clock of Dataverse is ahead of the other. */
  readonly offset?: number;
}

/** An engine and the world around it. */
export interface World {
  engine: Engine;
  readonly play: (happening: Happening) => void;
  /** Whether a slot of a side holds a living row. */
  readonly holds: (side: SideName, slot: number) => boolean;
  readonly image: () => Uint8Array;
  readonly lines: () => readonly string[];
  readonly settle: () => void;
  readonly close: () => void;
}

export function worldOf({ mode, offset = 0 }: WorldOptions): World {
  let now = START;
  const ahead = { BusinessCentral: 0, Dataverse: offset };
  let last = 0;
  let powerFailsAt = Infinity;
  const options: EngineOptions = {
    sqlJs,
    clock: {
      BusinessCentral: () => now + ahead.BusinessCentral,
      Dataverse: () => now + ahead.Dataverse,
    },
    ids: {
      block: (count) => {
        const first = last + 1;
        last += count;
        return { prefix: '00000000-0000-8000-8000-', first };
      },
    },
    onStatement: () => {
      powerFailsAt -= 1;
      if (powerFailsAt === 0) throw new PowerFailure();
    },
  };
  const slots = new Map<string, string>();
  const world = { engine: createEngine(propertyProject(mode), options) };

  const idOf = (side: SideName, slot: number): string | undefined => slots.get(`${side} ${slot}`);
  const living = (side: SideName, slot: number): string | undefined => {
    const id = idOf(side, slot);
    return id !== undefined && rowNamed(world.engine, side, tables[side], id) !== undefined
      ? id
      : undefined;
  };

  /** People find the rows that a run made: each takes the slot of its partner, if nobody lives there. */
  const meetPartners = (): void => {
    const { store, tables: all } = world.engine;
    const [bc, dv] = (['BusinessCentral', 'Dataverse'] as const).map(
      (each) => tableOf(all(), each, tables[each]).rows,
    );
    for (const [record, partner] of store.rows(
      `SELECT b.id, d.id FROM coupling c JOIN ${bc} b ON b.rid = c.bc_rid JOIN ${dv} d ON d.rid = c.dv_rid WHERE b.alive AND d.alive ORDER BY b.rid`,
    )) {
      for (let slot = 0; slot < SLOTS; slot += 1) {
        const [here, there] = [idOf('BusinessCentral', slot), idOf('Dataverse', slot)];
        if (here === record && living('Dataverse', slot) === undefined) {
          slots.set(`Dataverse ${slot}`, String(partner));
        }
        if (there === partner && living('BusinessCentral', slot) === undefined) {
          slots.set(`BusinessCentral ${slot}`, String(record));
        }
      }
    }
  };

  /** Fields that a person wrote and the partner does not have yet: `5 c0`, by row id. */
  const pending = new Set<string>();

  const noteEdit = (side: SideName, id: string, name: string): void => {
    const table = tableOf(world.engine.tables(), side, tables[side]);
    const rid = world.engine.store.value(`SELECT rid FROM ${table.rows} WHERE id = ?`, [id]);
    pending.add(`${rid} ${columnOf(table, name)}`);
  };

  /** Improved: what one side alone changed is never overwritten (`bc-sync.md` 2.5); strategies decide where both did. */
  const checkUncontested = (before: Snapshot): void => {
    const after = snapshot(world.engine);
    for (const [record, partner] of world.engine.store.rows(
      'SELECT bc_rid, dv_rid FROM coupling',
    )) {
      for (const [index, column] of ['c0', 'c1', 'c2'].entries()) {
        const [here, there] = [`${record} ${column}`, `${partner} ${column}`];
        const cell = (from: Snapshot, table: string, rid: unknown): unknown =>
          cellsOf(from.get(`${table} ${String(rid)}`))[index] ?? '';
        const isOverwritten = (table: string, rid: unknown): boolean =>
          before.has(`${table} ${String(rid)}`) &&
          cell(before, table, rid) !== cell(after, table, rid);
        if (mode === 'improved') {
          const isLost =
            (isOverwritten('r1', record) && pending.has(here) && !pending.has(there)) ||
            (isOverwritten('r2', partner) && pending.has(there) && !pending.has(here));
          ok(
            !isLost,
            `${column} of ${record} and ${partner}: one side alone changed it, and it is overwritten`,
          );
        }
        if (cell(after, 'r1', record) === cell(after, 'r2', partner)) {
          pending.delete(here);
          pending.delete(there);
        }
      }
    }
  };

  const run = (request: Omit<RunRequest, 'mapping'>): void => {
    const before = snapshot(world.engine);
    let jobs: readonly SynchJob[] = [];
    try {
      ({ jobs } = finish(
        runMapping(world.engine, { mapping: 'CUSTOMER', confirmed: true, ...request }),
      ));
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
    }
    for (const job of jobs) checkConservation(world.engine, job);
    meetPartners();
    checkUncontested(before);
    checkNothingLost(world.engine, before);
    checkCouplings(world.engine);
    checkActions(world.engine);
  };

  const play = (happening: Happening): void => {
    const { engine } = world;
    now += 60_000;
    switch (happening.kind) {
      case 'add': {
        const { side, slot, name } = happening;
        if (living(side, slot) !== undefined) return;
        slots.set(
          `${side} ${slot}`,
          addRow(engine, side, tables[side], { [fields[side][0]]: name }),
        );
        return;
      }
      case 'edit': {
        const { side, slot, field, value } = happening;
        const id = living(side, slot);
        if (id === undefined) return;
        editRow(engine, side, tables[side], id, { [fields[side][field]]: value });
        noteEdit(side, id, fields[side][field]);
        return;
      }
      case 'edit both': {
        const { slot, fields: chosen, values } = happening;
        for (const [index, side] of (['BusinessCentral', 'Dataverse'] as const).entries()) {
          play({ kind: 'edit', side, slot, field: chosen[index] ?? 0, value: values[index] ?? '' });
        }
        return;
      }
      case 'touch': {
        const id = living(happening.side, happening.slot);
        if (id !== undefined) editRow(engine, happening.side, tables[happening.side], id, {});
        return;
      }
      case 'delete': {
        const id = living(happening.side, happening.slot);
        if (id !== undefined) deleteRow(engine, happening.side, tables[happening.side], id);
        return;
      }
      case 'wait':
        now += happening.milliseconds;
        return;
      case 'clock':
        ahead[happening.side] += happening.milliseconds;
        return;
      case 'refuse':
        refuse(engine, happening.side, happening.letter, happening.transient);
        return;
      case 'update':
        setMapping(engine, 'CUSTOMER', { updateConflictResolution: happening.resolution });
        return;
      case 'onlyCoupled':
        setMapping(engine, 'CUSTOMER', { synchOnlyCoupledRecords: happening.value });
        return;
      case 'run':
        run({
          batch: happening.batch,
          ...(happening.direction === 'both'
            ? {}
            : {
                direction:
                  happening.direction === 'to' ? 'ToIntegrationTable' : 'FromIntegrationTable',
              }),
        });
        return;
      case 'crash': {
        const before = snapshot(engine);
        powerFailsAt = happening.statement;
        try {
          finish(
            runMapping(engine, { mapping: 'CUSTOMER', confirmed: true, batch: happening.batch }),
          );
        } catch (error) {
          if (!(error instanceof PowerFailure) && !(error instanceof EngineRefusal)) throw error;
        }
        powerFailsAt = Infinity;
        const image = engine.store.image();
        engine.store.close();
        world.engine = openEngine(image, options);
        recoverInterrupted(world.engine);
        meetPartners();
        checkUncontested(before);
        checkNothingLost(world.engine, before);
        checkCouplings(world.engine);
        return;
      }
      case 'retry all': {
        const before = contents(engine);
        retryAll(engine);
        // P09
        deepEqual(contents(engine), before, 'Retry changed a record');
      }
    }
  };

  return {
    get engine() {
      return world.engine;
    },
    play,
    holds: (side, slot) => living(side, slot) !== undefined,
    image: () => world.engine.store.image(),
    lines: () =>
      world.engine.store
        .rows('SELECT line FROM outcome ORDER BY job, n')
        .map(([line]) => String(line)),
    settle() {
      refuse(world.engine, 'BusinessCentral', undefined, false);
      refuse(world.engine, 'Dataverse', undefined, false);
      settle(world.engine, () => {
        now += 24 * 3600_000;
        run({});
      });
    },
    close: () => world.engine.store.close(),
  };
}

const tables = { BusinessCentral: 'Customer', Dataverse: 'account' } as const;
export const fields = {
  BusinessCentral: ['Name', 'Fax', 'Phone'],
  Dataverse: ['name', 'fax', 'phone'],
} as const;

function refuse(
  engine: Engine,
  side: SideName,
  letter: string | undefined,
  transient: boolean,
): void {
  const table = tableOf(engine.tables(), side, tables[side]);
  const rules: readonly BusinessRule[] =
    letter === undefined
      ? []
      : (['insert', 'modify'] as const).map((on) => ({
          on,
          when: `WHERE(${fields[side][0]}=FILTER(${letter}*))`,
          error: `no ${letter}`,
          transient,
        }));
  changeRowTable(engine.store, table, { ...table.definition, rules });
}

/** The fields of a row of a snapshot. */
const cellsOf = (row: string | undefined): readonly unknown[] =>
  row === undefined ? [] : (JSON.parse(row) as readonly unknown[]).slice(2);

type Snapshot = ReadonlyMap<string, string>;

/** Every row that is there, by its row id, with its version and values. */
function snapshot({ store, tables: all }: Engine): Snapshot {
  return new Map(
    all().flatMap(({ rows, columns }) =>
      store
        .rows(
          `SELECT rid, seq, alive${columns.map(({ column }) => `, ${column}`).join('')} FROM ${rows}`,
        )
        .map((row) => [`${rows} ${row[0]}`, JSON.stringify(row.slice(1))] as const),
    ),
  );
}

/** P04: what a run overwrote or deleted is in the history, under the version it had. */
function checkNothingLost(engine: Engine, before: Snapshot): void {
  const after = snapshot(engine);
  for (const table of engine.tables()) {
    const kept = new Set(
      engine.store
        .rows(
          `SELECT rid, seq, alive${table.columns.map(({ column }) => `, ${column}`).join('')} FROM ${table.history}`,
        )
        .map(([rid, ...row]) => `${table.rows} ${rid} ${JSON.stringify(row)}`),
    );
    for (const [key, row] of before) {
      if (!key.startsWith(`${table.rows} `) || after.get(key) === row) continue;
      ok(kept.has(`${key} ${row}`), `${key} ${row} was overwritten and is nowhere`);
    }
  }
}

/** O07. */
function checkConservation({ store }: Engine, job: SynchJob): void {
  const counted = counterNames.reduce((sum, name) => sum + job.counters[name], 0);
  equal(counted, store.value('SELECT count(*) FROM outcome WHERE job = ?', [job.no]));
}

/** P05, and couplings only ever name rows that are known. */
function checkCouplings({ store, tables: all }: Engine): void {
  const [bc, dv] = [
    tableOf(all(), 'BusinessCentral', 'Customer'),
    tableOf(all(), 'Dataverse', 'account'),
  ];
  const [row] = store.rows(
    `SELECT count(*), count(DISTINCT bc_rid), count(DISTINCT dv_rid), sum(bc_rid IN (SELECT rid FROM ${bc.rows}) AND dv_rid IN (SELECT rid FROM ${dv.rows})) FROM coupling`,
  );
  const [count, records, partners, known] = (row ?? []).map(Number);
  deepEqual([records, partners, known], [count, count, count]);
}

/** P12: whatever is on the page can be taken off it. */
function checkActions(engine: Engine): void {
  for (const row of openCoupledErrors(engine).rows) {
    ok(enabledActions(row).includes('Delete Couplings'));
  }
}

/** Values of all living rows. */
export const contents = ({ store, tables: all }: Engine): unknown =>
  all().map(({ rows, columns }) =>
    store.rows(
      `SELECT id${columns.map(({ column }) => `, ${column}`).join('')} FROM ${rows} WHERE alive ORDER BY id`,
    ),
  );

/** P01, P02, P03: runs without edits come to rest, with every pair equal or an error that says why not. */
function settle(engine: Engine, run: () => void): void {
  const pairs =
    Number(engine.store.value('SELECT count(*) FROM r1') ?? 0) +
    Number(engine.store.value('SELECT count(*) FROM r2') ?? 0);
  let rounds = 0;
  for (
    let before: unknown;
    JSON.stringify(before) !== JSON.stringify(contents(engine));
    rounds += 1
  ) {
    ok(rounds <= pairs + 2, 'P02: it does not come to rest');
    before = contents(engine);
    run();
  }
  run();
  const before = snapshot(engine);
  run();
  deepEqual(snapshot(engine), before, 'P03: a run at rest writes');
  const differing = engine.store.rows(
    `SELECT b.id, b.c0, d.c0, b.c1, d.c1, b.c2, d.c2 FROM coupling c JOIN r1 b ON b.rid = c.bc_rid JOIN r2 d ON d.rid = c.dv_rid
     WHERE b.alive AND d.alive AND NOT c.skipped AND c.to_result IS NOT 2 AND c.from_result IS NOT 2
     AND (b.c0 <> ifnull(d.c0, '') OR b.c1 <> ifnull(d.c1, '') OR b.c2 <> ifnull(d.c2, ''))`,
  );
  deepEqual(differing, [], 'P01: a pair differs and nobody says so');
}
