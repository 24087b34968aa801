import { deepEqual, equal, ok } from 'node:assert/strict';
import { couple, tablesOf } from '../../../../src/engine/coupling/couple.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  openEngine,
} from '../../../../src/engine/engine.ts';
import { counterNames, type SynchJob } from '../../../../src/engine/model/job.ts';
import type { IntegrationTableMapping } from '../../../../src/engine/model/mapping.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import type { SideName } from '../../../../src/engine/model/side.ts';
import type { FieldValues } from '../../../../src/engine/model/table.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import {
  addRow,
  deleteRow,
  editRow,
  reviveRow,
  rowNamed,
} from '../../../../src/engine/sides/people.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import { couplingsOf, partnerOf } from '../../../../src/engine/store/couplings.ts';
import { errorsOf } from '../../../../src/engine/store/errors.ts';
import { jobsOf } from '../../../../src/engine/store/jobs.ts';
import { allMappings, mappingNamed } from '../../../../src/engine/store/mappings.ts';
import { changeRowTable } from '../../../../src/engine/store/rowTables.ts';
import { changeSettings } from '../../../../src/engine/store/settings.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import {
  type CouplingName,
  openCoupledErrors,
} from '../../../../src/engine/actions/coupledErrors.ts';
import { countersOf, performAction } from './actionSteps.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';
import { standardProject } from '../standardProject.ts';
import type { RowName, RunStep, Scenario, Scene, Step } from './scenario.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 8);

/** Runs a scenario in a mode; throws where it does not hold. */
export function runScenario(scenario: Scenario, mode: EngineMode): void {
  const stage = stageFor(scenario, mode);
  const before: readonly Step[] = scenario.empty === true ? [] : standardPair;
  for (const step of [...before, ...scenario.steps]) {
    stage.pass(MINUTE);
    perform(stage, step);
  }
}

const standardPair: readonly Step[] = [
  { add: 'bc:A', values: { Name: 'A', 'Fax No.': '1' } },
  { add: 'dv:A', values: { name: 'A', fax: '1' } },
  { couple: 'A' },
  { run: true },
];

interface Stage {
  engine: Engine;
  readonly options: EngineOptions;
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
  readonly ids: Map<RowName, string>;
  readonly remember: Map<string, unknown>;
}

function stageFor({ project = {} }: Scenario, mode: EngineMode): Stage {
  let now = START;
  let last = 0;
  const clock = { BusinessCentral: () => now, Dataverse: () => now };
  const ids = {
    block: (count: number) => {
      const first = last + 1;
      last += count;
      return { prefix: '00000000-0000-8000-8000-', first };
    },
  };
  const options: EngineOptions = { sqlJs, clock, ids };
  const standard = standardProject(mode);
  return {
    engine: createEngine({ ...standard, ...project }, options),
    options,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    now: () => now,
    ids: new Map(),
    remember: new Map(),
  };
}

interface Place {
  readonly side: SideName;
  readonly table: string;
  readonly mapping: IntegrationTableMapping;
}

/** `bc:A`, `dv:contact/A`. */
function placeOf({ engine }: Stage, name: RowName): Place {
  const [prefix = '', path = ''] = name.split(':');
  const side = prefix === 'bc' ? 'BusinessCentral' : 'Dataverse';
  const table = path.includes('/') ? path.split('/')[0] : undefined;
  const own = (mapping: IntegrationTableMapping): string =>
    side === 'BusinessCentral' ? mapping.table : mapping.integrationTable;
  const mappings = allMappings(engine.store);
  const mapping =
    (table === undefined ? undefined : mappings.find((each) => own(each) === table)) ?? mappings[0];
  ok(mapping);
  return { side, table: table ?? own(mapping), mapping };
}

function idOf(stage: Stage, name: RowName): string {
  const known = stage.ids.get(name);
  if (known !== undefined) return known;
  const { side, mapping } = placeOf(stage, name);
  const isBc = side === 'BusinessCentral';
  const other = `${isBc ? 'dv' : 'bc'}:${name.includes('/') ? `${isBc ? mapping.integrationTable : mapping.table}/` : ''}${name.split(/[:/]/u).at(-1)}`;
  const partner = stage.ids.get(other);
  ok(partner !== undefined, `nobody is called ${name}`);
  const found = partnerOf(
    stage.engine.store,
    tablesOf(stage.engine, mapping),
    isBc ? 'Dataverse' : 'BusinessCentral',
    partner,
  );
  return found ?? 'nobody';
}

