import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ErrorAction, enabledActions } from '../../../../src/engine/actions/enabled.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import { applyProject } from '../../../../src/engine/project/applyProject.ts';
import type { ProjectFile } from '../../../../src/engine/project/file.ts';
import { rowsOfList } from '../../../../src/engine/project/rows.ts';
import { standardMapping } from '../../../../src/engine/project/standardSetup.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { deleteRow } from '../../../../src/engine/sides/people.ts';
import { runOrder } from '../../../../src/engine/surface/order.ts';
import { type Surface, surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { type ActionName, actionNames } from '../../../../src/engine/surface/views/actions.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const file: ProjectFile = {
  businessCentral: {
    tables: [
      {
        name: 'Customer',
        primaryKey: ['No.'],
        fields: [
          { name: 'No.', type: 'code' },
          { name: 'Name', type: 'text' },
        ],
      },
    ],
  },
  dataverse: { tables: [{ name: 'account', fields: [{ name: 'name', type: 'text' }] }] },
  mappings: [
    {
      name: 'CUSTOMER',
      table: 'Customer',
      integrationTable: 'account',
      direction: 'Bidirectional',
      fields: [{ field: 'Name', integrationField: 'name', direction: 'Bidirectional' }],
    },
  ],
  couplings: ['1', '2', '3', '4'].map((no) => ({
    mapping: 'CUSTOMER',
    record: no,
    integrationRecord: `Ünï ${no}`,
    synchronized: true,
  })),
};

function opened(): {
  readonly surface: Surface;
  readonly remove: (side: 'bc' | 'dv', no: string) => void;
} {
  let last = 0;
  const engine = createEngine(
    { tables: [], integrationTables: [], mappings: [] },
    {
      sqlJs,
      clock: { BusinessCentral: () => 1_000_000, Dataverse: () => 1_000_000 },
      ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
    },
  );
  const numbers = ['1', '2', '3', '4', '5'];
  const [customers] = file.businessCentral.tables;
  const [accounts] = file.dataverse.tables;
  ok(customers && accounts);
  const records = rowsOfList(
    customers,
    numbers.map((no) => ({ 'No.': no, Name: `Ünï ${no}` })),
  );
  const rows = rowsOfList(
    accounts,
    numbers.slice(0, 4).map((no) => ({ name: `Ünï ${no}` })),
  );
  const { troubles } = applyProject(engine, file, {
    tables: [
      { side: 'BusinessCentral', table: 'Customer', ...records },
      { side: 'Dataverse', table: 'account', ...rows },
    ],
    couplings: Array.isArray(file.couplings) ? file.couplings : [],
    troubles: [],
  });
  deepEqual(troubles, []);
  return {
    surface: surfaceOf(engine, 'en'),
    remove(side, no) {
      const index = numbers.indexOf(no);
      if (side === 'bc') {
        deleteRow(engine, 'BusinessCentral', 'Customer', records.rows[index]?.id ?? '');
      } else deleteRow(engine, 'Dataverse', 'account', rows.rows[index]?.id ?? '');
    },
  };
}

