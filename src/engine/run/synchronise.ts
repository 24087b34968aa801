import type { Engine } from '../engine.ts';
import type { Counters } from '../model/job.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { runsIn } from '../model/side.ts';
import { mappingNamed } from '../store/mappings.ts';
import { sqlText } from '../store/sqlText.ts';
import { lastOf } from '../store/counters.ts';
import { count, finishJob } from '../store/jobs.ts';
import { apply, applySql, type ApplySql } from './apply.ts';
import { type BatchLines, rowsIn } from './batchLines.ts';
import type { CompiledRun } from './compiled.ts';
import { decisionTable, type DecisionAction } from './decision.ts';
import { recordFailures } from './failures.ts';
import { addMissingOptions } from './optionLists.ts';
import { inLines, insertLines, plan, type PlanSql, planSql } from './plan.ts';
import type { RunProgress } from './progress.ts';
import { uncoupleLines, uncoupleRows } from './uncoupleRows.ts';

/** What a job wrote. */
export interface Written {
  /** How many versions it took. */
  readonly versions: number;
  /** Whether all it wrote is agreed on by both sides, so that nobody has to look at it again. */
  readonly isAgreed: boolean;
}

/** Decides and carries out everything in the table `candidate`, batch by batch. */
export function* synchronise(
  engine: Engine,
  run: CompiledRun,
  job: number,
  { counted, size }: { readonly counted: boolean; readonly size: number },
): Generator<RunProgress, Written> {
  const { store } = engine;
  const total = Number(store.value('SELECT max(n) FROM candidate') ?? 0);
  let written: Written = { versions: 0, isAgreed: true };
  if (total === 0) return written;
  const statements = { plan: planSql(run), apply: applySql(run), log: logSql(run, counted) };
  for (let from = 1; from <= total; from += size) {
    if (from > 1) checkDirection(engine, run, job);
    const to = Math.min(from + size - 1, total);
    const { versions, isAgreed } = batch(engine, run, statements, { job, from, to, counted });
    written = {
      versions: written.versions + versions,
      isAgreed: written.isAgreed && isAgreed,
    };
    yield { mapping: run.mapping.name, direction: run.direction, done: to, total };
  }
  return written;
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
  readonly plan: PlanSql;
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

/** One transaction; a record that can't be written fails alone (`apply`). */
function batch(engine: Engine, run: CompiledRun, statements: Statements, each: Batch): Written {
  const { from, to, job } = each;
  const { store } = engine;
  return store.transaction(() => {
    const before = lastOf(store, 'seq');
    const planned = plan(store, statements.plan, from, to);
    const { firstRow, lines } = apply(engine, run, statements.apply, planned, each);
    uncoupleRows(engine, run, lines);
    addMissingOptions(engine, run, job);
    const failed = recordFailures(engine, run, job, lines);
    store.run(statements.log, [job, firstRow - from]);
    countLines(engine, job, each.counted, lines, failed);
    return {
      versions: lastOf(store, 'seq') - before,
      isAgreed: !lines.isKeeping && rowsIn(lines, uncoupleLines) === 0,
    };
  });
}

/**
 * What became of every row, kept for whoever asks why; uncounted rows leave no trace. ?1 is the job, ?2 what the number
 * of an inserted row has to be raised by to be its row id.
 */
function logSql({ fields }: CompiledRun, counted: boolean): string {
  const names = fields.map(
    ({ destination }, index) => `WHEN ${index + 1} THEN ${sqlText(destination.name)}`,
  );
  return `INSERT INTO outcome SELECT ?1, n, s_rid, CASE WHEN ${inLines(insertLines)} THEN n + ?2 ELSE d_rid END, line, faithful_line, CASE field WHEN 0 THEN NULL ${names.join(' ')} END FROM work${counted ? '' : ` WHERE NOT ${inLines(['2'])}`}`;
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
  { rows, deviations }: BatchLines,
  failed: { readonly failed: number; readonly skipped: number },
): void {
  const counters: Record<string, number> = { ...failed };
  for (const [line, number] of rows) {
    const action = actionOf.get(line) ?? 'Fail';
    const counter = action === 'Ignore' && counted ? 'skipped' : counterOf[action];
    if (counter !== undefined) counters[counter] = (counters[counter] ?? 0) + number;
  }
  count(store, job, counters, deviations);
}
