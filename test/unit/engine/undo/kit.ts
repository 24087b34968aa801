import * as fc from 'fast-check';
import {
  deleteRecords,
  findForDeleted,
  restoreRecords,
} from '../../../../src/engine/actions/brokenCouplings.ts';
import { type CouplingName, couplingTables } from '../../../../src/engine/actions/coupledErrors.ts';
import {
  runFullSynchronization,
  runUnconditionalFullSynchronization,
} from '../../../../src/engine/actions/mappingRuns.ts';
import { retry, retryAll } from '../../../../src/engine/actions/retry.ts';
import {
  type SynchChoice,
  synchronizeCoupled,
} from '../../../../src/engine/actions/synchronize.ts';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { coupleByMatch } from '../../../../src/engine/coupling/matchBased.ts';
import { setMatchSettings } from '../../../../src/engine/coupling/matchSettings.ts';
import { setUpCoupling } from '../../../../src/engine/actions/setUpCoupling.ts';
import { uncouple } from '../../../../src/engine/coupling/uncouple.ts';
import { createEngine, type Engine } from '../../../../src/engine/engine.ts';
import { recommendFull } from '../../../../src/engine/fullSynch/recommendation.ts';
import {
  generateLines,
  resetLines,
  restartLine,
  startFullSynch,
} from '../../../../src/engine/fullSynch/review.ts';
import { addQueueEntry } from '../../../../src/engine/jobQueue/entries.ts';
import { runEntry } from '../../../../src/engine/jobQueue/run.ts';
import { resetCue } from '../../../../src/engine/log/cue.ts';
import { deleteEntries } from '../../../../src/engine/log/retention.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow, editRow } from '../../../../src/engine/sides/people.ts';
import { couplingsOf } from '../../../../src/engine/store/couplings.ts';
import { steadyOptions } from '../disk/kit.ts';
import { standardProject } from '../standardProject.ts';

const CUSTOMERS = 5;

/** A project with rows on both sides, some coupled, matched by name where they are not. */
export function worldOf(mode: EngineMode): Engine {
  const project = standardProject(mode);
  const engine = createEngine(
    {
      ...project,
      mappings: project.mappings.map((mapping) => ({
        ...mapping,
        fields: mapping.fields.map((field, index) => ({
          ...field,
          useForMatchBasedCoupling: index === 0,
        })),
      })),
    },
    steadyOptions(),
  );
  for (let number = 0; number < CUSTOMERS; number += 1) {
    const record = addRow(engine, 'BusinessCentral', 'Customer', { Name: `Customer ${number}` });
    const partner = addRow(engine, 'Dataverse', 'account', { name: `Customer ${number}` });
    if (number > 0) couple(engine, 'CUSTOMER', record, partner);
  }
  const currency = addRow(engine, 'BusinessCentral', 'Currency', { Code: 'EUR', Symbol: '€' });
  const code = addRow(engine, 'Dataverse', 'transactioncurrency', { isocurrencycode: 'EUR' });
  couple(engine, 'CURRENCY', currency, code);
  addQueueEntry(engine, 'CUSTOMER');
  const runs = (): void => {
    for (const mapping of ['CUSTOMER', 'CURRENCY']) finish(runMapping(engine, { mapping }));
  };
  runs();
  // One that is Skipped, since its partner is gone, and one that Find for Deleted finds.
  deleteRow(engine, 'BusinessCentral', 'Currency', currency);
  const [partner = ''] = idsOf(engine, 'Dataverse').slice(-1);
  const [record = ''] = idsOf(engine, 'BusinessCentral').slice(-1);
  deleteRow(engine, 'Dataverse', 'account', partner);
  for (const value of ['1', '2']) {
    editRow(engine, 'BusinessCentral', 'Customer', record, { 'Fax No.': value });
    finish(runMapping(engine, { mapping: 'CUSTOMER' }));
  }
  return engine;
}

/** What people do in the apps before somebody uses an action. */
type Edit =
  | { readonly kind: 'record' | 'partner'; readonly at: number; readonly value: string }
  | { readonly kind: 'delete record' | 'delete partner'; readonly at: number }
  | { readonly kind: 'run' };

export const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('record' as const, 'partner' as const),
    at: fc.nat(CUSTOMERS),
    value: fc.constantFrom('x', 'y', 'z'),
  }),
  fc.record({
    kind: fc.constantFrom('delete record' as const, 'delete partner' as const),
    at: fc.nat(CUSTOMERS),
  }),
  fc.constant({ kind: 'run' as const }),
);

export const idsOf = (engine: Engine, side: 'BusinessCentral' | 'Dataverse'): readonly string[] => {
  const name = side === 'Dataverse' ? 'account' : 'Customer';
  const table = engine.tables().find(({ definition }) => definition.name === name);
  return engine.store
    .rows(`SELECT id FROM ${table?.rows} WHERE alive ORDER BY rid`)
    .map(([id]) => String(id));
};

