import { deepEqual, equal, ok } from 'node:assert/strict';
import { finish } from '../../../../src/engine/run/runMapping.ts';
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
});
