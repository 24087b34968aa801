import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { createEngine } from '../../../../src/engine/engine.ts';
import { applyProject } from '../../../../src/engine/project/applyProject.ts';
import type { ProjectFile } from '../../../../src/engine/project/file.ts';
import { rowsOfList } from '../../../../src/engine/project/rows.ts';
import { deleteRow } from '../../../../src/engine/sides/people.ts';
import { type Surface, surfaceOf } from '../../../../src/engine/surface/surface.ts';
import type { CouplingView } from '../../../../src/engine/surface/views/couplings.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const direction = 'Bidirectional';
const textField = (name: string): { name: string; type: 'text' } => ({ name, type: 'text' });

const mappingOf = (name: string, table: string, integrationTable: string) =>
  ({
    name,
    table,
    integrationTable,
    direction,
    fields: [{ field: 'Name', integrationField: 'name', direction }],
  }) as const;

/** Two tables of Business Central share one of Dataverse, as customers and vendors do. */
const file: ProjectFile = {
  businessCentral: {
    tables: ['Customer', 'Vendor'].map((name) => ({
      name,
      primaryKey: ['No.'],
      fields: [textField('No.'), textField('Name'), { name: 'Balance', type: 'decimal' }],
    })),
  },
  dataverse: {
    tables: [{ name: 'account', fields: ['name', 'city'].map(textField) }],
  },
  mappings: [
    mappingOf('CUSTOMER', 'Customer', 'account'),
    mappingOf('VENDOR', 'Vendor', 'account'),
  ],
};

const NAMES = ['Anna', 'ANNA 50%', 'Žofie', 'žofie_2', "O'Neil", '', 'Ünï', 'Brno'];
const CITIES = ['Brno', 'PRAHA', null, 'Nîmes', 'Anna', 'x', 'Žďár', null];

interface Texts {
  readonly key: string;
  readonly own: readonly string[];
  readonly other: readonly string[];
}

function opened(): { readonly surface: Surface; readonly texts: readonly Texts[] } {
  let last = 0;
  const engine = createEngine(
    { tables: [], integrationTables: [], mappings: [] },
    {
      sqlJs,
      clock: { BusinessCentral: () => 1_000_000, Dataverse: () => 1_000_000 },
      ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
    },
  );
  const [customers, vendors] = file.businessCentral.tables;
  const [accounts] = file.dataverse.tables;
  if (!customers || !vendors || !accounts) throw new Error('tables');
  const own = [customers, vendors].map((table) =>
    rowsOfList(
      table,
      NAMES.map((Name, index) => ({ 'No.': `${table.name[0]}${index}`, Name, Balance: index })),
    ),
  );
  const numbers = Array.from({ length: 2 * NAMES.length }, (_, index) => index);
  const other = rowsOfList(
    accounts,
    numbers.map((index) => ({
      name: `account ${index}`,
      city: CITIES[index % CITIES.length] ?? null,
    })),
  );
  const idAt = (index: number): string => other.rows[index]?.id ?? '';
  applyProject(engine, file, {
    tables: [
      ...own.map((rows, index) => ({
        side: 'BusinessCentral' as const,
        table: index === 0 ? 'Customer' : 'Vendor',
        ...rows,
      })),
      { side: 'Dataverse', table: 'account', ...other },
    ],
    couplings: numbers.map((index) => ({
      mapping: index < NAMES.length ? 'CUSTOMER' : 'VENDOR',
      record: own[index < NAMES.length ? 0 : 1]?.rows[index % NAMES.length]?.id ?? '',
      integrationRecord: idAt(index),
      synchronized: index % 3 > 0,
    })),
    troubles: [],
  });
  deleteRow(engine, 'Dataverse', 'account', idAt(4));
  const texts = numbers.map((index) => ({
    key: idAt(index),
    own: [
      own[index < NAMES.length ? 0 : 1]?.rows[index % NAMES.length]?.id ?? '',
      `${index < NAMES.length ? 'C' : 'V'}${index % NAMES.length}`,
      NAMES[index % NAMES.length] ?? '',
    ],
    other: [idAt(index), `account ${index}`, CITIES[index % CITIES.length] ?? ''],
  }));
  return { surface: surfaceOf(engine, 'en'), texts };
}

describe('couplings with a text, a page at a time', () => {
  const { surface, texts } = opened();
  const all = surface.couplings({ limit: 100 }).rows;

  /** As the search was promised: a text of either record, whatever the case. */
  const has = (row: CouplingView, search: string): boolean => {
    const needle = search.trim().toLowerCase();
    const found = texts.find(({ key }) => key === row.crmId);
    return [...(found?.own ?? []), ...(found?.other ?? [])].some((text) =>
      text.toLowerCase().includes(needle),
    );
  };

  it('has couplings of every kind', () => {
    equal(all.length, 2 * NAMES.length);
    deepEqual(
      new Set(all.map(({ state }) => state)),
      new Set(['neverSynchronized', 'synchronized', 'broken']),
    );
  });

  it('finds what holds the text, counts it, and cuts it', () => {
    const words = fc.constantFrom(
      ...NAMES,
      ...CITIES.map((city) => city ?? ''),
      'anna',
      'ž',
      'Ž',
      '%',
      '_',
      "'",
      'C1',
      'v',
      'account 1',
      '0',
      'nothing',
      ' brno ',
      '\n',
    );
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(undefined, 'CUSTOMER', 'VENDOR'),
        fc.constantFrom(undefined, 'broken', 'synchronized', 'neverSynchronized'),
        fc.nat({ max: 18 }),
        fc.nat({ max: 5 }),
        (search, mapping, state, offset, limit) => {
          const wanted = all.filter(
            (row) =>
              (mapping === undefined || row.mapping === mapping) &&
              (state === undefined || row.state === state) &&
              has(row, search),
          );
          deepEqual(
            surface.couplings({
              search,
              ...(mapping === undefined ? {} : { mapping }),
              ...(state === undefined ? {} : { state }),
              offset,
              limit,
            }),
            { total: wanted.length, rows: wanted.slice(offset, offset + limit) },
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
