import { deepEqual, equal, ok } from 'node:assert/strict';
import { setUpCoupling } from '../../../../src/engine/actions/setUpCoupling.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { addRow, editRow } from '../../../../src/engine/sides/people.ts';
import type { MappingDirection } from '../../../../src/engine/model/side.ts';
import type { ComparedField } from '../../../../src/engine/surface/views/explained.ts';
import { type World, withCustomer, worldOf } from '../coupling/kit.ts';

/** Customers with a currency that both sides know, EUR, beside the local one. */
function worldWith(direction: MappingDirection) {
  const fields = [
    { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
    { field: 'Currency Code', integrationField: 'transactioncurrencyid', direction },
    { integrationField: 'country', constantValue: 'CZ', direction: 'ToIntegrationTable' },
  ] as const;
  const world = worldOf(withCustomer({ fields, synchOnlyCoupledRecords: false }));
  const { engine, surface } = world;
  const integrationId = addRow(engine, 'BusinessCentral', 'Currency', { Code: 'EUR' });
  const euro = addRow(engine, 'Dataverse', 'transactioncurrency', { isocurrencycode: 'EUR' });
  const coupling = { mapping: 'CURRENCY', integrationId, crmId: '' };
  setUpCoupling(engine, { coupling, partner: euro, direction: undefined });
  const run = (): unknown =>
    finish(surface.run({ action: 'Synchronize Modified Records', mapping: 'CUSTOMER' }));
  return { ...world, euro, run };
}

const fieldOf = (
  { surface }: World,
  id: string,
  name: string,
): Pick<ComparedField, 'value' | 'integrationValue' | 'integrationRead' | 'differs'> => {
  const found = surface
    .explain('CUSTOMER', id)
    ?.fields.find(({ field, integrationField }) => (field ?? integrationField) === name);
  ok(found);
  const { value, integrationValue, integrationRead, differs } = found;
  return { value, integrationValue, integrationRead, differs };
};

describe('What both records hold', () => {
  for (const direction of ['ToIntegrationTable', 'Bidirectional'] as const) {
    it(`is told in the terms of Business Central where a record is looked up (${direction})`, () => {
      const world = worldWith(direction);
      const id = world.record({ Name: 'Adatum', 'Currency Code': 'EUR' });
      world.run();
      deepEqual(fieldOf(world, id, 'Currency Code'), {
        value: 'EUR',
        integrationValue: world.euro,
        integrationRead: 'EUR',
        differs: false,
      });
    });

    it(`counts the local currency as none (${direction})`, () => {
      const world = worldWith(direction);
      const id = world.record({ Name: 'Adatum', 'Currency Code': 'USD' });
      world.run();
      deepEqual(fieldOf(world, id, 'Currency Code'), {
        value: 'USD',
        integrationValue: null,
        integrationRead: 'USD',
        differs: false,
      });
    });
  }

  it('names what a lookup of Dataverse leads to where both differ', () => {
    const world = worldWith('Bidirectional');
    const id = world.record({ Name: 'Adatum', 'Currency Code': 'EUR' });
    world.run();
    editRow(world.engine, 'BusinessCentral', 'Customer', id, { 'Currency Code': 'USD' });
    deepEqual(fieldOf(world, id, 'Currency Code'), {
      value: 'USD',
      integrationValue: world.euro,
      integrationRead: 'EUR',
      differs: true,
    });
  });

  it('is the constant on the side that has no field', () => {
    const world = worldWith('Bidirectional');
    const id = world.record({ Name: 'Adatum' });
    world.run();
    deepEqual(fieldOf(world, id, 'country'), {
      value: 'CZ',
      integrationValue: 'CZ',
      integrationRead: 'CZ',
      differs: false,
    });
  });

  it('is told as it stands where a text differs', () => {
    const world = worldWith('Bidirectional');
    const id = world.record({ Name: 'Adatum' });
    world.run();
    editRow(world.engine, 'BusinessCentral', 'Customer', id, { Name: '' });
    const { integrationRead, differs } = fieldOf(world, id, 'Name');
    equal(integrationRead, 'Adatum');
    equal(differs, true);
  });
});
