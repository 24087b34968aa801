import type { Engine } from '../engine.ts';
import type { Counters } from '../model/job.ts';
import { EngineRefusal, foreignText, message } from '../model/message.ts';
import { runsIn } from '../model/side.ts';
import { mappingNamed } from '../store/mappings.ts';
import { sqlText } from '../store/sqlText.ts';
import { count, finishJob } from '../store/jobs.ts';
import { apply, applySql, type ApplySql } from './apply.ts';
import type { CompiledRun } from './compiled.ts';
import { decisionTable, type DecisionAction } from './decision.ts';
import { captionOf, recordFailure, recordFailures } from './failures.ts';
import { addMissingOptions } from './optionLists.ts';
import { inLines, plan, planSql } from './plan.ts';
import type { RunProgress } from './runMapping.ts';
import { uncoupleRows } from './uncoupleRows.ts';

/** Decides and carries out everything in the table `candidate`, batch by batch. */
export function* synchronise(
  engine: Engine,
  run: CompiledRun,
  job: number,
  { counted, size }: { readonly counted: boolean; readonly size: number },
): Generator<RunProgress, void> {
  const { store } = engine;
  const total = Number(store.value('SELECT count(*) FROM candidate'));
  if (total === 0) return;
  const statements = { plan: planSql(run), apply: applySql(run), log: logSql(run, job, counted) };
  for (let from = 1; from <= total; from += size) {
    if (from > 1) checkDirection(engine, run, job);
    const to = Math.min(from + size - 1, total);
    batch(engine, run, statements, { job, from, to, counted });
    yield { mapping: run.mapping.name, direction: run.direction, done: to, total };
  }
}

/** Somebody may have changed the mapping between two batches (`bc-oracle.md` A18). */
function checkDirection(
  { store, clock }: Engine,
  { mapping, direction }: CompiledRun,
  job: number,
): void {
  const now = mappingNamed(store, mapping.name);
  if (now !== undefined && runsIn(now.direction, direction)) return;
  const reason = message('directionChanged');
  store.transaction(() => finishJob(store, job, clock.BusinessCentral(), reason));
  throw new EngineRefusal(reason);
}

interface Statements {
  readonly plan: string;
  readonly apply: ApplySql;
  readonly log: string;
}

interface Batch {
  readonly job: number;
  readonly from: number;
  readonly to: number;
  /** A direct call counts the uncoupled rows that it leaves alone as skipped (`bc-sync.md` 2.3 row 2). */
  readonly counted: boolean;
}

/** A batch that SQLite refuses is halved until the one record is alone that it is about. */
function batch(engine: Engine, run: CompiledRun, statements: Statements, each: Batch): void {
  const { from, to, job } = each;
  const { store } = engine;
  try {
    store.transaction(() => {
      plan(store, statements.plan, from, to);
      apply(engine, run, statements.apply, each);
      uncoupleRows(engine, run);
      addMissingOptions(engine, run, job);
      const failed = recordFailures(engine, run, job);
      store.run(statements.log);
      countLines(engine, job, each.counted, failed);
    });
  } catch (error) {
    if (!isConstraint(error)) throw error;
    if (from < to) {
      const middle = from + ((to - from) >> 1);
      batch(engine, run, statements, { ...each, to: middle });
      batch(engine, run, statements, { ...each, from: middle + 1 });
      return;
    }
    store.transaction(() => {
      plan(store, statements.plan, from, to);
      store.run("UPDATE work SET line = '18', field = 0, refused = 0");
      const record = captionOf(run.destination);
      const [row] = store.rows('SELECT s_rid, d_rid FROM work');
      const result = recordFailure(engine, run, job, {
        line: '18',
        sourceRid: Number(row?.[0]),
        destinationRid: undefined,
        text: message('modifyingFailed', { record, error: foreignText(error.message) }),
        isTransient: false,
      });
      store.run(statements.log);
      count(store, job, { [result]: 1 });
    });
  }
}

const isConstraint = (error: unknown): error is Error =>
  error instanceof Error && error.message.includes('constraint failed');

/** What became of every row, kept for whoever asks why; uncounted rows leave no trace. */
function logSql({ fields }: CompiledRun, job: number, counted: boolean): string {
  const names = fields.map(
    ({ destination }, index) => `WHEN ${index + 1} THEN ${sqlText(destination.name)}`,
  );
  return `INSERT INTO outcome SELECT ${job}, n, s_rid, d_rid, line, faithful_line, CASE field ${names.join(' ')} END FROM work${counted ? '' : ` WHERE NOT ${inLines(['2'])}`}`;
}

const counterOf: Readonly<Record<DecisionAction, keyof Counters | undefined>> = {
  Insert: 'inserted',
  Modify: 'modified',
  Unchanged: 'unchanged',
  Skip: 'skipped',
  Ignore: undefined,
  // With its coupling gone the source has not changed (`bc-sync.md` 2.3 row 7).
  Uncouple: 'unchanged',
  Fail: undefined,
};

const actionOf = new Map(decisionTable.map(({ line, action }) => [line, action]));

function countLines(
  { store }: Engine,
  job: number,
  counted: boolean,
  failed: { readonly failed: number; readonly skipped: number },
): void {
  const counters: Record<string, number> = { ...failed };
  let deviations = 0;
  for (const [line, rows, deviating] of store.rows(
    'SELECT line, count(*), sum(deviates) FROM work GROUP BY line',
  )) {
    const action = actionOf.get(String(line)) ?? 'Fail';
    const counter = action === 'Ignore' && counted ? 'skipped' : counterOf[action];
    deviations += Number(deviating);
    if (counter !== undefined) counters[counter] = (counters[counter] ?? 0) + Number(rows);
  }
  count(store, job, counters, deviations);
}
