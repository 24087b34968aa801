import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import { type EngineMessage, message } from '../model/message.ts';
import type { JobDirection, SideName } from '../model/side.ts';
import { finish, runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { sqlOfView } from '../run/view.ts';
import { columnOf } from '../store/rowTables.ts';
import { type CouplingName, couplingTables } from './coupledErrors.ts';

export interface RestoreResult {
  readonly jobs: readonly SynchJob[];
  readonly notification: EngineMessage;
}

/**
 * Restore Records: what is missing on one side is created anew from the other, under a new key. The improved mode
 * puts the coupling back if that fails; the product has lost it by then (`bc-oracle.md` F08).
 */
export function* restoreRecords(
  engine: Engine,
  rows: readonly CouplingName[],
): Generator<RunProgress, RestoreResult> {
  const { store } = engine;
  const jobs: SynchJob[] = [];
  let restored = 0;
  for (const [index, row] of rows.entries()) {
    const survivor = survivorOf(engine, row);
    if (survivor === undefined) continue;
    const direction =
      survivor === 'BusinessCentral' ? 'ToIntegrationTable' : 'FromIntegrationTable';
    // Without the old coupling or the new one, the next run would take the survivor for a new record.
    const done = store.transaction(() => restoreRecord(engine, row, direction));
    jobs.push(...done.jobs);
    restored += done.isRestored ? 1 : 0;
    yield { mapping: row.mapping, direction, done: index + 1, total: rows.length };
  }
  const failed = rows.length - restored;
  return {
    jobs,
    notification: message('synchScheduled', {
      done: restored,
      failed,
      skipped: 0,
      total: rows.length,
    }),
  };
}

function restoreRecord(
  engine: Engine,
  { mapping, integrationId, crmId }: CouplingName,
  direction: JobDirection,
): { readonly jobs: readonly SynchJob[]; readonly isRestored: boolean } {
  const { store } = engine;
  const { table } = tablesOf(engine, knownMapping(engine, mapping));
  const where = `bc_rid = (SELECT rid FROM ${table.rows} WHERE id = ?)`;
  const [kept] = store.rows(`SELECT * FROM coupling WHERE ${where}`, [integrationId]);
  store.run(`DELETE FROM coupling WHERE ${where}`, [integrationId]);
  const { jobs } = finish(
    runMapping(engine, {
      mapping,
      direction,
      ids: [direction === 'ToIntegrationTable' ? integrationId : crmId],
      overrideOnlyCoupled: true,
    }),
  );
  const isRestored = jobs.some(({ counters }) => counters.inserted > 0);
  if (!isRestored && kept !== undefined && engine.settings().mode === 'improved') {
    store.run(`INSERT INTO coupling VALUES(${kept.map(() => '?').join(', ')})`, kept);
  }
  return { jobs, isRestored };
}

/** Delete Records: the record that is left goes, and the coupling with it. Answers why where the app refuses. */
export function deleteRecords(
  engine: Engine,
  rows: readonly CouplingName[],
): readonly EngineMessage[] {
  return rows.flatMap((row) => {
    const survivor = survivorOf(engine, row);
    if (survivor === undefined) return [];
    const { table, integrationTable } = tablesOf(engine, knownMapping(engine, row.mapping));
    const isBc = survivor === 'BusinessCentral';
    const name = (isBc ? table : integrationTable).definition.name;
    const id = isBc ? row.integrationId : row.crmId;
    const side = engine.sides[survivor];
    const version = side.readById(name, id)?.version ?? 0;
    const written = side.delete(name, id, version);
    if (written.kind === 'refused') return [written.error];
    engine.store.transaction(() =>
      engine.store.run(
        `DELETE FROM coupling WHERE bc_rid = (SELECT rid FROM ${table.rows} WHERE id = ?)`,
        [row.integrationId],
      ),
    );
    return [];
  });
}

/** The side that still has its record, if it is one alone. */
function survivorOf(
  engine: Engine,
  { mapping, integrationId, crmId }: CouplingName,
): SideName | undefined {
  const { table, integrationTable } = tablesOf(engine, knownMapping(engine, mapping));
  const record = engine.sides.BusinessCentral.readById(table.definition.name, integrationId);
  const partner = engine.sides.Dataverse.readById(integrationTable.definition.name, crmId);
  if ((record === undefined) === (partner === undefined)) return undefined;
  return record === undefined ? 'Dataverse' : 'BusinessCentral';
}

/** What Find for Deleted found. The product marks rows that are merely outside of the filter, too. */
export interface FoundDeleted {
  readonly deleted: number;
  /** Faithful: marked as well. Improved: told, and left alone (`bc-sync.md` 9.1). */
  readonly outOfFilter: number;
}

/**
 * Find for Deleted: couplings of one-way mappings whose Business Central record is gone become Skipped, so that the
 * page lists them (`bc-sync.md` 3.1). Sales Header is never examined.
 */
export function findForDeleted(engine: Engine): FoundDeleted {
  const { store } = engine;
  const isFaithful = engine.settings().mode === 'faithful';
  const found = { deleted: 0, outOfFilter: 0 };
  store.transaction(() => {
    for (const { mapping, table } of couplingTables(engine)) {
      if (mapping.direction === 'Bidirectional' || table.definition.name === 'Sales Header')
        continue;
      const passes = sqlOfView(mapping.tableFilter, table, (field) => columnOf(table, field));
      const mark = (where: string): number =>
        store.run(
          `UPDATE coupling SET skipped = 1 WHERE skipped = 0 AND tbl = ${table.no} AND bc_rid IN (SELECT rid FROM ${table.rows} WHERE ${where})`,
        );
      found.deleted += mark('NOT alive');
      const outside = `alive AND NOT ifnull(${passes}, 0)`;
      found.outOfFilter += isFaithful
        ? mark(outside)
        : Number(
            store.value(
              `SELECT count(*) FROM coupling c JOIN ${table.rows} ON rid = c.bc_rid WHERE c.tbl = ${table.no} AND NOT c.skipped AND ${outside}`,
            ),
          );
    }
  });
  return found;
}
