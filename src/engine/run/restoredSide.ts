import type { Engine } from '../engine.ts';
import { EngineRefusal, message } from '../model/message.ts';
import type { CompiledRun } from './compiled.ts';
import { anyOf, partnersSql } from './facts.ts';

/** Rows that went back in time before a run asks; a single restored record is no backup. */
const FEWEST = 2;

/**
 * A backup that was restored on one side looks like a change of every row. Rows whose timestamp lies before their last
 * synchronisation and whose contents are not those agreed on give it away; the run asks before it overwrites the
 * other side with them (`bc-oracle.md` I22). Throws an EngineRefusal with their number.
 */
export function checkRestoredSide({ store }: Engine, run: CompiledRun): void {
  const { fields, source } = run;
  const changed = anyOf(fields.map(({ sourceChanged }) => sourceChanged));
  const older = Number(
    store.value(
      `SELECT count(*) FROM candidate k JOIN ${source.rows} s ON s.rid = k.rid ${partnersSql(run)} WHERE k.older AND ${changed}`,
    ),
  );
  if (older < FEWEST) return;
  throw new EngineRefusal(
    message('restoredSide', {
      count: older,
      table: source.definition.name,
      mapping: run.mapping.name,
    }),
  );
}
