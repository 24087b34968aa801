import { deepEqual, equal, ok } from 'node:assert/strict';
import { createEngine } from '../../../../src/engine/engine.ts';
import { applyProject } from '../../../../src/engine/project/applyProject.ts';
import type { ProjectFile } from '../../../../src/engine/project/file.ts';
import { rowsOfList } from '../../../../src/engine/project/rows.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { deleteRow, editRow } from '../../../../src/engine/sides/people.ts';
import { type Surface, surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const NAMES = ['1', '2', '3', '4', '5', '6'];
const direction = 'Bidirectional';
/** A name that would end a text of SQL. */
const mapping = "O'CUSTOMER";

const file: ProjectFile = {
  businessCentral: {
    tables: [{ name: 'Customer', primaryKey: ['Name'], fields: ['Name', 'City'].map(textField) }],
  },
  dataverse: {
    tables: [
      {
        name: 'account',
        fields: ['name', 'city'].map(textField),
        rules: [
          { on: 'modify', error: 'no modifying' },
          { on: 'insert', error: 'no inserting' },
        ],
      },
    ],
  },
  mappings: [
    {
      name: mapping,
      table: 'Customer',
      integrationTable: 'account',
      direction,
      synchOnlyCoupledRecords: false,
      fields: [
        { field: 'Name', integrationField: 'name', direction },
        { field: 'City', integrationField: 'city', direction },
      ],
    },
  ],
};

function textField(name: string): { name: string; type: 'text' } {
  return { name, type: 'text' };
}

/** Four refused changes, a conflict, a deletion, and two rows that could not be created. */
function opened(): Surface {
  let last = 0;
  let now = 1_000_000;
  const engine = createEngine(
    { tables: [], integrationTables: [], mappings: [] },
    {
      sqlJs,
      clock: { BusinessCentral: () => now, Dataverse: () => now },
      ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
    },
  );
  const [customers] = file.businessCentral.tables;
  const [accounts] = file.dataverse.tables;
  ok(customers && accounts);
  const own = rowsOfList(
    customers,
    [...NAMES, 'new 1', 'new 2'].map((Name) => ({ Name, City: 'Brno' })),
  );
  const other = rowsOfList(
    accounts,
    NAMES.map((name) => ({ name, city: 'Brno' })),
  );
  const { troubles } = applyProject(engine, file, {
    tables: [
      { side: 'BusinessCentral', table: 'Customer', ...own },
      { side: 'Dataverse', table: 'account', ...other },
    ],
    couplings: NAMES.map((name) => ({
      mapping,
      record: name,
      integrationRecord: name,
      synchronized: true,
    })),
    troubles: [],
  });
  deepEqual(troubles, []);
  now += 60_000;
  for (const { id } of own.rows.slice(0, NAMES.length)) {
    editRow(engine, 'BusinessCentral', 'Customer', id, { City: 'Praha' });
  }
  const idOf = (name: string): string => other.rows[NAMES.indexOf(name)]?.id ?? '';
  editRow(engine, 'Dataverse', 'account', idOf('5'), { city: 'Paris' });
  deleteRow(engine, 'Dataverse', 'account', idOf('6'));
  const surface = surfaceOf(engine, 'en');
  finish(surface.run({ action: 'Synchronize Modified Records', mapping }));
  return surface;
}

describe('Coupled Data Synchronization Errors, a page at a time', () => {
  const surface = opened();
  const all = surface.errors({ limit: Infinity }).rows;

  it('has errors of every kind', () => {
    deepEqual(
      all.map(({ state }) => state === 'notCreated'),
      [false, false, false, false, false, false, true, true],
    );
    ok(new Set(all.map(({ cause }) => cause)).size >= 3);
    ok(all.every(({ error }) => error !== undefined));
  });

  for (const groupBy of ['mapping', 'cause'] as const) {
    it(`counts the errors of each ${groupBy}, and pages through them`, () => {
      const { groups, total } = surface.errors({ groupBy, limit: 0 });
      equal(total, all.length);
      for (const { key, count } of groups) {
        const wanted = all.filter((row) => row[groupBy] === key);
        equal(count, wanted.length, key);
        const pages = Array.from({ length: count + 1 }, (_, offset) =>
          surface.errors({ groupBy, group: key, offset, limit: 1 }),
        );
        deepEqual(
          pages.flatMap(({ rows }) => rows),
          wanted,
        );
        deepEqual(
          pages.map(({ hasMore }) => hasMore),
          pages.map((_, offset) => offset + 1 < count),
        );
      }
      equal(
        groups.reduce((sum, { count }) => sum + count, 0),
        all.length,
      );
      deepEqual(surface.errors({ groupBy, offset: 5, limit: 2 }).rows, all.slice(5, 7));
      deepEqual(surface.errors({ groupBy, group: "no'ne" }).rows, []);
    });
  }
});
