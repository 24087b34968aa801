import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import { message } from '../model/message.ts';
import { insertRow } from '../sides/localSide.ts';
import { addError } from '../store/errors.ts';
import { columnOf } from '../store/rowTables.ts';
import type { CompiledRun } from './compiled.ts';

/**
 * Values that an option list lacks are added to it and told, and no row fails for them (`bc-oracle.md` G21). The line
 * in the log belongs to no record and counts nowhere.
 */
export function addMissingOptions(engine: Engine, run: CompiledRun, job: number): void {
  const { store, clock, ids } = engine;
  for (const { additions } of run.fields) {
    if (additions === undefined) continue;
    const { list, field, value, isMissing } = additions;
    const missing = store.rows(
      `SELECT DISTINCT ${value} FROM work w JOIN ${run.source.rows} s ON s.rid = w.s_rid WHERE ${isMissing} AND ${value} NOT IN (SELECT ${columnOf(list, field) ?? 'id'} FROM ${list.rows} WHERE alive) ORDER BY 1`,
    );
    for (const [option] of missing) {
      const { prefix, first } = ids.block(1);
      const stamp = { at: clock.Dataverse(), by: run.settings.integrationUser };
      insertRow(store, list, idAt(prefix, first), { [field]: option ?? null }, stamp);
      addError(store, {
        job,
        sourceRid: undefined,
        destinationRid: undefined,
        message: message('optionAdded', { value: option ?? '', table: list.definition.name }),
        at: clock.BusinessCentral(),
      });
    }
  }
}
