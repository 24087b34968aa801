import type { Engine } from '../engine.ts';
import { cycleIn } from '../fullSynch/dependencies.ts';
import { canRecommend, mayDouble } from '../fullSynch/recommendation.ts';
import { canReset, canRestart, canStart, reviewLines } from '../fullSynch/review.ts';
import type { FullSynchLine } from '../model/fullSynch.ts';
import { type JobStatus, statusOf } from '../model/job.ts';
import { jobNumbered } from '../store/jobs.ts';
import type { ReviewView } from './views/review.ts';

/** Dataverse Full Synch. Review: the mappings in waves, each of which waits for those before it. */
export function reviewView(engine: Engine): ReviewView {
  const lines = reviewLines(engine);
  const names = new Set(lines.map(({ name }) => name));
  const waves = wavesOf(lines);
  return {
    lines: lines.map((line) => ({
      name: line.name,
      dependencies: line.dependencies,
      missing: line.dependencies.filter((dependency) => !names.has(dependency)),
      wave: waves.get(line.name),
      status: line.status,
      recommendation: line.recommendation,
      toStatus: jobStatus(engine, line.toJob),
      fromStatus: jobStatus(engine, line.fromJob),
      canRecommend: canRecommend(line),
      mayDouble: canRecommend(line) && mayDouble(engine, line.name),
      canRestart: canRestart(line),
    })),
    canStart: canStart(engine),
    canReset: canReset(engine),
    cycle: cycleIn(lines),
  };
}

/** A job that is gone from the log has no status. */
function jobStatus({ store }: Engine, no: number | undefined): JobStatus | undefined {
  const job = no === undefined ? undefined : jobNumbered(store, no);
  return job && statusOf(job);
}

/** By name; lines in a circle, and those that wait for one, have none. */
function wavesOf(lines: readonly FullSynchLine[]): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  let open = lines;
  for (let wave = 1; open.length > 0; wave += 1) {
    const waiting = new Set(open.map(({ name }) => name));
    const free = open.filter(({ dependencies }) => !dependencies.some((name) => waiting.has(name)));
    if (free.length === 0) break;
    for (const { name } of free) waves.set(name, wave);
    open = open.filter((line) => !free.includes(line));
  }
  return waves;
}
