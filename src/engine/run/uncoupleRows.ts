import type { Engine } from '../engine.ts';
import { take } from '../store/counters.ts';
import { archive, columnOf } from '../store/rowTables.ts';
import { type BatchLines, rowsIn } from './batchLines.ts';
import type { CompiledRun } from './compiled.ts';
import { linesThat } from './decision.ts';
import { inLines } from './plan.ts';

export const uncoupleLines = linesThat(({ action }) => action === 'Uncouple');
const uncoupled = inLines(uncoupleLines);

/** Line 7: the partner is gone and the mapping drops such couplings; the survivor belongs to no company any more. */
export function uncoupleRows({ store, clock }: Engine, run: CompiledRun, lines: BatchLines): void {
  if (rowsIn(lines, uncoupleLines) === 0) return;
  const { source, own, settings } = run;
  const rows = `SELECT s_rid FROM work WHERE ${uncoupled}`;
  store.run(`DELETE FROM coupling WHERE ${own.s}_rid IN (${rows})`);
  const company = columnOf(source, source.definition.companyField ?? '');
  const isLine = source.definition.isChild === true && run.facts.bidirectional;
  const assignments = [
    ...(company === undefined ? [] : [`${company} = NULL`]),
    // The line of a document does not outlive its partner (`bc-oracle.md` D15).
    ...(isLine ? ['alive = 0'] : []),
  ];
  if (assignments.length === 0) return;
  archive(store, source, null, `rid IN (${rows})`);
  const size = Number(store.value('SELECT max(n) FROM work'));
  const before = Number(store.value('SELECT min(n) FROM work')) - 1;
  store.run(
    `UPDATE ${source.rows} AS s SET seq = ?1 + w.n - ?2, modified_at = ?3, modified_by = ?4, ${assignments.join(', ')} FROM work w WHERE s.rid = w.s_rid AND w.${uncoupled}`,
    [
      take(store, 'seq', size),
      before,
      clock[source.side](),
      source.side === 'Dataverse' ? settings.integrationUser : settings.jobUser,
    ],
  );
}
