import { deepEqual, equal, ok } from 'node:assert/strict';
import { openCoupledErrors } from '../../../../src/engine/actions/coupledErrors.ts';
import { enabledActions } from '../../../../src/engine/actions/enabled.ts';
import { uncouple } from '../../../../src/engine/coupling/uncouple.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { counterNames, type SynchJob } from '../../../../src/engine/model/job.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import type { Cell } from '../../../../src/engine/store/database.ts';
import type { RowTable } from '../../../../src/engine/store/rowTables.ts';

/** Every row there is, deleted ones too, by table and row id: `r1 5` → its version, whether it lives, its fields. */
export type Snapshot = ReadonlyMap<string, string>;

const columnsOf = ({ columns }: RowTable): string =>
  columns.map(({ column }) => `, ${column}`).join('');

export const snapshot = ({ store, tables }: Engine): Snapshot =>
  new Map(
    tables().flatMap((table) =>
      store
        .rows(`SELECT rid, seq, alive${columnsOf(table)} FROM ${table.rows}`)
        .map(([rid, ...row]) => [`${table.rows} ${rid}`, JSON.stringify(row)] as const),
    ),
  );

/** The fields of a row of a snapshot. */
export const cellsOf = (row: string | undefined): readonly unknown[] =>
  row === undefined ? [] : (JSON.parse(row) as readonly unknown[]).slice(2);

/** The living rows of each table, by id: id, then fields. */
export type Contents = readonly (readonly (readonly Cell[])[])[];

export const contents = ({ store, tables }: Engine): Contents =>
  tables().map((table) =>
    store.rows(`SELECT id${columnsOf(table)} FROM ${table.rows} WHERE alive ORDER BY id`),
  );

/** What the rows of each table hold, whatever their ids are; null and blank are the same nothing. */
export const values = (engine: Engine): readonly (readonly string[])[] =>
  contents(engine).map((rows) =>
    rows.map(([, ...cells]) => cells.map((cell) => cell ?? '').join()).toSorted(),
  );

/** P04: what a run overwrote or deleted is in the history, under the version it had. */
export function checkNothingLost(engine: Engine, before: Snapshot): void {
  const after = snapshot(engine);
  for (const table of engine.tables()) {
    const kept = new Set(
      engine.store
        .rows(`SELECT rid, seq, alive${columnsOf(table)} FROM ${table.history}`)
        .map(([rid, ...row]) => `${table.rows} ${rid} ${JSON.stringify(row)}`),
    );
    for (const [key, row] of before) {
      if (!key.startsWith(`${table.rows} `) || after.get(key) === row) continue;
      ok(kept.has(`${key} ${row}`), `P04: ${key} ${row} was overwritten and is nowhere`);
    }
  }
}

/** O07: the counters of a job are the rows it decided. */
export function checkConservation({ store }: Engine, job: SynchJob): void {
  const counted = counterNames.reduce((sum, name) => sum + job.counters[name], 0);
  equal(counted, store.value('SELECT count(*) FROM outcome WHERE job = ?', [job.no]), 'O07');
}

/** P05, and couplings only ever name rows that are known. */
export function checkCouplings({ store, tables }: Engine): void {
  const [bc, dv] = [
    tableOf(tables(), 'BusinessCentral', 'Customer'),
    tableOf(tables(), 'Dataverse', 'account'),
  ];
  const [row] = store.rows(
    `SELECT count(*), count(DISTINCT bc_rid), count(DISTINCT dv_rid), ifnull(sum(bc_rid IN (SELECT rid FROM ${bc.rows}) AND dv_rid IN (SELECT rid FROM ${dv.rows})), 0) FROM coupling`,
  );
  const [count, records, partners, known] = (row ?? []).map(Number);
  deepEqual([records, partners, known], [count, count, count], 'P05');
}

class TakenBack extends Error {}

/** P12: whatever is on the page can be taken off it by an action that is enabled there. */
export function checkActions(engine: Engine): void {
  for (const row of openCoupledErrors(engine).rows) {
    ok(enabledActions(row).includes('Delete Couplings'), 'P12: Delete Couplings is off');
    try {
      engine.store.transaction(() => {
        finish(uncouple(engine, { mapping: row.mapping, ids: [row.integrationId] }));
        const left = openCoupledErrors(engine).rows.map(({ integrationId }) => integrationId);
        ok(!left.includes(row.integrationId), 'P12: the row stays on the page');
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  }
}

/** P01, P02, P03: runs without edits come to rest, with every pair equal or an error that says why not. */
export function checkRest(engine: Engine, run: () => void): void {
  const pairs = Number(
    engine.store.value('SELECT (SELECT count(*) FROM r1) + (SELECT count(*) FROM r2)'),
  );
  let before = '';
  let rounds = 0;
  for (let now = JSON.stringify(contents(engine)); before !== now; rounds += 1) {
    ok(rounds <= pairs + 2, 'P02: it does not come to rest');
    before = now;
    run();
    now = JSON.stringify(contents(engine));
  }
  run();
  const rest = snapshot(engine);
  run();
  deepEqual(snapshot(engine), rest, 'P03: a run at rest writes');
  const differing = engine.store.rows(
    `SELECT b.id, b.c0, d.c0, b.c1, d.c1, b.c2, d.c2 FROM coupling c JOIN r1 b ON b.rid = c.bc_rid JOIN r2 d ON d.rid = c.dv_rid
     WHERE b.alive AND d.alive AND NOT c.skipped AND c.to_result IS NOT 2 AND c.from_result IS NOT 2
     AND (b.c0 <> ifnull(d.c0, '') OR b.c1 <> ifnull(d.c1, '') OR b.c2 <> ifnull(d.c2, ''))`,
  );
  deepEqual(differing, [], 'P01: a pair differs and nobody says so');
}
