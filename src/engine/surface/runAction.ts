import { deleteRecords, findForDeleted, restoreRecords } from '../actions/brokenCouplings.ts';
import type { CouplingName } from '../actions/coupledErrors.ts';
import {
  runFullSynchronization,
  runUnconditionalFullSynchronization,
} from '../actions/mappingRuns.ts';
import { resolveFields, versionsOf } from '../actions/resolveFields.ts';
import { retry, retryAll } from '../actions/retry.ts';
import { setUpCoupling } from '../actions/setUpCoupling.ts';
import {
  synchQuestions,
  synchronizeCoupled,
  synchronizeUncoupled,
  type SynchChoice,
} from '../actions/synchronize.ts';
import { knownMapping, tablesOf } from '../coupling/couple.ts';
import { coupleByMatch } from '../coupling/matchBased.ts';
import { setMatchSettings } from '../coupling/matchSettings.ts';
import { uncouple } from '../coupling/uncouple.ts';
import type { Engine } from '../engine.ts';
import { idAt } from '../model/ids.ts';
import { comparedFields } from '../explain/compare.ts';
import { recommendFull } from '../fullSynch/recommendation.ts';
import { generateLines, resetLines, restartLine, startFullSynch } from '../fullSynch/review.ts';
import { dueEntries, runEntry } from '../jobQueue/run.ts';
import { deleteEntries } from '../log/retention.ts';
import type { SynchJob } from '../model/job.ts';
import { nameOfField } from '../model/fieldMapping.ts';
import { type EngineMessage, EngineRefusal, message } from '../model/message.ts';
import type { SideName } from '../model/side.ts';
import { standardMapping, standardNames } from '../project/standardSetup.ts';
import { runMapping } from '../run/runMapping.ts';
import type { RunProgress } from '../run/progress.ts';
import { addMapping, changeMapping, deleteMapping, listedMappings } from '../store/mappings.ts';
import { availableActions, isCoupled } from './available.ts';
import { jobView } from './jobs.ts';
import { rowNamed } from './rowNamed.ts';
import type { Say } from './say.ts';
import type { ActionRequest, ActionResult } from './views/actions.ts';

interface Done {
  readonly jobs: readonly SynchJob[];
  readonly notifications: readonly EngineMessage[];
}

type Steps = Generator<RunProgress, Done>;

/** Does what a button does; what the page would not offer is refused with the reason. */
export function* runAction(
  engine: Engine,
  say: Say,
  request: ActionRequest,
): Generator<RunProgress, ActionResult> {
  const view = availableActions(engine, say, request).find(({ name }) => name === request.action);
  if (view?.reason !== undefined) return { kind: 'refused', reason: view.reason };
  try {
    const { jobs, notifications } = yield* stepsOf(engine, request);
    return {
      kind: 'done',
      jobs: jobs.map((job) => jobView(job, say)),
      notifications: notifications.map(say),
    };
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    return { kind: 'refused', reason: say(error.reason) };
  }
}