function perform(stage: Stage, step: Step): void {
  const { engine, ids } = stage;
  const person = (given: { readonly by?: string; readonly at?: string }) => ({
    ...(given.by === undefined ? {} : { by: given.by }),
    ...(given.at === undefined ? {} : { at: Date.parse(given.at) }),
  });
  if ('add' in step) {
    const { side, table } = placeOf(stage, step.add);
    ids.set(
      step.add,
      addRow(engine, side, table, step.values ?? {}, {
        ...person(step),
        ...(step.id === undefined ? {} : { id: step.id }),
      }),
    );
  } else if ('edit' in step) {
    const { side, table } = placeOf(stage, step.edit);
    editRow(engine, side, table, idOf(stage, step.edit), step.values ?? {}, person(step));
  } else if ('delete' in step) {
    const { side, table } = placeOf(stage, step.delete);
    deleteRow(engine, side, table, idOf(stage, step.delete));
  } else if ('revive' in step) {
    const { side, table } = placeOf(stage, step.revive);
    reviveRow(engine, side, table, idOf(stage, step.revive));
  } else if ('couple' in step) {
    const mapping = step.mapping ?? 'CUSTOMER';
    const { table, integrationTable } = mappingOf(stage, mapping);
    refusing(step.refused, () =>
      couple(
        engine,
        mapping,
        idOf(stage, rowName('bc', table, step.couple)),
        idOf(stage, rowName('dv', integrationTable, step.with ?? step.couple)),
      ),
    );
  } else if ('wait' in step) stage.pass(step.wait);
  else if ('mapping' in step) {
    const name = nameOf(step.mapping);
    refusing(step.refused, () => setMapping(engine, name, step.set));
  } else if ('rules' in step) {
    const { side } = placeOf(stage, step.rules);
    const table = tableOf(engine.tables(), side, step.rules.split(':')[1] ?? '');
    changeRowTable(engine.store, table, { ...table.definition, rules: step.are });
  } else if ('settings' in step) {
    changeSettings(engine.store, { ...engine.settings(), ...step.settings });
  } else if ('reopen' in step) {
    const image = engine.store.image();
    engine.store.close();
    stage.engine = openEngine(image, stage.options);
  } else if ('run' in step) performRun(stage, step);
  else if ('action' in step)
    performAction(
      engine,
      (name) => couplingNamed(stage, name),
      (name) => idOf(stage, name),
      step,
    );
  else if ('listed' in step) {
    const listed = openCoupledErrors(engine).rows.map(({ integrationId }) => integrationId);
    const expected = step.listed.map((name) => couplingNamed(stage, name).integrationId);
    deepEqual(listed.toSorted(), expected.toSorted(), 'the rows of the page');
  } else if ('holds' in step) step.holds(sceneOf(stage));
  else {
    for (const [name, values] of Object.entries(step.rows ?? {})) checkRow(stage, name, values);
    for (const [name, count] of Object.entries(step.count ?? {})) {
      const { side } = placeOf(stage, name);
      const { rows } = tableOf(engine.tables(), side, name.split(':')[1] ?? '');
      equal(engine.store.value(`SELECT count(*) FROM ${rows} WHERE alive`), count, name);
    }
    for (const [name, expected] of Object.entries(step.couplings ?? {})) {
      const { side, mapping } = placeOf(stage, name);
      const [found] = couplingsOf(engine.store, tablesOf(engine, mapping), {
        side,
        id: idOf(stage, name),
      });
      if (expected === null) {
        equal(found, undefined, `${name} is coupled`);
        continue;
      }
      ok(found !== undefined, `${name} is not coupled`);
      if (expected.skipped !== undefined) equal(found.skipped, expected.skipped, `${name} skipped`);
      if (expected.result !== undefined)
        equal(found.lastSynchResult ?? 'blank', expected.result, name);
      if (expected.crmResult !== undefined)
        equal(found.lastSynchCrmResult ?? 'blank', expected.crmResult, name);
    }
    if (step.jobs !== undefined) equal(jobsOf(engine.store).length, step.jobs);
  }
}

