import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { addRow, deleteRow } from '../../../../src/engine/sides/people.ts';
import type { ActionRequest, ActionResult } from '../../../../src/engine/surface/views/actions.ts';
import { recorded } from '../../../../src/engine/undo/record.ts';
import { undoAction } from '../../../../src/engine/undo/undo.ts';
import { type World, withCustomer, worldOf } from './kit.ts';

const row = (integrationId: string, crmId = '') => ({ mapping: 'CUSTOMER', integrationId, crmId });

const setUp = (
  { surface }: World,
  integrationId: string,
  request: Partial<ActionRequest>,
  crmId = '',
): ActionResult =>
  finish(surface.run({ action: 'Set Up Coupling', rows: [row(integrationId, crmId)], ...request }));

const codesOf = (result: ActionResult): readonly string[] =>
  result.kind === 'refused' ? [result.reason.code] : result.notifications.map(({ code }) => code);

const couplingsOf = ({ surface }: World): readonly string[] =>
  surface.couplings().rows.map(({ integrationId, crmId }) => `${integrationId} ${crmId}`);

describe('Set Up Coupling', () => {
  it('couples by id, key and name, and leaves the values alone unless told to', () => {
    const world = worldOf();
    const records = ['Adatum', 'Contoso', 'Litware'].map((Name) => world.record({ Name }));
    const partners = ['Adatum Corp.', 'Contoso Ltd.', 'Litware Inc.'].map((name) =>
      world.partner({ name }),
    );
    const [a = '', b = '', c = ''] = records;
    deepEqual(codesOf(setUp(world, a, { partner: partners[0] ?? '' })), ['coupled']);
    deepEqual(codesOf(setUp(world, b, { partner: 'contoso ltd.' })), ['coupled']);
    deepEqual(codesOf(setUp(world, c, { partner: 'Lit' })), ['coupled']);
    deepEqual(
      couplingsOf(world),
      records.map((id, index) => `${id} ${partners[index]}`),
    );
    const { account } = { account: world.surface.explain('CUSTOMER', a)?.coupledRecord };
    equal(account?.['name'], 'Adatum Corp.');
  });

  const directions = [
    ['ToIntegrationTable', 'Adatum'],
    ['FromIntegrationTable', 'Adatum Corp.'],
  ] as const;
  for (const [direction, name] of directions) {
    it(`synchronizes after coupling, ${direction}`, () => {
      const world = worldOf();
      const id = world.record({ Name: 'Adatum' });
      const partner = world.partner({ name: 'Adatum Corp.' });
      const result = setUp(world, id, { partner, choices: { CUSTOMER: direction } });
      equal(result.kind, 'done');
      const explained = world.surface.explain('CUSTOMER', id);
      deepEqual(
        [explained?.record?.['Name'], explained?.coupledRecord?.['name'], explained?.state],
        [name, name, 'synchronized'],
      );
    });
  }

  it('couples a row of Dataverse to a record of Business Central', () => {
    const world = worldOf();
    const id = world.record({ Name: 'Adatum' });
    const partner = world.partner({ name: 'Adatum' });
    const dialog = world.surface.couplingDialog(row('', partner));
    deepEqual(
      [dialog?.side, dialog?.name, dialog?.partnerTable, dialog?.actions[0]],
      ['Dataverse', 'Adatum', 'Customer', 'FromIntegrationTable'],
    );
    equal(setUp(world, '', { partner: 'Adatum' }, partner).kind, 'done');
    deepEqual(couplingsOf(world), [`${id} ${partner}`]);
  });

  it('creates the partner on either side', () => {
    const world = worldOf();
    const id = world.record({ Name: 'Adatum' });
    const other = world.partner({ name: 'Contoso' });
    deepEqual(codesOf(setUp(world, id, { createNew: true })), ['coupled']);
    deepEqual(codesOf(setUp(world, '', { createNew: true }, other)), ['coupled']);
    deepEqual(
      world.surface
        .couplings()
        .rows.map(({ state, integrationId }) => [
          state,
          world.surface.explain('CUSTOMER', integrationId)?.coupledRecord?.['name'],
        ]),
      [
        ['synchronized', 'Adatum'],
        ['synchronized', 'Contoso'],
      ],
    );
  });

  it('keeps the partner that a record has where the new one is refused', () => {
    const world = worldOf();
    const [a, b] = ['Adatum', 'Contoso'].map((Name) => world.record({ Name }));
    const [x, y] = ['Adatum', 'Contoso'].map((name) => world.partner({ name }));
    ok(a !== undefined && b !== undefined && x !== undefined && y !== undefined);
    couple(world.engine, 'CUSTOMER', a, x);
    couple(world.engine, 'CUSTOMER', b, y);
    const before = couplingsOf(world);
    const result = setUp(world, a, { partner: y });
    ok(result.kind === 'refused');
    equal(
      result.reason.text,
      'Cannot couple Adatum to this Dataverse Account record, because the Dataverse Account record is already coupled to Contoso.',
    );
    deepEqual(couplingsOf(world), before);
    equal(world.surface.jobs().length, 0, 'nor is there a job for what was not done');
  });

  it('keeps the partner that a record has where none can be created', () => {
    const world = worldOf((project) => ({
      ...project,
      integrationTables: project.integrationTables.map((table) => ({
        ...table,
        rules: [{ on: 'insert', error: 'No more accounts' }],
      })),
    }));
    const [a, b] = ['Adatum', 'Contoso'].map((Name) => world.record({ Name }));
    const x = world.partner({ name: 'Adatum' });
    ok(a !== undefined && b !== undefined);
    couple(world.engine, 'CUSTOMER', a, x);
    const result = setUp(world, a, { createNew: true });
    match(result.kind === 'refused' ? result.reason.text : '', /No more accounts/u);
    deepEqual(couplingsOf(world), [`${a} ${x}`]);
    // Whoever had none gets a line in the log (`bc-oracle.md` J14).
    const logged = setUp(world, b, { createNew: true });
    ok(logged.kind === 'done');
    match(logged.notifications[0]?.text ?? '', /No more accounts/u);
    equal(logged.jobs[0]?.counters.failed, 1);
  });

  const refusals: readonly (readonly [string, Partial<ActionRequest>, string])[] = [
    ['nobody', {}, 'noPartner'],
    ['an unknown name', { partner: 'nobody' }, 'nameNotFound'],
    ['a deleted row', { partner: 'gone' }, 'nameNotFound'],
    ['a name of two', { partner: 'Twin' }, 'nameAmbiguous'],
    [
      'a way that the mapping does not go',
      { partner: 'Free', choices: { '*': 'FromIntegrationTable' } },
      'directionNotConfigured',
    ],
    [
      'merging what never agreed',
      { partner: 'Free', choices: { '*': 'Merge' } },
      'directionNotConfigured',
    ],
  ];
  for (const [id, request, code] of refusals) {
    it(`refuses ${id}, and changes nothing`, () => {
      const world = worldOf(
        withCustomer({
          direction: 'ToIntegrationTable',
          fields: [{ field: 'Name', integrationField: 'name', direction: 'ToIntegrationTable' }],
        }),
      );
      const record = world.record({ Name: 'Adatum' });
      for (const name of ['Free', 'Twin', 'twin']) world.partner({ name });
      deleteRow(world.engine, 'Dataverse', 'account', world.partner({ name: 'gone' }));
      deepEqual(codesOf(setUp(world, record, request)), [code]);
      deepEqual(couplingsOf(world), []);
    });
  }

  it('neither synchronizes nor creates without a connection, but couples', () => {
    const world = worldOf((project) => ({ ...project, connectionEnabled: false }));
    const id = world.record({ Name: 'Adatum' });
    world.partner({ name: 'Adatum' });
    const dialog = world.surface.couplingDialog(row(id));
    deepEqual([dialog?.actions, dialog?.canCreate], [['DoNotSynchronize'], false]);
    deepEqual(codesOf(setUp(world, id, { createNew: true })), ['connectionNotEnabled']);
    deepEqual(codesOf(setUp(world, id, { partner: 'Adatum' })), ['coupled']);
  });

  it('refuses a row that another mapping has coupled to a record of another table', () => {
    const world = worldOf((project) => ({
      ...project,
      mappings: project.mappings.map((mapping) =>
        mapping.name === 'CONTACT'
          ? { ...mapping, integrationTable: 'account', fields: [] }
          : mapping,
      ),
    }));
    const { engine, surface } = world;
    const id = world.record({ Name: 'Adatum' });
    const partner = world.partner({ name: 'Adatum' });
    const contact = addRow(engine, 'BusinessCentral', 'Contact', { Name: 'Ann' });
    couple(engine, 'CONTACT', contact, partner);
    const [offered] = surface.candidates({
      mapping: 'CUSTOMER',
      side: 'Dataverse',
      partnerOf: id,
    }).rows;
    deepEqual([offered?.coupledTo, offered?.refusal?.code], ['Ann', 'alreadyCoupled']);
    deepEqual(codesOf(setUp(world, id, { partner })), ['alreadyCoupled']);
    deleteRow(engine, 'BusinessCentral', 'Contact', contact);
    deepEqual(codesOf(setUp(world, id, { partner })), ['coupled']);
  });

  it('is undone as a whole', () => {
    const world = worldOf();
    const { engine, surface } = world;
    const a = world.record({ Name: 'Adatum' });
    const [x, y] = ['Adatum', 'Contoso'].map((name) => world.partner({ name }));
    ok(x !== undefined && y !== undefined);
    couple(engine, 'CUSTOMER', a, x);
    const request: ActionRequest = {
      action: 'Set Up Coupling',
      rows: [row(a, x)],
      partner: y,
      choices: { '*': 'ToIntegrationTable' },
    };
    const { action } = finish(
      recorded(engine, { title: 'Set Up Coupling', request: '' }, () => surface.run(request)),
    );
    deepEqual(couplingsOf(world), [`${a} ${y}`]);
    equal(surface.explain('CUSTOMER', a)?.coupledRecord?.['name'], 'Adatum');
    undoAction(engine, action);
    deepEqual(couplingsOf(world), [`${a} ${x}`]);
    deepEqual(
      surface.candidates({ mapping: 'CUSTOMER', side: 'Dataverse' }).rows.map(({ name }) => name),
      ['Contoso', 'Adatum'],
    );
  });
});

