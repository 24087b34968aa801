import type { Engine } from '../engine.ts';
import type { EngineMessage } from '../model/message.ts';
import { message } from '../model/message.ts';
import type { JobDirection } from '../model/side.ts';
import { failureLines } from '../run/decision.ts';
import type { Say } from '../surface/say.ts';
import type { ExplainedOutcome } from '../surface/views/explained.ts';

/** How many runs back a record is explained. */
const MOST_OUTCOMES = 20;

/** What became of a record in the jobs that examined it, newest first. */
export function outcomesOf(
  { store }: Engine,
  say: Say,
  rids: readonly number[],
  names: { readonly table: string; readonly integrationTable: string },
): readonly ExplainedOutcome[] {
  if (rids.length === 0) return [];
  const of = `(${rids.join(', ')})`;
  return store
    .rows(
      `SELECT o.job, j.direction, j.started_at, o.line, o.faithful_line, o.field,
         (SELECT message FROM synch_error e WHERE e.job = o.job AND (e.source_rid = o.source_rid) ORDER BY e.no DESC LIMIT 1)
       FROM outcome o JOIN synch_job j ON j.no = o.job WHERE o.source_rid IN ${of} OR o.destination_rid IN ${of} ORDER BY o.job DESC, o.n DESC LIMIT ${MOST_OUTCOMES}`,
    )
    .map(([job, direction, at, line, faithful, field, text]) => {
      const isTo = direction !== 'FromIntegrationTable';
      const args = {
        source: isTo ? names.table : names.integrationTable,
        destination: isTo ? names.integrationTable : names.table,
      };
      const meaningOf = (each: string): EngineMessage => message(`line.${each}`, args);
      const error = typeof text === 'string' ? (JSON.parse(text) as EngineMessage) : undefined;
      return {
        job: Number(job),
        direction: directionNamed(direction),
        at: Number(at),
        line: String(line),
        meaning: say(meaningOf(String(line))),
        faithfulLine: String(faithful),
        // A write that failed had been decided on before: the two lines are not of one kind.
        faithfulMeaning:
          line === faithful || failed.has(String(line))
            ? undefined
            : say(meaningOf(String(faithful))),
        about: typeof field === 'string' ? field : undefined,
        error: error === undefined ? undefined : say(error),
      };
    });
}

const failed: ReadonlySet<string> = new Set(Object.values(failureLines).map(({ line }) => line));

const directionNamed = (cell: unknown): JobDirection | undefined =>
  cell === 'ToIntegrationTable' || cell === 'FromIntegrationTable' ? cell : undefined;
