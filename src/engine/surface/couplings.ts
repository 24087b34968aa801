import { couplingTables } from '../actions/coupledErrors.ts';
import type { Engine } from '../engine.ts';
import type { Cell } from '../store/database.ts';
import { containsSql, descriptionSql } from './names.ts';
import type { CouplingState, CouplingsPage, CouplingsRequest, CouplingView } from './types.ts';

const DEFAULT_LIMIT = 100;

/** The state of a coupling `c` of the rows `b` and `d`; what is most urgent comes first. */
export const stateSql = `CASE WHEN NOT b.alive OR NOT d.alive THEN 'broken' WHEN c.skipped THEN 'skipped'
  WHEN c.to_result IS 2 OR c.from_result IS 2 THEN 'failed'
  WHEN c.bc_synched IS NULL AND c.dv_synched IS NULL THEN 'neverSynchronized' ELSE 'synchronized' END`;

/** A page of couplings, counted and cut in SQL: a hundred thousand of them are never read. */
export function couplingsPage(
  engine: Engine,
  { mapping: wanted, state, search = '', offset = 0, limit = DEFAULT_LIMIT }: CouplingsRequest = {},
): CouplingsPage {
  const { store } = engine;
  const needle = search.trim().toLowerCase();
  const rows: CouplingView[] = [];
  let total = 0;
  for (const { mapping, table, integrationTable } of couplingTables(engine)) {
    if (wanted !== undefined && mapping.name !== wanted) continue;
    const conditions = [
      `c.tbl = ${table.no}`,
      ...(state === undefined ? [] : [`${stateSql} = '${state}'`]),
      ...(needle === ''
        ? []
        : [
            `(${containsSql(table, 'b', needle)} OR ${containsSql(integrationTable, 'd', needle)})`,
          ]),
    ];
    const from = `FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid WHERE ${conditions.join(' AND ')}`;
    const parameters: readonly Cell[] = needle === '' ? [] : [needle];
    const count = Number(store.value(`SELECT count(*) ${from}`, parameters));
    const first = Math.max(0, offset - total);
    const left = limit - rows.length;
    total += count;
    if (left <= 0 || first >= count) continue;
    const found = store.rows(
      `SELECT b.id, d.id, ${descriptionSql(table, 'b')}, ${descriptionSql(integrationTable, 'd')}, b.alive, d.alive, ${stateSql}, c.bc_synched, c.dv_synched, c.skipped ${from} ORDER BY c.bc_rid LIMIT ${left} OFFSET ${first}`,
      parameters,
    );
    for (const cells of found) rows.push(couplingView(mapping.name, cells));
  }
  return { total, rows };
}

export function couplingView(
  mapping: string,
  [integrationId, crmId, own, other, bc, dv, state, bcSynched, dvSynched, skipped]: readonly Cell[],
): CouplingView {
  return {
    mapping,
    integrationId: String(integrationId),
    crmId: String(crmId),
    description: String(own),
    coupledTo: String(other),
    recordExists: bc === 1,
    coupledRecordExists: dv === 1,
    state: stateNamed(state),
    lastSynchModifiedOn: typeof bcSynched === 'number' ? bcSynched : undefined,
    lastSynchCrmModifiedOn: typeof dvSynched === 'number' ? dvSynched : undefined,
    skipped: skipped === 1,
  };
}

const states: readonly CouplingState[] = [
  'synchronized',
  'neverSynchronized',
  'failed',
  'skipped',
  'broken',
];

const stateNamed = (cell: Cell | undefined): CouplingState =>
  states.find((state) => state === cell) ?? 'synchronized';
