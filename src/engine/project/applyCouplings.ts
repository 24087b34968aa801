import { couple, knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import { type CoupledTables, addCoupling } from '../store/couplings.ts';
import { columnOf, type RowTable } from '../store/rowTables.ts';
import type { InitialCoupling } from './file.ts';
import { idOf } from './rows.ts';

/**
 * Couples what a project lists, each pair the first time that the project says it: whoever uncouples it later meant it.
 * Answers why the others could not be coupled; those are tried again.
 */
export function applyCouplings(
  engine: Engine,
  couplings: readonly InitialCoupling[],
): readonly EngineMessage[] {
  const { store } = engine;
  const known = new Set(store.rows('SELECT name FROM given_coupling').map(([name]) => name));
  const tables = new Map<string, CoupledTables>();
  return couplings.flatMap((each) => {
    const key = `${each.mapping} ${each.record} ${each.integrationRecord}`;
    if (known.has(key)) return [];
    try {
      const found =
        tables.get(each.mapping) ?? tablesOf(engine, knownMapping(engine, each.mapping));
      tables.set(each.mapping, found);
      const trouble = applyCoupling(engine, found, each);
      if (trouble !== undefined) return [trouble];
      store.run('INSERT OR IGNORE INTO given_coupling VALUES(?)', [key]);
      return [];
    } catch (error) {
      if (error instanceof EngineRefusal) return [error.reason];
      throw error;
    }
  });
}

function applyCoupling(
  engine: Engine,
  { table, integrationTable }: CoupledTables,
  given: InitialCoupling,
): EngineMessage | undefined {
  const { store } = engine;
  const record = rowIdOf(engine, table, given.record);
  const partner = rowIdOf(engine, integrationTable, given.integrationRecord);
  if (record === undefined || partner === undefined) {
    return message('couplingRow', {
      mapping: given.mapping,
      record: record === undefined ? given.record : given.integrationRecord,
      table: (record === undefined ? table : integrationTable).definition.name,
    });
  }
  const rids = store.rows(
    `SELECT b.rid, d.rid, EXISTS(SELECT 1 FROM coupling WHERE bc_rid = b.rid), EXISTS(SELECT 1 FROM coupling WHERE dv_rid = d.rid) FROM ${table.rows} b, ${integrationTable.rows} d WHERE b.id = ? AND d.id = ?`,
    [record, partner],
  )[0];
  const [bcRid, dvRid, isCoupled, isTaken] = rids ?? [];
  // Whoever is coupled already needs the rules (`bc-sync.md` 2.11), and everybody else is quick.
  if (isCoupled === 1 || isTaken === 1) couple(engine, given.mapping, record, partner);
  else addCoupling(store, table, Number(bcRid), Number(dvRid));
  const at = given.synchronizedAt === undefined ? Number.NaN : Date.parse(given.synchronizedAt);
  if (Number.isNaN(at) && given.synchronized !== true) return undefined;
  // A side that changed later has no base of its own: all of it counts as changed.
  const isAsThen = (row: string): string =>
    Number.isNaN(at) ? '1' : `${row}.modified_at <= ${at}`;
  const time = (row: string): string => (Number.isNaN(at) ? `${row}.modified_at` : String(at));
  store.run(
    `UPDATE coupling SET bc_seq = b.bc, dv_seq = b.dv, bc_synched = b.bc_at, dv_synched = b.dv_at FROM
       (SELECT CASE WHEN ${isAsThen('b')} THEN b.seq END AS bc, CASE WHEN ${isAsThen('d')} THEN d.seq END AS dv, ${time('b')} AS bc_at, ${time('d')} AS dv_at
        FROM ${table.rows} b, ${integrationTable.rows} d WHERE b.rid = ?1 AND d.rid = ?2) b WHERE bc_rid = ?1`,
    [Number(bcRid), Number(dvRid)],
  );
  return undefined;
}

/** A row by its id, or by the values of its key joined by commas, as the pages show them. */
export function rowIdOf({ store }: Engine, table: RowTable, named: string): string | undefined {
  const byId = store.value(`SELECT id FROM ${table.rows} WHERE id = ?`, [idOf(named)]);
  if (typeof byId === 'string') return byId;
  const { primaryKey = [], fields } = table.definition;
  const keys = primaryKey.length > 0 ? primaryKey : fields.slice(0, 1).map(({ name }) => name);
  const columns = keys.flatMap((name) => columnOf(table, name) ?? []);
  if (columns.length === 0) return undefined;
  const found = store.value(
    `SELECT id FROM ${table.rows} WHERE ${columns.join(` || ',' || `)} = ? COLLATE NOCASE ORDER BY alive DESC, rid LIMIT 1`,
    [named],
  );
  return typeof found === 'string' ? found : undefined;
}
