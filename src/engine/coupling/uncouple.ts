import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import type { SynchJob } from '../model/job.ts';
import { type EngineMessage, foreignText, message } from '../model/message.ts';
import { captionOf } from '../run/failures.ts';
import { knownJob } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { rulesOf } from '../run/rules.ts';
import { writeRow } from '../sides/localSide.ts';
import { removeCoupling } from '../store/couplings.ts';
import { addError } from '../store/errors.ts';
import { beginJob, count, finishJob } from '../store/jobs.ts';
import type { RowTable } from '../store/rowTables.ts';
import { sqlOfView } from '../run/view.ts';
import { columnOf } from '../store/rowTables.ts';
import { knownMapping, tablesOf } from './couple.ts';

export interface UncoupleResult {
  /** Undefined where it was done in the foreground (`bc-sync.md` 2.13). */
  readonly job: SynchJob | undefined;
  readonly uncoupled: number;
}

/** Rows whose couplings go: by the id of either side, since the other may be gone. */
export interface UncoupleRequest {
  readonly mapping: string;
  /** Ids of Business Central records or Dataverse rows; every coupling of the mapping if absent. */
  readonly ids?: readonly string[];
}

/**
 * Delete Couplings (`bc-sync.md` 2.13). A mapping that writes to a table with a company column leaves a job behind,
 * since every row there is taken out of its company; others are done at once and without one.
 */
export function* uncouple(
  engine: Engine,
  { mapping: name, ids }: UncoupleRequest,
): Generator<RunProgress, UncoupleResult> {
  const { store, clock } = engine;
  const mapping = knownMapping(engine, name);
  const { table, integrationTable } = tablesOf(engine, mapping);
  const isBackground =
    integrationTable.definition.companyField !== undefined &&
    mapping.direction !== 'FromIntegrationTable';
  const pairs = pairsOf(engine, table, integrationTable, ids);
  // With both records gone there is nobody to write to (`bc-oracle.md` L11).
  const isLost = ids !== undefined && pairs.length > 0 && pairs.every(({ isGone }) => isGone);
  const job = isBackground && !isLost ? begin(engine, mapping.name) : undefined;
  let uncoupled = 0;
  for (const [index, pair] of pairs.entries()) {
    store.transaction(() => {
      const refused = isBackground && !pair.isGone ? release(engine, integrationTable, pair) : 0;
      if (typeof refused === 'object') {
        const text = message('uncouplingFailed', { record: captionOf(table), error: refused });
        if (job !== undefined) {
          count(store, job, { failed: 1 });
          const now = clock.BusinessCentral();
          addError(store, {
            job,
            sourceRid: pair.bcRid,
            destinationRid: pair.dvRid,
            message: text,
            at: now,
          });
        }
        return;
      }
      uncoupled += removeCoupling(store, pair.bcRid);
      if (job !== undefined) count(store, job, { uncoupled: 1, modified: refused });
    });
    yield { mapping: name, direction: 'ToIntegrationTable', done: index + 1, total: pairs.length };
  }
  if (job === undefined) return { job: undefined, uncoupled };
  store.transaction(() => {
    const missing = ids === undefined ? 0 : ids.length - pairs.length;
    const modified = ids === undefined ? releaseStuck(engine, integrationTable) : 0;
    count(store, job, { skipped: missing, modified });
    finishJob(store, job, clock.BusinessCentral());
  });
  return { job: knownJob(engine, job), uncoupled };
}

/** What to warn of before: the next run may make duplicates of what is uncoupled (`bc-oracle.md` L10). */
export function uncoupleWarning(engine: Engine, name: string): EngineMessage | undefined {
  const { synchOnlyCoupledRecords = true } = knownMapping(engine, name);
  return synchOnlyCoupledRecords ? undefined : message('mayRecreate', { mapping: name });
}

function begin(engine: Engine, mapping: string): number {
  const { prefix, first } = engine.ids.block(1);
  return engine.store.transaction(() =>
    beginJob(engine.store, {
      id: idAt(prefix, first),
      mapping,
      direction: undefined,
      type: 'Uncoupling',
      startedAt: engine.clock.BusinessCentral(),
    }),
  );
}

interface Pair {
  readonly bcRid: number;
  readonly dvRid: number;
  readonly crmId: string;
  readonly isGone: boolean;
  readonly exists: boolean;
}

function pairsOf(
  { store }: Engine,
  table: RowTable,
  integrationTable: RowTable,
  ids: readonly string[] | undefined,
): readonly Pair[] {
  const select = `SELECT c.bc_rid, c.dv_rid, d.id, b.alive, d.alive FROM coupling c JOIN ${table.rows} b ON b.rid = c.bc_rid JOIN ${integrationTable.rows} d ON d.rid = c.dv_rid WHERE c.tbl = ${table.no}`;
  const found =
    ids === undefined
      ? store.rows(`${select} ORDER BY c.bc_rid`)
      : ids.flatMap((id) => store.rows(`${select} AND (b.id = ?1 OR d.id = ?1)`, [id]));
  return found.map(([bcRid, dvRid, crmId, bc, dv]) => ({
    bcRid: Number(bcRid),
    dvRid: Number(dvRid),
    crmId: String(crmId),
    isGone: bc !== 1 && dv !== 1,
    exists: dv === 1,
  }));
}

/** Takes a row of Dataverse out of its company; answers how many rows that changed, or why it could not. */
function release(engine: Engine, table: RowTable, { crmId, exists }: Pair): number | EngineMessage {
  const company = table.definition.companyField;
  if (company === undefined || !exists) return 0;
  const rule = rulesOf(table, 'modify').find(({ when }) => {
    const condition = sqlOfView(when, table, (field) => columnOf(table, field));
    return (
      engine.store.value(`SELECT 1 FROM ${table.rows} WHERE id = ? AND ${condition}`, [crmId]) === 1
    );
  });
  if (rule !== undefined) return foreignText(rule.error);
  clearCompany(engine, table, company, crmId);
  return 1;
}

const clearCompany = (
  { store, clock, settings }: Engine,
  table: RowTable,
  company: string,
  id: string,
): void =>
  writeRow(
    store,
    table,
    id,
    { [company]: null },
    { at: clock.Dataverse(), by: settings().integrationUser },
  );

/** Rows that belong to the company although nothing is coupled to them; only a mapping that loses all frees them. */
function releaseStuck(engine: Engine, table: RowTable): number {
  const company = table.definition.companyField;
  const column = columnOf(table, company ?? '');
  if (company === undefined || column === undefined) return 0;
  const stuck = engine.store.rows(
    `SELECT d.id FROM ${table.rows} d LEFT JOIN coupling c ON c.dv_rid = d.rid WHERE d.alive AND c.bc_rid IS NULL AND ifnull(d.${column}, '') = ?`,
    [engine.settings().company],
  );
  for (const [id] of stuck) clearCompany(engine, table, company, String(id));
  return stuck.length;
}