function* stepsOf(engine: Engine, request: ActionRequest): Steps {
  const { action, rows = [], mapping = '', confirmed = false } = request;
  switch (action) {
    case 'Retry':
      return told(retry(engine, rows));
    case 'Retry All':
      return told(retryAll(engine));
    case 'Synchronize':
      return yield* synchronize(engine, request, rows);
    case 'Restore Records': {
      const { jobs, notification } = yield* restoreRecords(engine, rows);
      return { jobs, notifications: [notification] };
    }
    case 'Delete Records': {
      const refused = deleteRecords(engine, rows);
      const deleted = message('deletedRecords', { count: rows.length - refused.length });
      return { jobs: [], notifications: [deleted, ...refused] };
    }
    case 'Delete Couplings':
      return yield* deleteCouplings(engine, rows, mapping);
    case 'Find for Deleted': {
      const { deleted, outOfFilter } = findForDeleted(engine);
      const outside = outOfFilter > 0 ? [message('foundOutOfFilter', { count: outOfFilter })] : [];
      return { jobs: [], notifications: [message('foundDeleted', { count: deleted }), ...outside] };
    }
    case 'Set Up Coupling':
      return coupleAnew(engine, request, rows);
    case 'Match-Based Coupling': {
      const ids = rows.map(({ integrationId }) => integrationId);
      if (request.match !== undefined) setMatchSettings(engine, mapping, request.match);
      const { job, synchronisation, coupled, notFound, ambiguous } = yield* coupleByMatch(engine, {
        mapping,
        ...(ids.length === 0 ? {} : { ids }),
      });
      return {
        jobs: [job, ...synchronisation],
        notifications: [message('matched', { coupled, notFound, ambiguous })],
      };
    }
    case 'Delete Entries Older Than 7 Days':
      return told(message('deletedEntries', { count: deleteEntries(engine, 'older than 7 days') }));
    case 'Delete All Entries':
      return told(message('deletedEntries', { count: deleteEntries(engine, 'all') }));
    case 'Use Default Synchronization Setup':
      return told(message('defaultsUsed', { count: useDefaults(engine) }));
    case 'Synchronize Modified Records': {
      const { jobs } = yield* runMapping(engine, { mapping, confirmed });
      return { jobs, notifications: [] };
    }
    case 'Run Full Synchronization':
      return { ...(yield* runFullSynchronization(engine, mapping)), notifications: [] };
    case 'Run Unconditional Full Synchronization':
      return {
        ...(yield* runUnconditionalFullSynchronization(engine, mapping)),
        notifications: [],
      };
    case 'Full Synch. Review': {
      generateLines(engine);
      const { jobs, warnings } = yield* startFullSynch(engine, sessionOf(engine));
      return { jobs, notifications: warnings };
    }
    case 'Recommend Full Synchronization':
      recommendFull(engine, mapping);
      return told(message('fullRecommended', { mapping }));
    case 'Restart Full Synchronization': {
      const jobs = yield* restartLine(engine, mapping, sessionOf(engine));
      return { jobs, notifications: [] };
    }
    case 'Reset Full Synch. Review':
      resetLines(engine);
      return told(message('reviewReset'));
    case 'Run Job Queue':
      return yield* runQueue(engine);
  }
}

function sessionOf({ ids }: Engine): string {
  const { prefix, first } = ids.block(1);
  return idAt(prefix, first);
}

const told = (text: EngineMessage): Done => ({ jobs: [], notifications: [text] });

function* synchronize(
  engine: Engine,
  { choices = {}, fields, seen }: ActionRequest,
  rows: readonly CouplingName[],
): Steps {
  const [coupling] = rows;
  if (fields !== undefined && coupling !== undefined) {
    const winners = winnersOf(engine, coupling, fields);
    const jobs = resolveFields(engine, {
      coupling,
      winners,
      seen: seen ?? versionsOf(engine, coupling),
    });
    return {
      jobs,
      notifications: [message('fieldsResolved', { count: Object.keys(winners).length })],
    };
  }
  const results: readonly Done[] = [
    yield* synchronizePairs(engine, rows.filter(isCoupled), choices),
    yield* synchronizeUncoupled(
      engine,
      rows.filter((row) => !isCoupled(row)),
    ),
  ];
  return {
    jobs: results.flatMap(({ jobs }) => jobs),
    notifications: results.flatMap(({ notifications }) => notifications),
  };
}

/** The side that was chosen for each mapping wins; the recommended one where nobody chose. */
function* synchronizePairs(
  engine: Engine,
  rows: readonly CouplingName[],
  choices: NonNullable<ActionRequest['choices']>,
): Steps {
  if (rows.length === 0) return { jobs: [], notifications: [] };
  const answers: Record<string, SynchChoice> = {};
  for (const question of synchQuestions(engine, rows)) {
    const wanted = choices[question.mapping] ?? choices['*'];
    const [recommended = 'ToIntegrationTable'] = question.choices;
    answers[question.mapping] = question.choices.find((choice) => choice === wanted) ?? recommended;
  }
  const { jobs, notification } = yield* synchronizeCoupled(engine, rows, answers);
  return { jobs, notifications: [notification] };
}

