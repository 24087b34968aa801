import type { RunProgress } from './progress.ts';
import { type Engine, modeOf } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import { type SynchJob } from '../model/job.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { nameOfField } from '../model/fieldMapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import { type JobDirection, runsIn } from '../model/side.ts';
import { lastOf } from '../store/counters.ts';
import { beginJob, finishJob, jobNumbered } from '../store/jobs.ts';
import { mappingNamed, setWatermark, type Watermark, watermarkOf } from '../store/mappings.ts';
import { type CandidateOptions, collectCandidates } from './candidates.ts';
import { compileRun } from './compiled.ts';
import { synchronise, type Written } from './synchronise.ts';
import { checkRestoredSide } from './restoredSide.ts';
import { selectRows } from './selection.ts';

export interface RunRequest {
  readonly mapping: string;
  /** Both directions of the mapping if absent, to the integration table first. */
  readonly direction?: JobDirection;
  /** Ids of the source side; everything that changed if absent. */
  readonly ids?: readonly string[];
  /** Manual runs force (`bc-sync.md` 2.1.7); true for a selection if absent. */
  readonly forced?: boolean;
  /** Inserts and couples although the mapping synchronises coupled records only. */
  readonly overrideOnlyCoupled?: boolean;
  /** Reads everything, not only what changed since the watermarks. */
  readonly full?: boolean;
  /** Somebody has seen that a side went back in time, and wants its values all the same. */
  readonly confirmed?: boolean;
  readonly queueEntry?: string;
  /** Field mappings by their names (`nameOfField`); all if absent. */
  readonly fields?: readonly string[];
  /** Records between two steps of the run; 10,000 if absent. */
  readonly batch?: number;
}

/** Records between two looks at whether to go on; each batch is one transaction. */
const BATCH = 10_000;

export interface RunResult {
  readonly jobs: readonly SynchJob[];
}

/**
 * A scheduled or manual run of one mapping (`bc-sync.md` 2.1). Throws an EngineRefusal where the product stops before
 * any row. A caller that stops between two steps leaves every record whole and the job interrupted.
 */
export function* runMapping(
  engine: Engine,
  request: RunRequest,
): Generator<RunProgress, RunResult> {
  const { store } = engine;
  const mapping = limitedTo(checkedMapping(engine, request.mapping), request.fields);
  const directions = directionsOf(mapping, request.direction);
  const isTwoWay = directions.length === 2 && tellsOfBoth(engine, mapping, request);
  const jobs: SynchJob[] = [];
  const reached: Reached[] = [];
  for (const direction of directions) {
    const { job, watermark, written } = yield* runDirection(engine, mapping, direction, request, {
      isFirstOfTwo: isTwoWay && reached.length === 0,
      agreedAbove: agreedAboveOf(engine, reached),
      toldBy: isTwoWay && isAlone(engine, reached) ? jobs[0]?.no : undefined,
    });
    jobs.push(job);
    if (watermark !== undefined) reached.push({ direction, watermark, written });
  }
  // After both directions: what the first one wrote is read by the second (`bc-sync.md` 2.1.8).
  const seq = agreedAboveOf(engine, reached) === undefined ? undefined : lastOf(store, 'seq');
  store.transaction(() => {
    for (const { direction, watermark } of reached) {
      moveWatermark(engine, mapping.parentName ?? mapping.name, direction, {
        modifiedOn: watermark.modifiedOn,
        seq: seq ?? watermark.seq,
      });
    }
  });
  return { jobs };
}

interface Reached {
  readonly direction: JobDirection;
  readonly watermark: Watermark;
  readonly written: Written;
}

/**
 * The version above which there is nothing but what the run itself wrote, with both sides agreeing on all of it: whoever
 * read one of these rows would find that it is an echo. Undefined where somebody else wrote meanwhile, or in the
 * faithful mode.
 */
function agreedAboveOf(engine: Engine, reached: readonly Reached[]): number | undefined {
  const [first] = reached;
  if (first === undefined || modeOf(engine) === 'faithful') return undefined;
  return isAlone(engine, reached) && reached.every(({ written }) => written.isAgreed)
    ? first.watermark.seq
    : undefined;
}

/** Whether nobody else has written since the run began. */
function isAlone({ store }: Engine, reached: readonly Reached[]): boolean {
  const versions = reached.reduce((sum, { written }) => sum + written.versions, 0);
  return (reached[0]?.watermark.seq ?? 0) + versions === lastOf(store, 'seq');
}

/**
 * Whether a conflict is told once for both directions: the improved mode finds the same in the second, as long as no
 * filter keeps a partner from being read there.
 */
const tellsOfBoth = (
  engine: Engine,
  { integrationTableFilter }: IntegrationTableMapping,
  { ids }: RunRequest,
): boolean =>
  modeOf(engine) === 'improved' && (integrationTableFilter ?? '') === '' && ids === undefined;

