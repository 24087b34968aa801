import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { createEngine, type Engine } from '../../../../src/engine/engine.ts';
import type { TableDefinition } from '../../../../src/engine/model/table.ts';
import { applyRows } from '../../../../src/engine/project/applyRows.ts';
import { idFromText, rowsOfList, rowsOfTable } from '../../../../src/engine/project/rows.ts';
import { deleteRow, editRow, rowNamed } from '../../../../src/engine/sides/people.ts';
import { columnBuilder, type ColumnTable } from '../../../../src/preview/columns.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const definition: TableDefinition = {
  name: 'Item',
  primaryKey: ['No.'],
  fields: [
    { name: 'No.', type: 'code' },
    { name: 'Count', type: 'integer' },
    { name: 'Price', type: 'decimal' },
    { name: 'Open', type: 'boolean' },
    { name: 'Kind', type: 'option', options: [' ', 'Part', 'Set'] },
    { name: 'Ref', type: 'guid' },
    { name: 'Text', type: 'text' },
  ],
};

function tableOf(
  header: readonly string[],
  ...rows: readonly (readonly (string | null)[])[]
): ColumnTable {
  const builder = columnBuilder(header);
  for (const row of rows) builder.add(row);
  return builder.finish();
}

const ID = 'a0000000-0000-4000-8000-00000000000a';

describe('rows of a file', () => {
  const values: readonly (readonly [string, string | null, unknown])[] = [
    ['No.', ' ab ', 'AB'],
    ['Count', '12', 12],
    ['Count', '', null],
    ['Count', null, null],
    ['Price', '-1.50', -1.5],
    ['Open', 'Yes', true],
    ['Open', 'false', false],
    ['Open', '', null],
    ['Kind', 'set', 2],
    ['Kind', ' ', 0],
    ['Kind', '1', 1],
    ['Ref', `{${ID.toUpperCase()}}`, ID],
    ['Ref', '', null],
    ['Text', ' as it is ', ' as it is '],
  ];
  for (const [name, cell, expected] of values) {
    it(`reads ${name} ${JSON.stringify(cell)}`, () => {
      const { rows, troubles } = rowsOfTable(definition, tableOf([name], [cell]));
      deepEqual(troubles, []);
      deepEqual(rows[0]?.values[name], expected);
    });
  }

  for (const [name, cell] of [
    ['Count', '1.5'],
    ['Count', 'x'],
    ['Price', '1,5'],
    ['Open', 'perhaps'],
    ['Kind', 'Box'],
  ] as const) {
    it(`tells of ${name} ${cell}`, () => {
      const { rows, troubles } = rowsOfTable(definition, tableOf([name], [cell]));
      deepEqual(
        troubles.map(({ code }) => code),
        ['rowValue'],
      );
      equal(rows[0]?.values[name], null);
    });
  }

  it('takes ids, times and users as they are called, and makes an id of the key where there is none', () => {
    const { rows } = rowsOfTable(
      definition,
      tableOf(
        ['No.', 'SystemId', 'modifiedon', 'modifiedBy', 'deleted'],
        ['1', `{${ID}}`, '2026-01-05T08:00:00Z', 'anna', 'true'],
        ['2', null, 'never', null, null],
      ),
    );
    deepEqual(rows[0], {
      id: ID,
      values: { 'No.': '1' },
      modifiedAt: Date.UTC(2026, 0, 5, 8),
      modifiedBy: 'anna',
      deleted: true,
    });
    const again = rowsOfList(definition, [{ 'No.': '2', Text: 'other' }]).rows[0];
    equal(rows[1]?.id, again?.id);
    equal(rows[1]?.modifiedAt, undefined);
    ok(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u.test(again?.id ?? ''));
    notEqual(idFromText('a'), idFromText('b'));
  });

  it('tells of a row that is there twice, and of a file that has none of the fields', () => {
    deepEqual(
      rowsOfList(definition, [{ 'No.': '1' }, { 'No.': '1' }]).troubles.map(({ code }) => code),
      ['rowTwice'],
    );
    deepEqual(
      rowsOfTable(definition, tableOf(['x'], ['1'])).troubles.map(({ code }) => code),
      ['rowsWithoutFields'],
    );
  });
});

