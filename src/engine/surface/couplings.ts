import { couplingTables } from '../actions/coupledErrors.ts';
import { noticeSql } from '../actions/notice.ts';
import type { Engine } from '../engine.ts';
import type { EngineMessage } from '../model/message.ts';
import type { CoupledTables } from '../store/couplings.ts';
import type { Cell, SqlStore } from '../store/database.ts';
import { containsSql, descriptionSql } from './names.ts';
import type { Say } from './say.ts';
import type {
  CouplingState,
  CouplingsPage,
  CouplingsRequest,
  CouplingView,
} from './views/couplings.ts';

const DEFAULT_LIMIT = 100;

/** The state of a coupling `c` of the rows `b` and `d`; what is most urgent comes first. */
const stateSql = `CASE WHEN NOT b.alive OR NOT d.alive THEN 'broken' WHEN c.skipped THEN 'skipped'
  WHEN c.to_result IS 2 OR c.from_result IS 2 THEN 'failed'
  WHEN c.bc_synched IS NULL AND c.dv_synched IS NULL THEN 'neverSynchronized' ELSE 'synchronized' END`;

/** A page of couplings, counted and cut in SQL: a hundred thousand of them are never read. */
export function couplingsPage(
  engine: Engine,
  say: Say,
  { mapping: wanted, state, search = '', offset = 0, limit = DEFAULT_LIMIT }: CouplingsRequest = {},
): CouplingsPage {
  const { store } = engine;
  const needle = search.trim().toLowerCase();
  const rows: CouplingView[] = [];
  let total = 0;
  for (const { mapping, table, integrationTable } of couplingTables(engine)) {
    if (wanted !== undefined && mapping.name !== wanted) continue;
    const pairs: Pairs = {
      table,
      integrationTable,
      from: `coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid`,
      where: `c.tbl = ${table.no}${state === undefined ? '' : ` AND ${stateSql} = '${state}'`}`,
    };
    const cut = { first: Math.max(0, offset - total), left: Math.max(0, limit - rows.length) };
    const page = needle === '' ? pageOf(store, pairs, cut) : foundPage(store, pairs, needle, cut);
    total += page.count;
    for (const cells of page.cells) rows.push(couplingView(mapping.name, cells, say));
  }
  return { total, rows };
}

/** The couplings of a pair of tables: the tables `c`, `b` and `d`, and which of their rows. */
interface Pairs extends CoupledTables {
  readonly from: string;
  readonly where: string;
}

interface Cut {
  readonly first: number;
  readonly left: number;
}

interface CutPage {
  /** How many there are on all pages. */
  readonly count: number;
  readonly cells: readonly (readonly Cell[])[];
}

/** What `couplingView` reads, of a coupling `c` and its rows `b` and `d`. */
export const columnsSql = ({ table, integrationTable }: CoupledTables): string =>
  `b.id, d.id, ${descriptionSql(table, 'b')}, ${descriptionSql(integrationTable, 'd')}, b.alive, d.alive, ${stateSql}, c.bc_synched, c.dv_synched, c.skipped, ${noticeSql}`;

function pageOf(store: SqlStore, pairs: Pairs, { first, left }: Cut): CutPage {
  const { from, where } = pairs;
  const count = Number(store.value(`SELECT count(*) FROM ${from} WHERE ${where}`));
  if (left === 0 || first >= count) return { count, cells: [] };
  return {
    count,
    cells: store.rows(
      `SELECT ${columnsSql(pairs)} FROM ${from} WHERE ${where} ORDER BY c.bc_rid LIMIT ${left} OFFSET ${first}`,
    ),
  };
}

/** Those with a text, which is looked for once: what is found is counted and cut by one statement. */
function foundPage(store: SqlStore, pairs: Pairs, needle: string, { first, left }: Cut): CutPage {
  const { table, integrationTable, from, where } = pairs;
  const found = `(${containsSql(table, 'b', needle)} OR ${containsSql(integrationTable, 'd', needle)})`;
  const [[, count = 0] = [], ...cells] = store.rows(
    `WITH found AS MATERIALIZED (SELECT c.bc_rid AS rid FROM ${from} WHERE ${where} AND ${found})
     SELECT 0 AS rid, count(*)${', NULL'.repeat(10)} FROM found
     UNION ALL SELECT c.bc_rid, ${columnsSql(pairs)} FROM ${from}
     WHERE c.bc_rid IN (SELECT rid FROM found ORDER BY rid LIMIT ${left} OFFSET ${first}) ORDER BY rid`,
    [needle],
  );
  return { count: Number(count), cells: cells.map(([, ...rest]) => rest) };
}

export function couplingView(mapping: string, cells: readonly Cell[], say: Say): CouplingView {
  const [integrationId, crmId, own, other, bc, dv, state, bcSynched, dvSynched, skipped, notice] =
    cells;
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
    notice: typeof notice === 'string' ? say(JSON.parse(notice) as EngineMessage) : undefined,
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