describe('the surface of the engine', () => {
  const { surface, remove } = opened();
  before(() => {
    remove('dv', '2');
    remove('bc', '3');
    remove('bc', '4');
    remove('dv', '4');
  });

  const enabled = (target: Parameters<Surface['actions']>[0]): readonly ActionName[] =>
    surface.actions(target).flatMap(({ name, enabled: is }) => (is ? [name] : []));

  for (const no of ['1', '2', '3', '4']) {
    it(`offers for ${no} what the page of the product offers`, () => {
      const row = surface.explain('CUSTOMER', no);
      ok(row);
      const product: readonly ErrorAction[] = enabledActions(row);
      const shared = actionNames.filter((name): name is ActionName & ErrorAction =>
        (
          [
            'Retry',
            'Retry All',
            'Synchronize',
            'Set Up Coupling',
            'Delete Couplings',
            'Find for Deleted',
            'Restore Records',
            'Delete Records',
          ] as readonly string[]
        ).includes(name),
      );
      deepEqual(
        enabled({ rows: [row] }).filter((name) => shared.some((each) => each === name)),
        shared.filter((name) => product.includes(name)),
      );
    });
  }

  it('says why an action is off, and what to ask before one that takes something away', () => {
    for (const { name, enabled: is, reason, title, confirm } of surface.actions({})) {
      equal(is, reason === undefined, name);
      ok(title !== '' && !title.startsWith('message.'), title);
      if (reason !== undefined) ok(!reason.text.startsWith('message.'), reason.text);
      if (confirm !== undefined) ok(!confirm.text.startsWith('message.'), confirm.text);
    }
    const asking = new Set(
      surface
        .actions({ mapping: 'CUSTOMER' })
        .flatMap(({ name, confirm }) => (confirm === undefined ? [] : [name])),
    );
    for (const name of ['Delete Couplings', 'Delete All Entries'] as const) {
      ok(asking.has(name), name);
    }
  });

  it('refuses what is off, and throws nothing', () => {
    const other = opened().surface;
    for (const action of actionNames) {
      const rows = [{ mapping: 'NOPE', integrationId: 'x', crmId: 'y' }];
      const view = other.actions({ rows }).find(({ name }) => name === action);
      const result = finish(other.run({ action, rows }));
      if (view?.enabled === false) equal(result.kind, 'refused', action);
    }
  });

  it('pages and searches couplings, whatever letters', () => {
    equal(surface.couplings({ limit: 2 }).total, 4);
    deepEqual(
      surface.couplings({ offset: 1, limit: 2 }).rows.map(({ description }) => description),
      ['2', '3'],
    );
    deepEqual(
      surface.couplings({ search: 'ÜNÏ 3' }).rows.map(({ description }) => description),
      ['3'],
    );
    equal(surface.couplings({ state: 'broken' }).total, 3);
    equal(surface.couplings({ mapping: 'NOPE' }).total, 0);
    equal(surface.couplings({ search: "'%" }).total, 0);
  });

  it('explains what no mapping couples, and knows nothing of what is not there', () => {
    equal(surface.explain(undefined, '5')?.state, 'uncoupled');
    deepEqual(surface.explain(undefined, '5')?.actions[0], 'Set Up Coupling');
    equal(surface.explain(undefined, 'nobody'), undefined);
    equal(surface.explain('NOPE', '5'), undefined);
  });

  it('answers plain data', () => {
    const answers = [
      surface.project(),
      surface.mappings(),
      surface.errors(),
      surface.couplings(),
      surface.jobs(),
      surface.jobErrors(),
      surface.actions({}),
      surface.explain(undefined, '1'),
    ];
    for (const answer of answers) deepEqual(structuredClone(answer), answer);
  });
});

describe('the order of a run', () => {
  const cases: readonly (readonly [
    string,
    Readonly<Record<string, readonly string[]>>,
    readonly string[],
  ])[] = [
    ['nothing', {}, []],
    ['as listed', { A: [], B: [] }, ['A', 'B']],
    ['dependencies first', { A: ['B'], B: ['C'], C: [] }, ['C', 'B', 'A']],
    ['what is not there waits for nobody', { A: ['X'] }, ['A']],
    ['a circle keeps its places', { A: ['B'], B: ['A'], C: [] }, ['C', 'A', 'B']],
  ];
  for (const [id, mappings, order] of cases) {
    it(id, () => {
      deepEqual(
        runOrder(Object.entries(mappings).map(([name, dependencies]) => ({ name, dependencies }))),
        order,
      );
    });
  }
});

describe('the default synchronization setup', () => {
  it('has what the project defines, and no filter over what it does not', () => {
    const found = standardMapping(file, 'customer');
    deepEqual(found?.fields, [
      { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
    ]);
    equal(found?.integrationTableFilter, undefined);
    equal(standardMapping(file, 'VENDOR'), undefined);
    equal(standardMapping(file, 'NOPE'), undefined);
  });
});