export function make(engine: Engine, edit: Edit): void {
  if (edit.kind === 'run') {
    finish(runMapping(engine, { mapping: 'CUSTOMER' }));
    return;
  }
  const isRecord = edit.kind.endsWith('record');
  const side = isRecord ? 'BusinessCentral' : 'Dataverse';
  const table = isRecord ? 'Customer' : 'account';
  const ids = idsOf(engine, side);
  const id = ids[edit.at % Math.max(1, ids.length)];
  if (id === undefined) return;
  if ('value' in edit)
    editRow(engine, side, table, id, { [isRecord ? 'Name' : 'name']: edit.value });
  else deleteRow(engine, side, table, id);
}

export const couplingNames = (engine: Engine): readonly CouplingName[] =>
  couplingTables(engine).flatMap(({ mapping, table, integrationTable }) =>
    couplingsOf(engine.store, { table, integrationTable }).map(({ integrationId, crmId }) => ({
      mapping: mapping.name,
      integrationId,
      crmId,
    })),
  );

export function* at(work: () => unknown): Generator<never, void> {
  work();
  yield* [];
}

const synchronize = (choice: SynchChoice) => (engine: Engine) =>
  synchronizeCoupled(engine, couplingNames(engine), { CUSTOMER: choice });

/** Every action of the pages, on everything there is. */
export const actions: Readonly<Record<string, (engine: Engine) => Generator<unknown, unknown>>> = {
  Retry: (engine) => at(() => retry(engine, couplingNames(engine))),
  'Retry All': (engine) => at(() => retryAll(engine)),
  'Synchronize to Dataverse': synchronize('ToIntegrationTable'),
  'Synchronize from Dataverse': synchronize('FromIntegrationTable'),
  'Synchronize by merging': synchronize('Merge'),
  'Restore Records': (engine) => restoreRecords(engine, couplingNames(engine)),
  'Delete Records': (engine) => at(() => deleteRecords(engine, couplingNames(engine))),
  'Delete Couplings': (engine) => uncouple(engine, { mapping: 'CUSTOMER' }),
  'Find for Deleted': (engine) => at(() => findForDeleted(engine)),
  'Set Up Coupling': (engine) => {
    const [first] = couplingNames(engine);
    const free = idsOf(engine, 'Dataverse').find(
      (id) => !couplingNames(engine).some(({ crmId }) => crmId === id),
    );
    return at(() =>
      first === undefined || free === undefined
        ? undefined
        : setUpCoupling(engine, {
            coupling: first,
            partner: free,
            direction: 'ToIntegrationTable',
          }),
    );
  },
  'Set Up Coupling, Create New': (engine) =>
    at(() => {
      const [coupling] = couplingNames(engine);
      if (coupling !== undefined) setUpCoupling(engine, { coupling, partner: undefined });
    }),
  'Select Coupling Criteria': (engine) =>
    at(() =>
      setMatchSettings(engine, 'CUSTOMER', {
        criteria: [{ field: 'Fax No.', caseSensitive: true, priority: 1 }],
        synchAfterCoupling: true,
        createNew: true,
      }),
    ),
  'Match-Based Coupling': (engine) => coupleByMatch(engine, { mapping: 'CUSTOMER' }),
  'Delete All Entries': (engine) => at(() => deleteEntries(engine, 'all')),
  'Synchronize Modified Records': (engine) => runMapping(engine, { mapping: 'CUSTOMER', batch: 2 }),
  'Run Full Synchronization': (engine) => runFullSynchronization(engine, 'CUSTOMER'),
  'Run Unconditional Full Synchronization': (engine) =>
    runUnconditionalFullSynchronization(engine, 'CURRENCY'),
  'Full Synch. Review': function* (engine) {
    generateLines(engine);
    yield* startFullSynch(engine, 'session');
  },
  'Recommend Full Synchronization': (engine) => at(() => recommendFull(engine, 'CUSTOMER')),
  'Restart Full Synchronization': function* (engine) {
    generateLines(engine);
    yield* startFullSynch(engine, 'session');
    yield* restartLine(engine, 'CURRENCY', 'session');
  },
  'Reset Full Synch. Review': function* (engine) {
    generateLines(engine);
    yield* startFullSynch(engine, 'session');
    resetLines(engine);
  },
  'Run Job Queue': function* (engine) {
    for (const [id] of engine.store.rows('SELECT id FROM queue_entry')) {
      yield* runEntry(engine, String(id));
    }
  },
  'Reset of the cue': (engine) => at(() => resetCue(engine)),
  'Change of a mapping': (engine) =>
    at(() => setMapping(engine, 'CUSTOMER', { updateConflictResolution: 'None', tableFilter: '' })),
};
