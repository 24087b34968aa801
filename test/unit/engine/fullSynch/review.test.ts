import { deepEqual, equal, ok } from 'node:assert/strict';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { addRow } from '../../../../src/engine/sides/people.ts';
import type { ActionName, ActionResult } from '../../../../src/engine/surface/views/actions.ts';
import { type World, withCustomer, worldOf } from '../coupling/kit.ts';

const run = ({ surface }: World, action: ActionName, mapping?: string): ActionResult =>
  finish(surface.run({ action, ...(mapping === undefined ? {} : { mapping }) }));

const lineOf = ({ surface }: World, name: string) => {
  const line = surface.review().lines.find((each) => each.name === name);
  ok(line);
  return line;
};

const statuses = ({ surface }: World): readonly string[] => [
  ...new Set(surface.review().lines.map(({ status }) => status)),
];

describe('Dataverse Full Synch. Review', () => {
  it('starts once, restarts a line, and begins again when it is reset', () => {
    const world = worldOf();
    world.record({ Name: 'Adatum' });
    const fresh = world.surface.review();
    deepEqual([fresh.canStart, fresh.canReset], [true, false]);
    equal(run(world, 'Full Synch. Review').kind, 'done');
    const done = world.surface.review();
    deepEqual([done.canStart, done.canReset], [false, true]);
    deepEqual(statuses(world), ['Finished']);
    const { canRestart, toStatus, fromStatus } = lineOf(world, 'CUSTOMER');
    deepEqual([canRestart, toStatus, fromStatus], [true, 'Success', 'Success']);
    const again = run(world, 'Full Synch. Review');
    equal(again.kind === 'refused' ? again.reason.code : '', 'off.allStarted');

    world.record({ Name: 'Contoso' });
    const restarted = run(world, 'Restart Full Synchronization', 'CUSTOMER');
    ok(restarted.kind === 'done');
    deepEqual([...new Set(restarted.jobs.map(({ mapping }) => mapping))], ['CUSTOMER']);
    equal(restarted.jobs[0]?.counters.inserted, 1);
    equal(lineOf(world, 'CUSTOMER').status, 'Finished');

    equal(run(world, 'Reset Full Synch. Review').kind, 'done');
    deepEqual(statuses(world), ['']);
    equal(world.surface.review().canStart, true);
    equal(run(world, 'Full Synch. Review').kind, 'done');
  });

  it('shows a line whose records failed, and restarts it', () => {
    const world = worldOf((project) => ({
      ...project,
      integrationTables: project.integrationTables.map((table) => ({
        ...table,
        rules: [{ on: 'insert', error: 'No' }],
      })),
    }));
    world.record({ Name: 'Adatum' });
    run(world, 'Full Synch. Review');
    const { status, toStatus, canRestart } = lineOf(world, 'CUSTOMER');
    deepEqual([status, toStatus, canRestart], ['Finished', 'Error', true]);
  });

  it('restarts no line that waits for another one, nor one that was never started', () => {
    const world = worldOf(withCustomer({ dependencyFilter: 'CURRENCY' }));
    const early = run(world, 'Restart Full Synchronization', 'CUSTOMER');
    equal(early.kind === 'refused' ? early.reason.code : '', 'notRestartable');
    world.record({ Name: 'Adatum' });
    run(world, 'Full Synch. Review');
    world.engine.store.transaction(() =>
      world.engine.store.run(
        "UPDATE full_line SET status = 'Error', recommendation = 'Full Synchronization' WHERE name = 'CURRENCY'",
      ),
    );
    const waiting = run(world, 'Restart Full Synchronization', 'CUSTOMER');
    equal(waiting.kind === 'refused' ? waiting.reason.code : '', 'waitsForLines');
    equal(lineOf(world, 'CUSTOMER').status, 'Finished', 'a refusal changes nothing');
    equal(run(world, 'Restart Full Synchronization', 'CURRENCY').kind, 'done');
    equal(run(world, 'Restart Full Synchronization', 'CUSTOMER').kind, 'done');
  });

  it('recommends what somebody decided instead of coupling, until it is undone or reset', () => {
    const world = worldOf();
    world.record({ Name: 'Adatum' });
    const recommend = (mapping: string): ActionResult =>
      run(world, 'Recommend Full Synchronization', mapping);
    const recommended = (): string => lineOf(world, 'CUSTOMER').recommendation;
    const alone = recommend('CUSTOMER');
    equal(alone.kind === 'refused' ? alone.reason.code : '', 'off.notToCouple');

    world.partner({ name: 'Adatum' });
    equal(recommended(), 'Couple Records');
    equal(lineOf(world, 'CUSTOMER').canRecommend, true);
    const done = recommend('CUSTOMER');
    deepEqual(done.kind === 'done' && done.notifications.map(({ code }) => code), [
      'fullRecommended',
    ]);
    equal(recommended(), 'Full Synchronization');
    equal(lineOf(world, 'CUSTOMER').canRecommend, false);
    equal(recommend('CUSTOMER').kind, 'refused');
    equal(lineOf(world, 'CURRENCY').recommendation, 'No Records Found');

    equal(run(world, 'Full Synch. Review').kind, 'done');
    equal(recommend('CUSTOMER').kind, 'refused', 'it was started');
    equal(run(world, 'Reset Full Synch. Review').kind, 'done');
    equal(recommended(), 'Couple Records');
  });

  it('warns where it would create records a second time, before everything is started', () => {
    const world = worldOf();
    const asked = () =>
      world.surface.actions({}).find(({ name }) => name === 'Full Synch. Review')?.confirm;
    const record = world.record({ Name: 'Adatum' });
    equal(asked()?.code, 'confirm.Full Synch. Review');
    const partner = world.partner({ name: 'Adatum' });
    deepEqual(asked()?.args, { mappings: 'CUSTOMER' });
    equal(lineOf(world, 'CUSTOMER').mayDouble, true);
    couple(world.engine, 'CUSTOMER', record, partner);
    equal(asked()?.code, 'confirm.Full Synch. Review', 'they are one');
    deepEqual(
      [lineOf(world, 'CUSTOMER').mayDouble, lineOf(world, 'CUSTOMER').recommendation],
      [false, 'Couple Records'],
    );
    world.record({ Name: 'Contoso' });
    world.partner({ name: 'Contoso' });
    equal(lineOf(world, 'CUSTOMER').mayDouble, true);
    equal(run(world, 'Recommend Full Synchronization', 'CUSTOMER').kind, 'done');
    equal(asked()?.code, 'confirm.Full Synch. Review', 'somebody knows better');
  });

  it('warns before the full synchronization of one mapping, too, if it creates records', () => {
    const asked = (world: World) =>
      world.surface
        .actions({ mapping: 'CUSTOMER' })
        .find(({ name }) => name === 'Run Full Synchronization')?.confirm?.code;
    for (const [mapping, code] of [
      [{ synchOnlyCoupledRecords: false }, 'confirm.doubles'],
      [{ synchOnlyCoupledRecords: true }, undefined],
      [{ synchOnlyCoupledRecords: false, tableFilter: 'WHERE(Name=CONST(B))' }, undefined],
      [{ synchOnlyCoupledRecords: false, tableFilter: 'WHERE(' }, undefined],
    ] as const) {
      const world = worldOf(withCustomer(mapping));
      world.record({ Name: 'Adatum' });
      equal(asked(world), undefined);
      world.partner({ name: 'Adatum' });
      equal(asked(world), code);
    }
  });

  for (const [title, rates, recommendation] of [
    ['the base currency alone', [1], 'Full Synchronization'],
    ['one currency that is not the base', [0.85], 'Couple Records'],
    ['the base currency and another one', [1, 0.85], 'Couple Records'],
  ] as const) {
    it(`recommends for CURRENCY where Dataverse has ${title}: ${recommendation}`, () => {
      const world = worldOf((project) => ({
        ...project,
        integrationTables: project.integrationTables.map((table) =>
          table.name === 'transactioncurrency'
            ? { ...table, fields: [...table.fields, { name: 'ExchangeRate', type: 'decimal' }] }
            : table,
        ),
      }));
      addRow(world.engine, 'BusinessCentral', 'Currency', { Code: 'EUR' });
      for (const ExchangeRate of rates) {
        addRow(world.engine, 'Dataverse', 'transactioncurrency', { ExchangeRate });
      }
      equal(lineOf(world, 'CURRENCY').recommendation, recommendation);
    });
  }

  it('counts one unit schedule as none, for there is always one', () => {
    const unit = { name: 'Unit of Measure', fields: [{ name: 'Code', type: 'code' }] } as const;
    const schedule = { name: 'uomschedule', fields: [{ name: 'name', type: 'text' }] } as const;
    const world = worldOf((project) => ({
      ...project,
      tables: [...project.tables, unit],
      integrationTables: [...project.integrationTables, schedule],
      mappings: [
        ...project.mappings,
        {
          name: 'UNIT OF MEASURE',
          table: 'Unit of Measure',
          integrationTable: 'uomschedule',
          direction: 'ToIntegrationTable',
          fields: [{ field: 'Code', integrationField: 'name', direction: 'ToIntegrationTable' }],
        },
      ],
    }));
    const recommended = (): string => lineOf(world, 'UNIT OF MEASURE').recommendation;
    addRow(world.engine, 'Dataverse', 'uomschedule', { name: 'Default Unit' });
    equal(recommended(), 'No Records Found');
    addRow(world.engine, 'BusinessCentral', 'Unit of Measure', { Code: 'PCS' });
    equal(recommended(), 'Full Synchronization');
    addRow(world.engine, 'Dataverse', 'uomschedule', { name: 'PCS' });
    equal(recommended(), 'Couple Records');
  });
});
