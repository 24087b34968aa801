import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  deleteRecords,
  findForDeleted,
  restoreRecords,
  setUpCoupling,
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
import { uncouple } from '../../../../src/engine/coupling/uncouple.ts';
import { createEngine, type Engine, openEngine } from '../../../../src/engine/engine.ts';
import { generateLines, startFullSynch } from '../../../../src/engine/fullSynch/review.ts';
import { addQueueEntry } from '../../../../src/engine/jobQueue/entries.ts';
import { runEntry } from '../../../../src/engine/jobQueue/run.ts';
import { resetCue } from '../../../../src/engine/log/cue.ts';
import { deleteEntries } from '../../../../src/engine/log/retention.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow, editRow } from '../../../../src/engine/sides/people.ts';
import { couplingsOf } from '../../../../src/engine/store/couplings.ts';
import { recorded, recordedActions } from '../../../../src/engine/undo/record.ts';
import { undoAction, undoRefusal } from '../../../../src/engine/undo/undo.ts';
import { steadyOptions } from '../disk/kit.ts';
import { standardProject } from '../standardProject.ts';

const CUSTOMERS = 5;

/** A project with rows on both sides, some coupled, matched by name where they are not. */
function worldOf(mode: EngineMode): Engine {
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

const edits: fc.Arbitrary<Edit> = fc.oneof(
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

const idsOf = (engine: Engine, side: 'BusinessCentral' | 'Dataverse'): readonly string[] => {
  const name = side === 'Dataverse' ? 'account' : 'Customer';
  const table = engine.tables().find(({ definition }) => definition.name === name);
  return engine.store
    .rows(`SELECT id FROM ${table?.rows} WHERE alive ORDER BY rid`)
    .map(([id]) => String(id));
};

function make(engine: Engine, edit: Edit): void {
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

const couplingNames = (engine: Engine): readonly CouplingName[] =>
  couplingTables(engine).flatMap(({ mapping, table, integrationTable }) =>
    couplingsOf(engine.store, { table, integrationTable }).map(({ integrationId, crmId }) => ({
      mapping: mapping.name,
      integrationId,
      crmId,
    })),
  );

function* at(work: () => unknown): Generator<never, void> {
  work();
  yield* [];
}

const synchronize = (choice: SynchChoice) => (engine: Engine) =>
  synchronizeCoupled(engine, couplingNames(engine), { CUSTOMER: choice });

/** Every action of the pages, on everything there is. */
const actions: Readonly<Record<string, (engine: Engine) => Generator<unknown, unknown>>> = {
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
    return first === undefined || free === undefined
      ? at(() => undefined)
      : setUpCoupling(engine, first, free);
  },
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
  'Run Job Queue': function* (engine) {
    for (const [id] of engine.store.rows('SELECT id FROM queue_entry')) {
      yield* runEntry(engine, String(id));
    }
  },
  'Reset of the cue': (engine) => at(() => resetCue(engine)),
  'Change of a mapping': (engine) =>
    at(() => setMapping(engine, 'CUSTOMER', { updateConflictResolution: 'None', tableFilter: '' })),
};

/** Runs and records an action; answers its number, if it changed anything. */
function act(engine: Engine, name: string): number | undefined {
  const steps = recorded(
    engine,
    { title: name, request: '{}', deletesLogs: name === 'Delete All Entries' },
    () => (actions[name] ?? (() => at(() => undefined)))(engine),
  );
  try {
    const { action } = finish(steps);
    return recordedActions(engine).some(({ no }) => no === action) ? action : undefined;
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    return undefined;
  }
}

/** Everything but versions, tombstones that nothing refers to, and the log. */
function stateOf(engine: Engine, withLog: boolean): unknown {
  const { store } = engine;
  const rows = engine
    .tables()
    .map(({ rows: table, columns }) =>
      store.rows(
        `SELECT id, modified_at, modified_by, alive${columns.map(({ column }) => `, ${column}`).join('')} FROM ${table} WHERE alive OR rid IN (SELECT bc_rid FROM coupling UNION SELECT dv_rid FROM coupling) ORDER BY rid`,
      ),
    );
  const tables = [
    'coupling',
    'mapping',
    'pending',
    'queue_entry',
    'full_line',
    'option_value',
    'meta',
  ];
  const logs = withLog ? ['synch_job', 'synch_error', 'outcome'] : [];
  return [
    rows,
    ...[...tables, ...logs].map((table) => store.rows(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  ];
}

/**
 * Values and couplings after two more runs. A row that came back has a new version, so that the next run looks at it
 * once more: what fails again may be Skipped one run earlier.
 */
function future(engine: Engine): unknown {
  for (let round = 0; round < 2; round += 1) finish(runMapping(engine, { mapping: 'CUSTOMER' }));
  return [
    engine
      .tables()
      .map(({ rows, columns }) =>
        engine.store.rows(
          `SELECT ${['id', ...columns.map(({ column }) => column)].join(', ')} FROM ${rows} WHERE alive ORDER BY rid`,
        ),
      ),
    engine.store.rows('SELECT bc_rid, dv_rid FROM coupling ORDER BY 1'),
  ];
}

describe('Undo', () => {
  const person = (engine: Engine): string => idsOf(engine, 'BusinessCentral')[1] ?? '';

  it('is refused, and changes nothing, where a row has changed meanwhile', () => {
    const engine = worldOf('improved');
    editRow(engine, 'BusinessCentral', 'Customer', person(engine), { Name: 'x' });
    const action = act(engine, 'Synchronize Modified Records') ?? NaN;
    const partner = couplingNames(engine).find(
      ({ integrationId }) => integrationId === person(engine),
    );
    editRow(engine, 'Dataverse', 'account', partner?.crmId ?? '', { name: 'y' });
    const state = stateOf(engine, true);
    throws(() => undoAction(engine, action), refusal('undoRowsChanged'));
    deepEqual(stateOf(engine, true), state);
  });

  it('is refused where a coupling has changed meanwhile, or its place was taken', () => {
    const engine = worldOf('improved');
    const action = act(engine, 'Delete Couplings') ?? NaN;
    const other = addRow(engine, 'Dataverse', 'account', { name: 'Other' });
    couple(engine, 'CUSTOMER', person(engine), other);
    throws(() => undoAction(engine, action), refusal('undoEntriesChanged'));
    const newcomer = addRow(engine, 'BusinessCentral', 'Customer', { Name: 'Newcomer' });
    finish(uncouple(engine, { mapping: 'CUSTOMER', ids: [person(engine)] }));
    const taken = couplingNames(worldOf('improved'))[1]?.crmId ?? '';
    couple(engine, 'CUSTOMER', newcomer, taken);
    throws(() => undoAction(engine, action), EngineRefusal);
  });

  it('goes back action by action, and each once', () => {
    const engine = worldOf('improved');
    const states = [stateOf(engine, false)];
    const numbers: number[] = [];
    for (const value of ['x', 'y', 'z']) {
      const edit = recorded(engine, { title: 'Edit', request: '{}' }, () =>
        at(() => editRow(engine, 'BusinessCentral', 'Customer', person(engine), { Name: value })),
      );
      numbers.push(finish(edit).action);
      states.push(stateOf(engine, false));
    }
    for (const number of numbers.toReversed()) {
      deepEqual(stateOf(engine, false), states.pop());
      undoAction(engine, number);
    }
    deepEqual(stateOf(engine, false), states.pop());
    throws(() => undoAction(engine, numbers[0] ?? NaN), refusal('undoGone'));
  });

  it('keeps the last twenty actions', () => {
    const engine = worldOf('improved');
    for (let number = 0; number < 25; number += 1) {
      finish(
        recorded(engine, { title: `Edit ${number}`, request: '{}' }, () =>
          at(() => editRow(engine, 'BusinessCentral', 'Customer', person(engine), { Name: 'x' })),
        ),
      );
    }
    const titles = recordedActions(engine).map(({ title }) => title);
    deepEqual([titles.length, titles[0], titles.at(-1)], [20, 'Edit 24', 'Edit 5']);
  });

  for (const mode of ['improved', 'faithful'] as const) {
    for (const name of Object.keys(actions)) {
      it(`brings back what was before: ${name}, ${mode}`, () => {
        let undone = 0;
        fc.assert(
          fc.property(fc.array(edits, { minLength: 1, maxLength: 6 }), (before) => {
            const engine = worldOf(mode);
            for (const edit of before) make(engine, edit);
            const logs = name === 'Delete All Entries';
            const state = stateOf(engine, logs);
            const twin = openEngine(engine.store.image(), steadyOptions(1000));
            const action = act(engine, name);
            if (action === undefined) {
              deepEqual(stateOf(engine, logs), state, 'what changed nothing is not recorded');
            } else {
              undone += 1;
              equal(undoRefusal(engine, action), undefined);
              const acted = stateOf(engine, false);
              const { action: undo } = undoAction(engine, action);
              deepEqual(stateOf(engine, logs), state);
              if (!logs) {
                const again = undoAction(engine, undo);
                deepEqual(stateOf(engine, false), acted, 'done again');
                undoAction(engine, again.action);
              }
            }
            deepEqual(future(engine), future(twin), 'what comes after it');
            engine.store.close();
            twin.store.close();
          }),
          { numRuns: 12, seed: 7 },
        );
        ok(undone > 0, 'the action did something');
      });
    }
  }
});

const refusal =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof EngineRefusal && error.reason.code === code;