/** Drives a run to its end. */
export function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function checkedMapping(engine: Engine, name: string): IntegrationTableMapping {
  const { connectionEnabled } = engine.settings();
  if (!connectionEnabled) {
    throw new EngineRefusal(message('connectionNotEnabled', { connection: 'Microsoft Dataverse' }));
  }
  const mapping = mappingNamed(engine.store, name);
  if (mapping === undefined) throw new EngineRefusal(message('noMapping', { mapping: name }));
  return mapping;
}

const limitedTo = (
  mapping: IntegrationTableMapping,
  names: readonly string[] | undefined,
): IntegrationTableMapping =>
  names === undefined
    ? mapping
    : { ...mapping, fields: mapping.fields.filter((field) => names.includes(nameOfField(field))) };

const bothDirections: readonly JobDirection[] = ['ToIntegrationTable', 'FromIntegrationTable'];

const directionsOf = (
  { direction }: IntegrationTableMapping,
  wanted: JobDirection | undefined,
): readonly JobDirection[] =>
  wanted === undefined ? bothDirections.filter((each) => runsIn(direction, each)) : [wanted];

/** What a direction knows of the other one of the same run. */
interface OtherDirection extends Pick<CandidateOptions, 'agreedAbove' | 'toldBy'> {
  readonly isFirstOfTwo: boolean;
}

function* runDirection(
  engine: Engine,
  mapping: IntegrationTableMapping,
  direction: JobDirection,
  request: RunRequest,
  { isFirstOfTwo, agreedAbove, toldBy }: OtherDirection,
): Generator<
  RunProgress,
  Omit<Reached, 'direction' | 'watermark'> & {
    readonly job: SynchJob;
    readonly watermark: Watermark | undefined;
  }
> {
  const { store, clock, ids } = engine;
  const name = mapping.parentName ?? mapping.name;
  const startedAt = clock.BusinessCentral();
  const { prefix, first } = ids.block(1);
  const begin = (): number =>
    store.transaction(() =>
      beginJob(store, {
        id: idAt(prefix, first),
        mapping: name,
        direction,
        type: 'Synchronization',
        startedAt,
        ...(request.queueEntry === undefined ? {} : { queueEntry: request.queueEntry }),
      }),
    );
  if (!runsIn(mapping.direction, direction)) {
    const no = begin();
    store.transaction(() =>
      finishJob(
        store,
        no,
        startedAt,
        message('directionNotConfigured', { mapping: name, direction }),
      ),
    );
    return {
      job: knownJob(engine, no),
      watermark: undefined,
      written: { versions: 0, isAgreed: true },
    };
  }
  const isSelection = request.ids !== undefined;
  const run = compileRun(engine, mapping, direction, {
    forced: request.forced ?? isSelection,
    onlyCoupled: (mapping.synchOnlyCoupledRecords ?? true) && request.overrideOnlyCoupled !== true,
    isFirstOfTwo,
  });
  const seen: Watermark =
    request.full === true ? { modifiedOn: undefined, seq: 0 } : watermarkOf(store, name, direction);
  const no = begin();
  const reached = store.transaction(() => {
    if (request.ids !== undefined) selectRows(engine, run.source, request.ids);
    return collectCandidates(engine, run, {
      watermark: seen,
      agreedAbove,
      toldBy,
      temporary: mapping.parentName !== undefined || request.full === true,
      selected: isSelection,
    });
  });
  if (run.facts.mode === 'improved' && !isSelection && request.confirmed !== true) {
    stopping(engine, no, () => checkRestoredSide(engine, run));
  }
  const written = yield* synchronise(engine, run, no, {
    counted: isSelection,
    size: request.batch ?? BATCH,
  });
  store.transaction(() => finishJob(store, no, clock.BusinessCentral()));
  const { modifiedOn } = reached;
  // A row that is changed while the job runs is read again the next time (`bc-oracle.md` I14).
  const capped = modifiedOn === undefined ? undefined : Math.min(modifiedOn, startedAt);
  return {
    job: knownJob(engine, no),
    watermark: isSelection ? undefined : { modifiedOn: capped, seq: reached.seq },
    written,
  };
}

/** Ends a job with the reason that keeps it from its rows. */
function stopping({ store, clock }: Engine, no: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof EngineRefusal) {
      const { reason } = error;
      store.transaction(() => finishJob(store, no, clock.BusinessCentral(), reason));
    }
    throw error;
  }
}

/** A job that has just been written. */
export function knownJob({ store }: Engine, no: number): SynchJob {
  const job = jobNumbered(store, no);
  if (job === undefined) throw new Error(`job ${no} vanished`);
  return job;
}

/** Never backwards (`bc-oracle.md` I15). */
function moveWatermark(
  { store }: Engine,
  mapping: string,
  direction: JobDirection,
  { modifiedOn, seq }: Watermark,
): void {
  const before = watermarkOf(store, mapping, direction);
  const latest = Math.max(before.modifiedOn ?? -Infinity, modifiedOn ?? -Infinity);
  setWatermark(store, mapping, direction, {
    modifiedOn: Number.isFinite(latest) ? latest : undefined,
    seq: Math.max(before.seq, seq),
  });
}
