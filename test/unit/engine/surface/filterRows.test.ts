import { deepEqual, equal, ok } from 'node:assert/strict';
import { array, assert, constantFrom, property, record, subarray } from 'fast-check';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { EngineProject } from '../../../../src/engine/model/project.ts';
import type { FieldValues } from '../../../../src/engine/model/table.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { addRow } from '../../../../src/engine/sides/people.ts';
import { type Surface, surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const projectWith = (tableFilter: string): EngineProject => ({
  mode: 'improved',
  tables: [
    {
      name: 'Item',
      number: 27,
      primaryKey: ['No.'],
      fields: [
        { name: 'No.', type: 'code', number: 1 },
        { name: 'Name', type: 'text', number: 2 },
        { name: 'Price', type: 'decimal', number: 3 },
        { name: 'Kind', type: 'option', number: 4, options: [' ', 'Goods', 'Service'] },
        { name: 'Blocked', type: 'boolean', number: 5 },
      ],
    },
  ],
  integrationTables: [{ name: 'product', fields: [{ name: 'name', type: 'text' }] }],
  mappings: [
    {
      name: 'ITEM',
      table: 'Item',
      integrationTable: 'product',
      direction: 'Bidirectional',
      tableFilter,
      fields: [{ field: 'Name', integrationField: 'name', direction: 'Bidirectional' }],
    },
  ],
});

/** A project with some items; it answers their ids as well. */
function opened(
  tableFilter: string,
  items: readonly FieldValues[],
): { readonly surface: Surface; readonly ids: readonly string[] } {
  let last = 0;
  const engine = createEngine(projectWith(tableFilter), {
    sqlJs,
    clock: { BusinessCentral: () => 1, Dataverse: () => 1 },
    ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
  });
  const ids = items.map((values, index) =>
    addRow(engine, 'BusinessCentral', 'Item', { 'No.': `I${index}`, ...values }),
  );
  return { surface: surfaceOf(engine, 'en'), ids };
}

/** Filters of one field each, as people write them. */
const conditions = [
  'Field1=1(I1..I3)',
  'Field1=1(<>I2)',
  'Name=FILTER(@*o*)',
  "Name=FILTER('')",
  "Name=FILTER(<>'')",
  'Price=FILTER(>2)',
  'Price=CONST(0)',
  'Kind=CONST( )',
  'Kind=FILTER(Goods|Service)',
  'Kind=FILTER(0|2)',
  'Kind=FILTER(<>Goods)',
  'Blocked=CONST(Yes)',
  'Blocked=CONST(false)',
  'Blocked=FILTER(1)',
];
const item = record({
  Name: constantFrom('', 'Box', 'Foot', null),
  Price: constantFrom(0, 2, 2.5, null),
  Kind: constantFrom(0, 1, 2, 7, null),
  Blocked: constantFrom(true, false, null),
});

describe('The records under a filter of a mapping', () => {
  it('are those that a run takes', () => {
    assert(
      property(
        subarray(conditions, { minLength: 1, maxLength: 3 }),
        array(item, { minLength: 1, maxLength: 6 }),
        (chosen, items) => {
          const { surface, ids } = opened(`WHERE(${chosen.join(',')})`, items);
          const view = surface.filters.view(0);
          ok(view !== undefined && view.meaning.kind !== 'unreadable', chosen.join(','));
          const page = surface.filters
            .store(0)
            ?.page(view.meaning, { verdicts: ['kept', 'dropped'], nullAsEmpty: true }, 0, 100);
          deepEqual(
            page?.rows.map(({ cells, verdict }) => [cells[0], verdict === 'dropped']),
            // "Why was this record …" asks the engine itself.
            ids.map((id) => [id, surface.explain('ITEM', id)?.excludedBy !== undefined]),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are numbered as they are shown, and others once something is written', () => {
    const { surface, ids } = opened('WHERE(Kind=CONST(Goods))', [{ Kind: 1 }, { Kind: 2 }]);
    const [first, second] = ids;
    ok(first !== undefined && second !== undefined);
    const sought = { mapping: 'ITEM', side: 'BusinessCentral', id: second } as const;
    deepEqual(surface.filters.find(sought), { index: 0, number: 2 });
    const before = surface.filters.store(0);
    deepEqual(before?.row(1), [second, 'I1', '', '0', 'Service', '0']);
    equal(surface.filters.store(0), before);
    finish(surface.run({ action: 'Synchronize Modified Records', mapping: 'ITEM' }));
    ok(surface.filters.store(0) !== before);
  });

  it('are none under a filter that can not be read', () => {
    const { surface } = opened('WHERE(Nonsense=CONST(1))', [{ Kind: 1 }]);
    equal(surface.filters.view(0)?.meaning.kind, 'unreadable');
    equal(surface.filters.view(9), undefined);
    equal(surface.filters.store(9), undefined);
  });
});
