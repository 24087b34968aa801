import { deepEqual, ok } from 'node:assert/strict';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import type { CouplingName } from '../../../../src/engine/actions/coupledErrors.ts';
import { type World, withCustomer, worldOf } from '../coupling/kit.ts';

const ofRecord = (integrationId: string): CouplingName => ({
  mapping: 'CUSTOMER',
  integrationId,
  crmId: '',
});
const ofPartner = (crmId: string): CouplingName => ({
  mapping: 'CUSTOMER',
  integrationId: '',
  crmId,
});

function synchronized({ surface }: World, rows: readonly CouplingName[]) {
  const result = finish(surface.run({ action: 'Synchronize', rows }));
  ok(result.kind === 'done', JSON.stringify(result));
  return {
    jobs: result.jobs.map(({ direction, counters }) => [
      direction,
      counters.inserted,
      counters.failed,
    ]),
    said: result.notifications.map(({ code, args }) => [code, args]),
  };
}

const scheduled = (done: number, failed: number, skipped: number, total: number) => [
  'synchScheduled',
  { done, failed, skipped, total },
];

describe('Synchronize, of records without a partner', () => {
  it('has one job for all records of a side, and says how many were created', () => {
    const world = worldOf();
    const records = ['Adatum', 'Contoso', 'Fabrikam'].map((Name) => world.record({ Name }));
    const partners = ['Lamna', 'Litware'].map((name) => world.partner({ name }));
    deepEqual(synchronized(world, [...partners.map(ofPartner), ...records.map(ofRecord)]), {
      jobs: [
        ['ToIntegrationTable', 3, 0],
        ['FromIntegrationTable', 2, 0],
      ],
      said: [scheduled(3, 0, 0, 3), scheduled(2, 0, 0, 2)],
    });
  });

  it('leaves out what the filter leaves out, and says so (I25)', () => {
    const world = worldOf(withCustomer({ tableFilter: 'WHERE(Name=FILTER(A*))' }));
    const [inside, outside] = ['Adatum', 'Contoso'].map((Name) => world.record({ Name }));
    ok(inside !== undefined && outside !== undefined);
    deepEqual(synchronized(world, [ofRecord(outside)]), {
      jobs: [],
      said: [['outOfMapFilter', { mapping: 'CUSTOMER' }]],
    });
    deepEqual(synchronized(world, [ofRecord(inside), ofRecord(outside)]), {
      jobs: [['ToIntegrationTable', 1, 0]],
      said: [scheduled(1, 0, 1, 2)],
    });
  });
});
