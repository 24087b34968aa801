import { deepEqual, equal, ok } from 'node:assert/strict';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import type { ActionResult, ActionRequest } from '../../../../src/engine/surface/views/actions.ts';
import { recorded } from '../../../../src/engine/undo/record.ts';
import { undoAction } from '../../../../src/engine/undo/undo.ts';
import { type World, withCustomer, worldOf } from './kit.ts';

const fax = { field: 'Fax No.', caseSensitive: false, priority: 0 };
const name = { field: 'Name', caseSensitive: true, priority: 1 };
const settings = { criteria: [fax, name], synchAfterCoupling: false, createNew: false };

const run = ({ surface }: World, request: Partial<ActionRequest>): ActionResult =>
  finish(surface.run({ action: 'Match-Based Coupling', mapping: 'CUSTOMER', ...request }));

const toldIn = (result: ActionResult) =>
  result.kind === 'done' ? result.notifications[0]?.args : result.reason.code;

describe('Select Coupling Criteria', () => {
  it('offers what can be compared, as the mapping is set', () => {
    const { surface } = worldOf(
      withCustomer({
        fields: [
          { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
          { integrationField: 'country', direction: 'ToIntegrationTable', constantValue: 'CZ' },
          {
            field: 'Fax No.',
            integrationField: 'fax',
            direction: 'Bidirectional',
            useForMatchBasedCoupling: true,
            matchPriority: 2,
          },
          { field: 'Contact', integrationField: 'name', direction: 'Bidirectional' },
          {
            field: 'Address',
            integrationField: 'street',
            direction: 'Bidirectional',
            status: 'Disabled',
          },
        ],
        createNewInCaseOfNoMatch: true,
      }),
    );
    deepEqual(surface.matchDialog('CUSTOMER'), {
      criteria: [{ field: 'Fax No.', caseSensitive: false, priority: 2 }],
      synchAfterCoupling: false,
      createNew: true,
      updateConflictResolution: 'None',
      fields: [
        { field: 'Name', integrationField: 'name', isText: true },
        { field: 'Fax No.', integrationField: 'fax', isText: true },
      ],
      direction: 'Bidirectional',
      canCreate: true,
    });
    equal(surface.matchDialog('NOPE'), undefined);
  });

  it('keeps what was chosen on the mapping, and an undo brings both back', () => {
    const world = worldOf();
    const { engine, surface } = world;
    world.record({ Name: 'Adatum', 'Fax No.': '7' });
    world.partner({ name: 'Other', fax: '7' });
    const before = surface.matchDialog('CUSTOMER');
    const request: ActionRequest = {
      action: 'Match-Based Coupling',
      mapping: 'CUSTOMER',
      match: { ...settings, updateConflictResolution: 'Send data update to integration table' },
    };
    const { action } = finish(
      recorded(engine, { title: 'Match', request: '' }, () => surface.run(request)),
    );
    const after = surface.matchDialog('CUSTOMER');
    // In the order of the mapping.
    deepEqual(after?.criteria, [name, fax]);
    equal(after.updateConflictResolution, 'Send data update to integration table');
    equal(surface.couplings().total, 1);
    undoAction(engine, action);
    deepEqual(surface.matchDialog('CUSTOMER'), before);
    equal(surface.couplings().total, 0);
  });

  it('tells how many were coupled, had no match, and had several', () => {
    const world = worldOf();
    for (const number of ['1', '2', '3', '4']) world.record({ Name: 'B', 'Fax No.': number });
    for (const number of ['1', '3', '3']) world.partner({ name: 'A', fax: number });
    deepEqual(toldIn(run(world, { match: settings })), { coupled: 1, notFound: 2, ambiguous: 1 });
    deepEqual(toldIn(run(world, {})), { coupled: 0, notFound: 2, ambiguous: 1 });
  });

  it('synchronizes and creates as it is told', () => {
    const world = worldOf();
    const a = world.record({ Name: 'Adatum', 'Fax No.': '7' });
    const b = world.record({ Name: 'Contoso', 'Fax No.': '8' });
    world.partner({ name: 'Other', fax: '7' });
    const result = run(world, {
      match: { ...settings, criteria: [fax], synchAfterCoupling: true, createNew: true },
    });
    ok(result.kind === 'done');
    deepEqual(
      [a, b].map((id) => world.surface.explain('CUSTOMER', id)?.coupledRecord?.['name']),
      ['Adatum', 'Contoso'],
    );
  });

  it('never creates users for salespeople', () => {
    const { surface } = worldOf((project) => ({
      ...project,
      mappings: project.mappings.map((mapping) =>
        mapping.name === 'CONTACT' ? { ...mapping, name: 'SALESPEOPLE' } : mapping,
      ),
    }));
    equal(surface.matchDialog('SALESPEOPLE')?.canCreate, false);
  });

  const refusals: readonly (readonly [string, Partial<ActionRequest>, string])[] = [
    ['no criteria', {}, 'noMatchCriteria'],
    ['criteria that are none', { match: { ...settings, criteria: [] } }, 'noMatchCriteria'],
    [
      'a field that is not mapped',
      { match: { ...settings, criteria: [{ ...fax, field: 'Address' }] } },
      'noCriterion',
    ],
    ['an unknown mapping', { mapping: 'NOPE', match: settings }, 'off.noMapping'],
  ];
  for (const [id, request, code] of refusals) {
    it(`refuses ${id}, and changes nothing`, () => {
      const world = worldOf();
      const before = world.surface.matchDialog('CUSTOMER');
      equal(toldIn(run(world, request)), code);
      deepEqual(world.surface.matchDialog('CUSTOMER'), before);
    });
  }
});