describe('any order of setting up couplings', () => {
  const asked = fc.record({
    isRecord: fc.boolean(),
    at: fc.nat(3),
    partner: fc.option(fc.nat(3), { nil: undefined }),
    direction: fc.constantFrom(undefined, 'ToIntegrationTable', 'FromIntegrationTable'),
    gone: fc.option(fc.nat(3), { nil: undefined }),
  });

  it('leaves every record one partner, and a refusal leaves everything as it was', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (all) => {
        const world = worldOf();
        const { engine } = world;
        const records = [0, 1, 2, 3].map((number) => world.record({ Name: `Record ${number}` }));
        const partners = [0, 1, 2, 3].map((number) => world.partner({ name: `Row ${number}` }));
        for (const { isRecord, at, partner, direction, gone } of all) {
          if (gone !== undefined) deleteRow(engine, 'Dataverse', 'account', partners[gone] ?? '');
          const [own, others] = isRecord ? [records, partners] : [partners, records];
          const id = own[at] ?? '';
          const other = partner === undefined ? undefined : others[partner];
          const before = couplingsOf(world);
          const result = setUp(
            world,
            isRecord ? id : '',
            {
              ...(other === undefined ? { createNew: true } : { partner: other }),
              ...(direction === undefined ? {} : { choices: { '*': direction } }),
            },
            isRecord ? '' : id,
          );
          const after = couplingsOf(world);
          if (result.kind === 'refused') deepEqual(after, before);
          else if (other !== undefined) {
            ok(after.includes(isRecord ? `${id} ${other}` : `${other} ${id}`));
          } else ok(after.some((pair) => pair.includes(id)));
          const names = after.flatMap((pair) => pair.split(' '));
          equal(new Set(names).size, names.length, 'one partner each');
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a record that the runs got past', () => {
  it('is told of, and created by hand', () => {
    const world = worldOf();
    const { engine, surface } = world;
    const id = world.record({ Name: 'Adatum' });
    const runs = (): unknown =>
      finish(surface.run({ action: 'Synchronize Modified Records', mapping: 'CUSTOMER' }));
    const steps = (): readonly string[] =>
      surface.explain('CUSTOMER', id)?.nextSteps.map(({ code }) => code) ?? [];
    runs();
    ok(steps().includes('next.onlyCoupled'));
    ok(!steps().includes('next.passed'));
    setMapping(engine, 'CUSTOMER', { synchOnlyCoupledRecords: false });
    runs();
    deepEqual(steps(), ['next.passed', 'next.couple']);
    equal(surface.explain('CUSTOMER', id)?.actions[0], 'Synchronize');
    finish(surface.run({ action: 'Synchronize', rows: [row(id)] }));
    equal(surface.explain('CUSTOMER', id)?.coupledRecord?.['name'], 'Adatum');
  });

  it('is none before the first run, which creates it', () => {
    const world = worldOf(withCustomer({ synchOnlyCoupledRecords: false }));
    const id = world.record({ Name: 'Adatum' });
    const { surface } = world;
    ok(!surface.explain('CUSTOMER', id)?.nextSteps.some(({ code }) => code === 'next.passed'));
  });
});
