import { deepEqual, equal, ok } from 'node:assert/strict';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { deleteRow } from '../../../../src/engine/sides/people.ts';
import type { CandidatesRequest } from '../../../../src/engine/surface/views/couplingDialogs.ts';
import { type World, withCustomer, worldOf } from './kit.ts';

const names = ({ surface }: World, request: Partial<CandidatesRequest> = {}): readonly string[] =>
  surface
    .candidates({ mapping: 'CUSTOMER', side: 'Dataverse', ...request })
    .rows.map(({ name }) => name);

describe('the records that Set Up Coupling offers', () => {
  it('are those without a partner first, and first of all those that are called alike', () => {
    const world = worldOf();
    const a = world.record({ Name: 'Contoso' });
    const b = world.record({ Name: 'Adatum' });
    const [, adatum, contoso] = ['Zoo', 'Adatum', 'contoso', 'Bar'].map((name) =>
      world.partner({ name }),
    );
    ok(adatum !== undefined && contoso !== undefined);
    couple(world.engine, 'CUSTOMER', b, adatum);
    deepEqual(names(world, { partnerOf: a }), ['contoso', 'Bar', 'Zoo', 'Adatum']);
    deepEqual(names(world), ['Bar', 'contoso', 'Zoo', 'Adatum']);
    const [alike, , , taken] = world.surface.candidates({
      mapping: 'CUSTOMER',
      side: 'Dataverse',
      partnerOf: a,
    }).rows;
    deepEqual([alike?.isAlike, alike?.coupledTo, alike?.refusal], [true, undefined, undefined]);
    equal(taken?.coupledTo, 'Adatum');
    equal(taken?.refusal?.code, 'alreadyCoupled');
    // The one that it has is no refusal.
    const [, , , own] = world.surface.candidates({
      mapping: 'CUSTOMER',
      side: 'Dataverse',
      partnerOf: b,
    }).rows;
    deepEqual([own?.name, own?.isPartner, own?.refusal], ['Adatum', true, undefined]);
  });

  it('are free again where their partner is deleted, and are none where they are', () => {
    const world = worldOf();
    const a = world.record({ Name: 'Adatum' });
    const [x, y] = ['Adatum', 'Contoso'].map((name) => world.partner({ name }));
    ok(x !== undefined && y !== undefined);
    couple(world.engine, 'CUSTOMER', a, x);
    deleteRow(world.engine, 'BusinessCentral', 'Customer', a);
    deleteRow(world.engine, 'Dataverse', 'account', y);
    const { rows } = world.surface.candidates({ mapping: 'CUSTOMER', side: 'Dataverse' });
    deepEqual(
      rows.map(({ name, coupledTo }) => [name, coupledTo]),
      [['Adatum', undefined]],
    );
  });

  const searches: readonly (readonly [string, readonly string[]])[] = [
    ['', ['Café Ünïcode', 'Contoso', 'Contoso 100%']],
    ['CONT', ['Contoso', 'Contoso 100%']],
    ['100 cont', ['Contoso 100%']],
    ['café ÜNÏ', ['Café Ünïcode']],
    ['brno', ['Contoso']],
    ['%', ['Contoso 100%']],
    ["'; --", []],
    ['nothing', []],
  ];
  for (const [search, found] of searches) {
    it(`are found by “${search}”`, () => {
      const world = worldOf();
      world.partner({ name: 'Contoso', street: 'Brno 1' });
      world.partner({ name: 'Contoso 100%' });
      world.partner({ name: 'Café Ünïcode' });
      deepEqual(names(world, { search }), found);
    });
  }

  it('are told apart by their keys and a few mapped values', () => {
    const world = worldOf();
    world.record({ 'No.': 'C9', Name: 'Adatum', 'Fax No.': '7', 'Home Page': '', Address: 'x' });
    const [row] = world.surface.candidates({ mapping: 'CUSTOMER', side: 'BusinessCentral' }).rows;
    deepEqual(
      [row?.name, row?.key, row?.facts],
      ['Adatum', 'C9', [{ field: 'Fax No.', value: '7' }]],
    );
  });

  it('are cut where there are many, and say so', () => {
    const world = worldOf();
    for (let number = 0; number < 60; number += 1) world.partner({ name: `Account ${number}` });
    const ask = (search?: string, limit?: number) => {
      const { rows, hasMore } = world.surface.candidates({
        mapping: 'CUSTOMER',
        side: 'Dataverse',
        ...(search === undefined ? {} : { search }),
        ...(limit === undefined ? {} : { limit }),
      });
      return [rows.length, hasMore];
    };
    deepEqual(ask(), [50, true]);
    deepEqual(ask('account', 5), [5, true]);
    deepEqual(ask(undefined, 60), [60, false]);
  });

  it('pass the filter of the mapping; one that can not be read hides nothing', () => {
    const world = worldOf(
      withCustomer({
        integrationTableFilter: 'VERSION(1) SORTING(Field1) WHERE(country=CONST(CZ))',
      }),
    );
    world.partner({ name: 'Brno', country: 'CZ' });
    world.partner({ name: 'Lyon', country: 'FR' });
    deepEqual(names(world), ['Brno']);
    const broken = worldOf(withCustomer({ integrationTableFilter: 'WHERE(nonsense' }));
    broken.partner({ name: 'Brno' });
    deepEqual(names(broken), ['Brno']);
    deepEqual(names(broken, { mapping: 'NOPE' }), []);
    equal(
      broken.surface.couplingDialog({ mapping: 'NOPE', integrationId: 'x', crmId: '' }),
      undefined,
    );
    equal(
      broken.surface.couplingDialog({ mapping: 'CUSTOMER', integrationId: 'x', crmId: '' }),
      undefined,
    );
  });
});
