import { knownMapping, tablesOf } from '../coupling/couple.ts';
import type { Engine } from '../engine.ts';
import type { SynchJob } from '../model/job.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import { type EngineMessage, message } from '../model/message.ts';
import { type JobDirection, sourceOf } from '../model/side.ts';
import { compileRun } from '../run/compiled.ts';
import { filterOf } from '../run/candidates.ts';
import { sourceViewSql } from '../run/newRow.ts';
import { runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { faithfulFacts, partnersSql } from '../run/facts.ts';
import type { CouplingName } from './coupledErrors.ts';

/** What the product asks before it synchronises by hand (`bc-sync.md` 2.10). */
export interface SynchQuestion {
  readonly mapping: string;
  /** The answers, the recommended one first; one alone needs no asking. */
  readonly choices: readonly SynchChoice[];
  /** A warning that one side's data will be lost. */
  readonly warning: EngineMessage | undefined;
}

export type SynchChoice = JobDirection | 'Merge';

/** Asks once per mapping, however many rows are selected (`bc-sync.md` 2.10). */
export function synchQuestions(
  engine: Engine,
  rows: readonly CouplingName[],
): readonly SynchQuestion[] {
  return [...byMapping(rows)].map(([name, named]) => {
    const mapping = knownMapping(engine, name);
    if (mapping.direction !== 'Bidirectional') {
      return { mapping: name, choices: [mapping.direction], warning: undefined };
    }
    const [only] = named;
    const single = named.length === 1 && only !== undefined ? only : undefined;
    const changed = single === undefined ? undefined : changesOf(engine, mapping, single);
    return { mapping: name, ...questionFor(changed) };
  });
}

interface Changes {
  readonly record: boolean;
  readonly coupledRecord: boolean;
  /** A field that goes both ways differs. */
  readonly differs: boolean;
}

function questionFor(changes: Changes | undefined): Omit<SynchQuestion, 'mapping'> {
  const sendFirst: readonly SynchChoice[] = ['ToIntegrationTable', 'FromIntegrationTable'];
  if (changes === undefined) return { choices: sendFirst, warning: undefined };
  if (changes.record && changes.coupledRecord) {
    return changes.differs
      ? { choices: sendFirst, warning: message('bothChanged') }
      : { choices: ['Merge', ...sendFirst], warning: undefined };
  }
  return changes.coupledRecord
    ? { choices: sendFirst.toReversed(), warning: undefined }
    : { choices: sendFirst, warning: undefined };
}

/** The product's question goes by the timestamps and the values as they stand, whatever the mode. */
function changesOf(
  engine: Engine,
  mapping: IntegrationTableMapping,
  { integrationId }: CouplingName,
): Changes {
  const options = { forced: false, onlyCoupled: true, mode: 'faithful' } as const;
  const run = compileRun(engine, mapping, 'ToIntegrationTable', options);
  const { sourceChanged, destinationChanged, conflicts } = faithfulFacts(run);
  const [row] = engine.store.rows(
    `SELECT ${sourceChanged}, ${destinationChanged}, ${conflicts} FROM ${run.source.rows} s ${partnersSql(run)} WHERE s.id = ?`,
    [integrationId],
  );
  const [record, coupledRecord, differs] = row ?? [];
  return { record: record === 1, coupledRecord: coupledRecord === 1, differs: differs === 1 };
}

export interface SynchronizeResult {
  readonly jobs: readonly SynchJob[];
  readonly notification: EngineMessage;
}

/** Synchronize: the rows are no longer Skipped, and one forced run per mapping takes the side that was chosen. */
export function* synchronizeCoupled(
  engine: Engine,
  rows: readonly CouplingName[],
  choices: Readonly<Record<string, SynchChoice>>,
): Generator<RunProgress, SynchronizeResult> {
  const jobs: SynchJob[] = [];
  for (const [name, named] of byMapping(rows)) {
    const mapping = knownMapping(engine, name);
    const { table } = tablesOf(engine, mapping);
    engine.store.transaction(() => {
      for (const { integrationId } of named) {
        engine.store.run(
          `UPDATE coupling SET skipped = 0 WHERE bc_rid = (SELECT rid FROM ${table.rows} WHERE id = ?)`,
          [integrationId],
        );
      }
    });
    const choice = choices[name] ?? 'ToIntegrationTable';
    const directions: readonly JobDirection[] =
      choice === 'Merge' ? ['ToIntegrationTable', 'FromIntegrationTable'] : [choice];
    for (const direction of directions) {
      const ids = named.map((row) =>
        sourceOf(direction) === 'BusinessCentral' ? row.integrationId : row.crmId,
      );
      const forced = choice !== 'Merge';
      const result = yield* runMapping(engine, { mapping: name, direction, ids, forced });
      jobs.push(...result.jobs);
    }
  }
  return { jobs, notification: scheduledText(jobs, rows.length) };
}

/** The synchronisation of records from their own page; `undefined` counts as outside of the filter (`bc-oracle.md` I25). */
export type RecordSynch =
  | { readonly kind: 'outOfMapFilter' }
  | { readonly kind: 'synchronized'; readonly job: SynchJob; readonly notification: EngineMessage };

/** Synchronize Now on a card: a Skipped coupling stays so. */
export function* synchronizeNow(
  engine: Engine,
  mappingName: string,
  direction: JobDirection,
  ids: readonly string[],
  { overrideOnlyCoupled = false }: { readonly overrideOnlyCoupled?: boolean } = {},
): Generator<RunProgress, RecordSynch> {
  const mapping = knownMapping(engine, mappingName);
  const run = compileRun(engine, mapping, direction, { forced: true, onlyCoupled: true });
  const passes = sourceViewSql(run, filterOf(run));
  const inside = ids.filter(
    (id) =>
      engine.store.value(`SELECT 1 FROM ${run.source.rows} s WHERE s.id = ? AND ${passes}`, [
        id,
      ]) === 1,
  );
  if (inside.length === 0) return { kind: 'outOfMapFilter' };
  const { jobs } = yield* runMapping(engine, {
    mapping: mappingName,
    direction,
    ids: inside,
    overrideOnlyCoupled,
  });
  const [job] = jobs;
  if (job === undefined) return { kind: 'outOfMapFilter' };
  const outside = ids.length - inside.length;
  return { kind: 'synchronized', job, notification: scheduledText(jobs, ids.length, outside) };
}

/** Synchronize, of rows without a partner: one job for each mapping and direction creates what is missing. */
export function* synchronizeUncoupled(
  engine: Engine,
  rows: readonly CouplingName[],
): Generator<
  RunProgress,
  { readonly jobs: readonly SynchJob[]; readonly notifications: readonly EngineMessage[] }
> {
  const jobs: SynchJob[] = [];
  const notifications: EngineMessage[] = [];
  for (const direction of ['ToIntegrationTable', 'FromIntegrationTable'] as const) {
    const idOf = ({ integrationId, crmId }: CouplingName): string =>
      direction === 'ToIntegrationTable' ? integrationId : crmId;
    for (const [mapping, named] of byMapping(rows.filter((row) => idOf(row) !== ''))) {
      const ids = named.map(idOf);
      const result = yield* synchronizeNow(engine, mapping, direction, ids, {
        overrideOnlyCoupled: true,
      });
      if (result.kind === 'synchronized') jobs.push(result.job);
      notifications.push(
        result.kind === 'synchronized'
          ? result.notification
          : message('outOfMapFilter', { mapping }),
      );
    }
  }
  return { jobs, notifications };
}

/** @param outside records that the filter left out; they count as skipped. */
function scheduledText(jobs: readonly SynchJob[], total: number, outside = 0): EngineMessage {
  const sum = (name: 'failed' | 'skipped'): number =>
    jobs.reduce((count, { counters }) => count + counters[name], 0);
  const [failed, skipped] = [sum('failed'), sum('skipped') + outside];
  if (total === 1 && skipped === 1) return message('synchSkipped');
  return message('synchScheduled', { done: total - failed - skipped, failed, skipped, total });
}

function byMapping(rows: readonly CouplingName[]): ReadonlyMap<string, readonly CouplingName[]> {
  const groups = new Map<string, CouplingName[]>();
  for (const row of rows) groups.set(row.mapping, [...(groups.get(row.mapping) ?? []), row]);
  return groups;
}
