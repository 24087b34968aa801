import { knownMapping } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { JobDirection } from '../model/side.ts';
import { filterOf } from '../run/candidates.ts';
import { compileRun } from '../run/compiled.ts';
import { sourceViewSql } from '../run/newRow.ts';
import { watermarkOf } from '../store/mappings.ts';

/**
 * Rows that pass the filter of a mapping, have no partner, and lie behind the watermark: the product never creates
 * them until somebody edits them (`bc-oracle.md` I27). Ids in the order of the rows.
 *
 * @param id looks at this row alone.
 */
export function notYetCreated(
  engine: Engine,
  mappingName: string,
  direction: JobDirection,
  id?: string,
): readonly string[] {
  const mapping = knownMapping(engine, mappingName);
  const run = compileRun(engine, mapping, direction, { forced: false, onlyCoupled: true });
  const { seq, modifiedOn } = watermarkOf(engine.store, mappingName, direction);
  const [column, reached] =
    run.facts.mode === 'faithful' ? ['modified_at', modifiedOn ?? null] : ['seq', seq];
  return engine.store
    .rows(
      `SELECT s.id FROM ${run.source.rows} s LEFT JOIN coupling c ON c.${run.own.s}_rid = s.rid WHERE s.alive AND s.${column} <= ? AND c.bc_rid IS NULL AND ${sourceViewSql(run, filterOf(run))}${id === undefined ? '' : ' AND s.id = ?'} ORDER BY s.rid`,
      id === undefined ? [reached] : [reached, id],
    )
    .map(([id]) => String(id));
}
