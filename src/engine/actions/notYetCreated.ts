import { knownMapping } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { EngineRefusal } from '../model/message.ts';
import { type JobDirection, runsIn } from '../model/side.ts';
import { filterOf } from '../run/candidates.ts';
import { compileRun } from '../run/compiled.ts';
import { sourceViewSql } from '../run/newRow.ts';
import type { Cell } from '../store/database.ts';
import { watermarkOf } from '../store/mappings.ts';

interface Passed {
  /** FROM and WHERE, of the rows `s`. */
  readonly from: string;
  readonly parameters: readonly Cell[];
}

/** Rows that pass the filter of a mapping, have no partner, and lie behind the watermark; not those that are tried again. */
function passedOver(
  engine: Engine,
  mapping: IntegrationTableMapping,
  direction: JobDirection,
): Passed {
  const run = compileRun(engine, mapping, direction, { forced: false, onlyCoupled: true });
  const { seq, modifiedOn } = watermarkOf(engine.store, mapping.name, direction);
  const [column, reached] =
    run.facts.mode === 'faithful' ? ['modified_at', modifiedOn ?? null] : ['seq', seq];
  return {
    from: `FROM ${run.source.rows} s WHERE s.rid NOT IN (SELECT ${run.own.s}_rid FROM coupling) AND s.alive AND s.${column} <= ?1
      AND ${sourceViewSql(run, filterOf(run))} AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.mapping = ?2 AND p.direction = ?3 AND p.rid = s.rid)`,
    parameters: [reached, mapping.name, direction],
  };
}

/**
 * The product never creates the partners of these rows until somebody edits them, or runs a full synchronization
 * (`bc-oracle.md` I27). Ids in the order of the rows.
 *
 * @param id looks at this row alone.
 */
export function notYetCreated(
  engine: Engine,
  mappingName: string,
  direction: JobDirection,
  id?: string,
): readonly string[] {
  const { from, parameters } = passedOver(engine, knownMapping(engine, mappingName), direction);
  const own = id === undefined ? [] : [id];
  return engine.store
    .rows(`SELECT s.id ${from}${id === undefined ? '' : ' AND s.id = ?4'} ORDER BY s.rid`, [
      ...parameters,
      ...own,
    ])
    .map(([found]) => String(found));
}

/** How many there are in the directions of a mapping that creates records; a mapping that can't run has none. */
export function countNotYetCreated(engine: Engine, mapping: IntegrationTableMapping): number {
  if (mapping.synchOnlyCoupledRecords !== false) return 0;
  const directions = (['ToIntegrationTable', 'FromIntegrationTable'] as const).filter((each) =>
    runsIn(mapping.direction, each),
  );
  try {
    return directions.reduce((sum, direction) => {
      const { from, parameters } = passedOver(engine, mapping, direction);
      return sum + Number(engine.store.value(`SELECT count(*) ${from}`, parameters));
    }, 0);
  } catch (error) {
    // Every run says what is wrong with the mapping.
    if (error instanceof EngineRefusal) return 0;
    throw error;
  }
}