/** The chosen winners, and for what else differs the side that changed it; of a conflict nobody else can know. */
function winnersOf(
  engine: Engine,
  coupling: CouplingName,
  chosen: Readonly<Record<string, SideName>>,
): Readonly<Record<string, SideName>> {
  const differing = comparedFields(engine, coupling).filter(({ differs }) => differs);
  const undecided = differing.filter(
    (each) => each.conflicts && chosen[nameOfField(each)] === undefined,
  );
  if (undecided.length > 0) {
    const fields = undecided.map(nameOfField).join(', ');
    throw new EngineRefusal(message('fieldsUndecided', { fields }));
  }
  return Object.fromEntries(
    differing.map((each) => [
      nameOfField(each),
      chosen[nameOfField(each)] ?? (each.integrationChanged ? 'Dataverse' : 'BusinessCentral'),
    ]),
  );
}

function* deleteCouplings(engine: Engine, rows: readonly CouplingName[], mapping: string): Steps {
  const jobs: SynchJob[] = [];
  let uncoupled = 0;
  const names = rows.length === 0 ? [mapping] : [...new Set(rows.map((row) => row.mapping))];
  for (const name of names) {
    const ids = rows
      .filter((row) => row.mapping === name)
      .map(({ integrationId }) => integrationId);
    const result = yield* uncouple(engine, {
      mapping: name,
      ...(rows.length === 0 ? {} : { ids }),
    });
    uncoupled += result.uncoupled;
    if (result.job !== undefined) jobs.push(result.job);
  }
  return { jobs, notifications: [message('deletedCouplings', { count: uncoupled })] };
}

/** Set Up Coupling, for a record that is coupled already as well as for one that is not. */
function coupleAnew(
  engine: Engine,
  { partner, createNew = false, choices = {} }: ActionRequest,
  rows: readonly CouplingName[],
): Done {
  const done = rows.map((coupling) => {
    const { table, integrationTable } = tablesOf(engine, knownMapping(engine, coupling.mapping));
    if (!createNew && partner === undefined) throw new EngineRefusal(message('noPartner'));
    const other = coupling.integrationId === '' ? table : integrationTable;
    return setUpCoupling(engine, {
      coupling,
      partner: createNew ? undefined : rowNamed(engine, other, partner ?? ''),
      direction: choices[coupling.mapping] ?? choices['*'],
    });
  });
  return {
    jobs: done.flatMap(({ jobs }) => jobs),
    notifications: done.flatMap(({ notifications }) => notifications),
  };
}

/** Everything that is due now, in its order. */
function* runQueue(engine: Engine): Steps {
  const jobs: SynchJob[] = [];
  for (const { id } of dueEntries(engine)) jobs.push(...((yield* runEntry(engine, id)) ?? []));
  return { jobs, notifications: jobs.length === 0 ? [message('nothingDue')] : [] };
}

/**
 * Use Default Synchronization Setup: standard mappings are as they come, as far as their tables are there. In the
 * product the mappings of one's own go; the improved mode keeps them.
 */
function useDefaults(engine: Engine): number {
  const { store } = engine;
  const tables = engine.tables();
  const definitions = (side: 'BusinessCentral' | 'Dataverse') => ({
    tables: tables.filter((table) => table.side === side).map(({ definition }) => definition),
  });
  const project = {
    businessCentral: definitions('BusinessCentral'),
    dataverse: definitions('Dataverse'),
  };
  const standard = standardNames.flatMap((name) => standardMapping(project, name) ?? []);
  store.transaction(() => {
    const before = new Set(listedMappings(store).map(({ name }) => name));
    for (const mapping of standard) {
      if (before.has(mapping.name)) changeMapping(store, mapping);
      else addMapping(store, mapping);
    }
    if (engine.settings().mode === 'faithful') {
      for (const name of before) {
        if (!standard.some((mapping) => mapping.name === name)) deleteMapping(store, name);
      }
    }
  });
  return standard.length;
}