describe('a file of rows that somebody changes', () => {
  let engine: Engine;
  beforeEach(() => {
    let last = 0;
    engine = createEngine(
      { tables: [definition], integrationTables: [], mappings: [] },
      {
        sqlJs,
        clock: { BusinessCentral: () => 1000, Dataverse: () => 1000 },
        ids: { block: (count) => ({ prefix: '00000000-0000-8000-8000-', first: (last += count) }) },
      },
    );
  });

  const apply = (...rows: readonly Record<string, string | number | boolean>[]) =>
    applyRows(engine, 'BusinessCentral', 'Item', rowsOfList(definition, rows).rows);
  const idOf = (no: string): string => rowsOfList(definition, [{ 'No.': no }]).rows[0]?.id ?? '';
  const row = (no: string) => rowNamed(engine, 'BusinessCentral', 'Item', idOf(no));

  it('adds, changes and deletes what the file adds, changes and deletes', () => {
    deepEqual(apply({ 'No.': '1', Text: 'a' }, { 'No.': '2' }), {
      added: 2,
      changed: 0,
      deleted: 0,
    });
    deepEqual(apply({ 'No.': '1', Text: 'a' }, { 'No.': '2' }), {
      added: 0,
      changed: 0,
      deleted: 0,
    });
    deepEqual(apply({ 'No.': '1', Text: 'b' }, { 'No.': '3' }), {
      added: 1,
      changed: 1,
      deleted: 1,
    });
    equal(row('1')?.['Text'], 'b');
    equal(row('2'), undefined);
  });

  it('keeps what many changed rows were, and gives them versions in their order', () => {
    const numbered = Array.from({ length: 50 }, (_, index) => String(index));
    apply(...numbered.map((no) => ({ 'No.': no, Text: `a${no}` })));
    const before = Number(engine.store.value("SELECT last FROM counter WHERE name = 'seq'"));
    // Not the same fields of each.
    apply(
      ...numbered.map((no) => ({
        'No.': no,
        Text: `b${no}`,
        ...(Number(no) % 3 === 0 ? { Count: 7 } : {}),
      })),
    );
    deepEqual(
      engine.store.rows('SELECT c0, seq, c6, c1 FROM r1 ORDER BY rid'),
      numbered.map((no, index) => [no, before + 1 + index, `b${no}`, Number(no) % 3 === 0 ? 7 : 0]),
    );
    deepEqual(
      engine.store.rows('SELECT c0, seq, c6, job FROM h1 ORDER BY rid'),
      numbered.map((no, index) => [no, before - 49 + index, `a${no}`, null]),
    );
  });

  it('lets a new row take the key that a changed one had, and a changed one that of a deleted one', () => {
    const other = 'b0000000-0000-4000-8000-00000000000b';
    const third = 'c0000000-0000-4000-8000-00000000000c';
    apply({ SystemId: ID, 'No.': '1' }, { SystemId: other, 'No.': '2' });
    apply(
      { SystemId: other, 'No.': '2', deleted: 'true' },
      { SystemId: ID, 'No.': '2' },
      { SystemId: third, 'No.': '1' },
    );
    deepEqual(
      [ID, other, third].map((id) => rowNamed(engine, 'BusinessCentral', 'Item', id)?.['No.']),
      ['2', undefined, '1'],
    );
  });

  it('writes nothing for a row that is not there', () => {
    apply({ 'No.': '1', Text: 'a' });
    editRow(engine, 'BusinessCentral', 'Item', ID, { Text: 'b' });
    deepEqual(engine.store.rows('SELECT c6 FROM r1'), [['a']]);
    equal(engine.store.value('SELECT count(*) FROM h1'), 0);
  });

  it('leaves alone what a run wrote meanwhile', () => {
    apply({ 'No.': '1', Text: 'a', Count: 1 });
    editRow(engine, 'BusinessCentral', 'Item', idOf('1'), { Text: 'run' });
    apply({ 'No.': '1', Text: 'a', Count: 2 });
    deepEqual([row('1')?.['Text'], row('1')?.['Count']], ['run', 2]);
  });

  it('does not bring back what was deleted meanwhile, until somebody puts it back', () => {
    apply({ 'No.': '1', Text: 'a' });
    deleteRow(engine, 'BusinessCentral', 'Item', idOf('1'));
    apply({ 'No.': '1', Text: 'a' });
    equal(row('1'), undefined);
    apply();
    apply({ 'No.': '1', Text: 'c' });
    equal(row('1')?.['Text'], 'c');
  });

  it('takes a row that says it was deleted as one that was there', () => {
    deepEqual(apply({ 'No.': '1', Text: 'a', deleted: 'true' }), {
      added: 1,
      changed: 0,
      deleted: 0,
    });
    equal(row('1'), undefined);
    apply({ 'No.': '1', Text: 'a' });
    equal(row('1')?.['Text'], 'a');
    deepEqual(apply({ 'No.': '1', Text: 'a', deleted: 'true' }), {
      added: 0,
      changed: 0,
      deleted: 1,
    });
    equal(row('1'), undefined);
  });
});
