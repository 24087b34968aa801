import { FULL_SYNCH_LOCK_MS } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { FullSynchLine } from '../model/fullSynch.ts';
import type { SynchJob } from '../model/job.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import { addTemporaryMapping } from '../mappings/temporary.ts';
import { runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { fullLines, saveLine } from '../store/fullLines.ts';
import { deleteMapping, listedMappings } from '../store/mappings.ts';
import { queueEntries, saveEntry } from '../store/queue.ts';
import { cycleIn, missingDependencies } from './dependencies.ts';
import { recommendation, withdrawRecommendations } from './recommendation.ts';
import { dependenciesOf } from './standardDependencies.ts';

/** The order in which the product lists its mappings (`bc-sync.md` 2.14); the rest keeps its own. */
const PRIORITIES = [
  'SALESPEOPLE',
  'CURRENCY',
  'UNIT OF MEASURE',
  'CUSTOMER',
  'CONTACT',
  'ITEM-PRODUCT',
  'RESOURCE-PRODUCT',
];

/** Makes the lines of the review; one that was started already stays as it is (`bc-oracle.md` M03). */
export function generateLines(engine: Engine): readonly FullSynchLine[] {
  const { store } = engine;
  store.transaction(() => {
    for (const line of reviewLines(engine)) {
      if (line.status === '') saveLine(store, line);
    }
  });
  return fullLines(store);
}

/** The lines as the review shows them, whether or not somebody has opened it before. */
export function reviewLines(engine: Engine): readonly FullSynchLine[] {
  const { store } = engine;
  const known = new Map(fullLines(store).map((line) => [line.name, line]));
  const rank = ({ name }: IntegrationTableMapping): number => {
    const place = PRIORITIES.indexOf(name);
    return place < 0 ? PRIORITIES.length : place;
  };
  const mappings = listedMappings(store).toSorted((left, right) => rank(left) - rank(right));
  const names = new Set(mappings.map(({ name }) => name));
  return mappings.map((mapping) => {
    const before = known.get(mapping.name);
    if (before !== undefined && before.status !== '') return before;
    return {
      name: mapping.name,
      dependencies: dependenciesOf(mapping, names),
      status: '',
      toJob: undefined,
      fromJob: undefined,
      session: undefined,
      recommendation: recommendation(engine, mapping),
      held: undefined,
    };
  });
}

/**
 * Start is off while a live session works on a line, and where nothing is left to start (`bc-oracle.md` M13, M14). A
 * session that began a day ago holds nobody up (`bc-sync.md` 1.2).
 */
export function canStart(
  { store, clock }: Engine,
  isAlive: (session: string) => boolean = () => true,
): boolean {
  const lines = fullLines(store);
  const known = new Set(lines.map(({ name }) => name));
  const now = clock.BusinessCentral();
  const isBusy = lines.some(({ name, status, session }) => {
    if (status !== 'In Process' || session === undefined || !isAlive(session)) return false;
    const startedAt = store.value('SELECT full_started_at FROM mapping WHERE name = ?', [name]);
    return now - Number(startedAt ?? now) < FULL_SYNCH_LOCK_MS;
  });
  const isLeft =
    lines.some(({ status }) => status === '') ||
    listedMappings(store).some(({ name }) => !known.has(name));
  return !isBusy && isLeft;
}

/** Restart is for a line whose synchronisation is over, whatever came of it. */
export const canRestart = ({ status }: FullSynchLine): boolean =>
  status === 'Finished' || status === 'Error';

export const canReset = ({ store }: Engine): boolean =>
  fullLines(store).some(({ status }) => status !== '' && status !== 'In Process');

/** Reset: every line that is not in process is as new, so that Sync All begins again (`bc-sync.md` 3.2). */
export function resetLines(engine: Engine): void {
  const { store } = engine;
  store.transaction(() => {
    store.run("DELETE FROM full_line WHERE status <> 'In Process'");
    withdrawRecommendations(store);
    generateLines(engine);
  });
}

/**
 * Restart: one line again, without the others. Throws an EngineRefusal where it is not over, or waits for another line.
 */
export function* restartLine(
  engine: Engine,
  name: string,
  session: string,
): Generator<RunProgress, readonly SynchJob[]> {
  const { store } = engine;
  const line = store.transaction(() => {
    const before = fullLines(store).find((each) => each.name === name);
    if (before === undefined || !canRestart(before))
      throw new EngineRefusal(message('notRestartable'));
    store.run('DELETE FROM full_line WHERE name = ?', [name]);
    generateLines(engine);
    const found = startableLines(engine).find((each) => each.name === name);
    if (found !== undefined) return found;
    const dependencies = before.dependencies.join(', ');
    throw new EngineRefusal(message('waitsForLines', { mapping: name, dependencies }));
  });
  return yield* runLine(engine, line, session);
}

/** Lines that wait for nothing. A dependency without a line is reported, and holds nobody up (`bc-oracle.md` M18). */
export function startableLines({ store }: Engine): readonly FullSynchLine[] {
  const lines = fullLines(store);
  const open = new Set(
    lines
      .filter(
        ({ status, recommendation }) =>
          status !== 'Finished' && recommendation !== 'No Records Found',
      )
      .map(({ name }) => name),
  );
  return lines.filter(
    ({ status, dependencies }) => status === '' && !dependencies.some((name) => open.has(name)),
  );
}

export interface FullSynchResult {
  readonly jobs: readonly SynchJob[];
  /** Dependencies that name no mapping. */
  readonly warnings: readonly EngineMessage[];
}

/**
 * Sync All: starts every line that waits for nothing, and again whenever one is done (`bc-sync.md` 2.14). Lines in a
 * circle never start; the improved mode refuses to begin and names the circle.
 */
export function* startFullSynch(
  engine: Engine,
  session: string,
): Generator<RunProgress, FullSynchResult> {
  const lines = fullLines(engine.store);
  const cycle = cycleIn(lines);
  if (cycle !== undefined && engine.settings().mode === 'improved') {
    throw new EngineRefusal(message('dependencyCycle', { path: cycle.join(' -> ') }));
  }
  const jobs: SynchJob[] = [];
  for (;;) {
    const [line] = startableLines(engine);
    if (line === undefined) break;
    jobs.push(...(yield* runLine(engine, line, session)));
  }
  return { jobs, warnings: missingDependencies(lines) };
}

/** The full synchronisation of one line, through a clone of its mapping (`bc-oracle.md` M05, M09, M10). */
export function* runLine(
  engine: Engine,
  line: FullSynchLine,
  session: string,
): Generator<RunProgress, readonly SynchJob[]> {
  const { store } = engine;
  const started = beginLine(engine, line, session);
  const temporary = addTemporaryMapping(engine, line.name, {});
  store.transaction(() => setRunning(engine, line.name, session));
  try {
    const { jobs } = yield* runMapping(engine, {
      mapping: temporary.name,
      full: true,
      forced: isForced(engine),
    });
    const numberOf = (direction: SynchJob['direction']): number | undefined =>
      jobs.find((job) => job.direction === direction)?.no;
    endLine(engine, {
      ...started,
      status: 'Finished',
      toJob: numberOf('ToIntegrationTable'),
      fromJob: numberOf('FromIntegrationTable'),
    });
    return jobs;
  } catch (error) {
    endLine(engine, { ...started, status: 'Error' });
    throw error;
  } finally {
    store.transaction(() => deleteMapping(store, temporary.name));
  }
}

/** Manual runs of the product force; the improved mode merges what both sides changed. */
const isForced = (engine: Engine): boolean => engine.settings().mode === 'faithful';

/** While a line is in process the ordinary entries of its mapping are on hold. */
function beginLine({ store }: Engine, line: FullSynchLine, session: string): FullSynchLine {
  return store.transaction(() => {
    const held = queueEntries(store).filter(({ mapping }) => mapping === line.name);
    for (const entry of held) saveEntry(store, { ...entry, status: 'On Hold' });
    const started: FullSynchLine = {
      ...line,
      status: 'In Process',
      session,
      held: held.map(({ id, status }) => ({ id, status })),
    };
    saveLine(store, started);
    return started;
  });
}

function endLine(engine: Engine, line: FullSynchLine): void {
  const { store } = engine;
  store.transaction(() => {
    const former = new Map((line.held ?? []).map(({ id, status }) => [id, status]));
    for (const entry of queueEntries(store)) {
      const status = former.get(entry.id);
      if (status !== undefined) saveEntry(store, { ...entry, status });
    }
    saveLine(store, { ...line, session: undefined, held: undefined });
    setRunning(engine, line.name, undefined);
  });
}

/** Full Sync is Running, its session and its start. */
function setRunning({ store, clock }: Engine, mapping: string, session: string | undefined): void {
  store.run('UPDATE mapping SET full_session = ?, full_started_at = ? WHERE name = ?', [
    session ?? null,
    session === undefined ? null : clock.BusinessCentral(),
    mapping,
  ]);
}
