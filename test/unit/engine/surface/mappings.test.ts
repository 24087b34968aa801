import { equal } from 'node:assert/strict';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { type World, withCustomer, worldOf } from '../coupling/kit.ts';

const notYetCreated = ({ surface }: World): number | undefined =>
  surface.mappings().find(({ name }) => name === 'CUSTOMER')?.notYetCreated;

const run = (
  { surface }: World,
  action: 'Synchronize Modified Records' | 'Run Full Synchronization',
) => finish(surface.run({ action, mapping: 'CUSTOMER' }));

describe('Integration Table Mappings', () => {
  it('tell of records that every run has passed, until a full synchronization creates their partners (I27)', () => {
    const world = worldOf();
    world.record({ Name: 'Adatum' });
    world.partner({ name: 'Lamna' });
    run(world, 'Synchronize Modified Records');
    equal(notYetCreated(world), 0, 'only coupled records are to be synchronized');
    setMapping(world.engine, 'CUSTOMER', { synchOnlyCoupledRecords: false });
    run(world, 'Synchronize Modified Records');
    equal(notYetCreated(world), 2);
    world.record({ Name: 'new' });
    equal(notYetCreated(world), 2, 'the next run takes it');
    run(world, 'Run Full Synchronization');
    equal(notYetCreated(world), 0);
  });

  it('do not count what could not be created and is tried again, nor what the filter leaves out', () => {
    const world = worldOf((project) => ({
      ...withCustomer({
        synchOnlyCoupledRecords: false,
        tableFilter: 'WHERE(Name=FILTER(A*))',
      })(project),
      integrationTables: project.integrationTables.map((table) => ({
        ...table,
        rules: [{ on: 'insert', error: 'No' }],
      })),
    }));
    world.record({ Name: 'Adatum' });
    world.record({ Name: 'Contoso' });
    run(world, 'Synchronize Modified Records');
    equal(notYetCreated(world), 0);
    equal(world.surface.errors().total, 1);
  });

  it('have none where a filter can not be read, which every run says', () => {
    const world = worldOf(withCustomer({ synchOnlyCoupledRecords: false, tableFilter: 'WHERE(' }));
    world.record({ Name: 'Adatum' });
    equal(notYetCreated(world), 0);
  });
});
