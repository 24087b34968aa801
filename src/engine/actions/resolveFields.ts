import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { nameOfField } from '../model/fieldMapping.ts';
import { type JobDirection, runsIn, type SideName, sourceOf } from '../model/side.ts';
import { finish, runMapping } from '../run/runMapping.ts';
import { readRow } from '../sides/localSide.ts';
import { errorsOf } from '../store/errors.ts';
import type { CouplingName } from './coupledErrors.ts';

/** The versions of both records whose values somebody decided by: of Business Central, of Dataverse. */
export type SeenVersions = readonly [number, number];

export interface FieldResolution {
  readonly coupling: CouplingName;
  /** By the name of the field mapping (`nameOfField`), whose value both records shall have. */
  readonly winners: Readonly<Record<string, SideName>>;
  readonly seen: SeenVersions;
}

/**
 * Resolves a conflict field by field: one forced run of the fields each side wins, both or none. Throws an
 * EngineRefusal, and writes nothing, where a record is another one than was seen, or an app refuses its part: a run
 * takes both records as agreed, and half of a resolution would hide what is left of the conflict.
 *
 * @param winners of every field that differs.
 */
export function resolveFields(
  engine: Engine,
  { coupling, winners, seen }: FieldResolution,
): readonly SynchJob[] {
  const { mapping: name, integrationId, crmId } = coupling;
  const mapping = knownMapping(engine, name);
  const now = versionsOf(engine, coupling);
  if (now[0] !== seen[0] || now[1] !== seen[1])
    throw new EngineRefusal(message('changedMeanwhile'));
  const { table } = tablesOf(engine, mapping);
  return engine.store.transaction(() => {
    engine.store.run(
      `UPDATE coupling SET skipped = 0 WHERE bc_rid = (SELECT rid FROM ${table.rows} WHERE id = ?)`,
      [integrationId],
    );
    return (['ToIntegrationTable', 'FromIntegrationTable'] as const).flatMap((direction) => {
      const fields = mapping.fields
        .filter(
          (field) => winnerOf(winners[nameOfField(field)], field.direction) === sourceOf(direction),
        )
        .map(nameOfField);
      if (fields.length === 0 || !runsIn(mapping.direction, direction)) return [];
      const ids = [direction === 'ToIntegrationTable' ? integrationId : crmId];
      const { jobs } = finish(
        runMapping(engine, { mapping: name, direction, ids, fields, forced: true }),
      );
      for (const job of jobs) refuseFailure(engine, job);
      return jobs;
    });
  });
}

function refuseFailure(engine: Engine, { no, counters }: SynchJob): void {
  if (counters.failed === 0 && counters.skipped === 0) return;
  const [error] = errorsOf(engine.store, engine.tables(), no);
  throw new EngineRefusal(error?.message ?? message('synchSkipped'));
}

/** A field that goes one way has one winner, whatever somebody wishes. */
function winnerOf(
  wanted: SideName | undefined,
  direction: JobDirection | 'Bidirectional',
): SideName | undefined {
  if (wanted === undefined) return undefined;
  return direction === 'Bidirectional' ? wanted : sourceOf(direction);
}

/** Versions of both records as they stand; 0 for one that is not there. */
export function versionsOf(
  engine: Engine,
  { mapping, integrationId, crmId }: CouplingName,
): SeenVersions {
  const { table, integrationTable } = tablesOf(engine, knownMapping(engine, mapping));
  return [
    readRow(engine.store, table, integrationId)?.version ?? 0,
    readRow(engine.store, integrationTable, crmId)?.version ?? 0,
  ];
}