/** The coupling of a row, also of one that is gone. */
function couplingNamed(stage: Stage, name: RowName): CouplingName {
  const { mapping, side } = placeOf(stage, name);
  const id = idOf(stage, name);
  const [found] = couplingsOf(stage.engine.store, tablesOf(stage.engine, mapping), { side, id });
  ok(found, `${name} is not coupled`);
  return { mapping: mapping.name, integrationId: found.integrationId, crmId: found.crmId };
}

const sceneOf = (stage: Stage): Scene => ({
  engine: stage.engine,
  idOf: (name) => idOf(stage, name),
  couplingOf: (name) => couplingNamed(stage, name),
  remember: stage.remember,
  now: stage.now,
});

const nameOf = (mapping: string | true): string => (mapping === true ? 'CUSTOMER' : mapping);

function mappingOf({ engine }: Stage, name: string): IntegrationTableMapping {
  const mapping = mappingNamed(engine.store, name);
  ok(mapping, `no mapping ${name}`);
  return mapping;
}

const rowName = (side: string, table: string, row: string): RowName =>
  table === 'Customer' || table === 'account' ? `${side}:${row}` : `${side}:${table}/${row}`;

function checkRow(stage: Stage, name: RowName, expected: FieldValues | null): void {
  const { side, table } = placeOf(stage, name);
  const values = rowNamed(stage.engine, side, table, idOf(stage, name));
  if (expected === null) {
    equal(values, undefined, `${name} exists`);
    return;
  }
  ok(values !== undefined, `${name} does not exist`);
  deepEqual(
    Object.fromEntries(Object.keys(expected).map((field) => [field, values[field]])),
    expected,
    name,
  );
}

function refusing(code: string | undefined, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    equal(error.reason.code, code);
    return;
  }
  equal(undefined, code, 'it was not refused');
}

function performRun(stage: Stage, step: RunStep): void {
  const { engine } = stage;
  const mapping = nameOf(step.run);
  const direction =
    step.only === undefined
      ? undefined
      : step.only === 'to'
        ? 'ToIntegrationTable'
        : 'FromIntegrationTable';
  refusing(step.refused, () => {
    const { jobs } = finish(
      runMapping(engine, {
        mapping,
        ...(direction === undefined ? {} : { direction }),
        ...(step.rows === undefined ? {} : { ids: step.rows.map((name) => idOf(stage, name)) }),
        ...(step.forced === undefined ? {} : { forced: step.forced }),
        ...(step.override === undefined ? {} : { overrideOnlyCoupled: step.override }),
        ...(step.full === undefined ? {} : { full: step.full }),
        ...(step.confirmed === undefined ? {} : { confirmed: step.confirmed }),
      }),
    );
    const found = Object.fromEntries(
      jobs.map((job) => [job.direction === 'ToIntegrationTable' ? 'to' : 'from', countersOf(job)]),
    );
    const expected = Object.fromEntries(
      (['to', 'from'] as const).flatMap((name) => {
        const counters = step[name];
        return counters === undefined ? [] : [[name, counters]];
      }),
    );
    const errors = jobs.flatMap((job) =>
      errorsOf(engine.store, engine.tables(), job.no)
        .toReversed()
        .map(({ message }) => message.code),
    );
    const seen = Object.keys(expected).length === 0 && step.message === undefined ? {} : found;
    deepEqual(
      { ...seen, errors: step.errors === undefined ? [] : errors },
      { ...expected, errors: step.errors ?? [] },
      JSON.stringify({ found, errors }),
    );
    if (step.errors === undefined) deepEqual(errors, [], 'error lines');
    if (step.message !== undefined) equal(jobs[0]?.message?.code, step.message);
    for (const job of jobs) checkConservation(engine, job);
    if (step.lines !== undefined) {
      const lines = jobs.flatMap(({ no }) =>
        engine.store
          .rows('SELECT line FROM outcome WHERE job = ? ORDER BY n', [no])
          .map(([line]) => line),
      );
      deepEqual(lines, step.lines);
    }
  });
}

/** O07: the counters of every job add up to the rows that reached the record step. */
function checkConservation({ store }: Engine, job: SynchJob): void {
  const sum = counterNames.reduce((total, name) => total + job.counters[name], 0);
  equal(sum, store.value('SELECT count(*) FROM outcome WHERE job = ?', [job.no]), 'O07');
}
