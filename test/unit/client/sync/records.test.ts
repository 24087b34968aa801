import { deepEqual, equal } from 'node:assert/strict';
import { child, PAGE, pagesOf, type SyncNode } from '../../../../client/sync/nodes.ts';
import { recordText, shown } from '../../../../client/sync/recordText.ts';
import type { ComparedField } from '../../../../src/engine/surface/views/explained.ts';

const field = (name: string, value: string, other: string): ComparedField => ({
  field: name,
  integrationField: name.toLowerCase(),
  direction: 'Bidirectional',
  value,
  integrationValue: other,
  integrationRead: other,
  base: '',
  integrationBase: '',
  changed: false,
  integrationChanged: false,
  differs: value !== other,
  conflicts: false,
});

describe('A record as text', () => {
  const fields = [field('Name', 'Adatum', 'Adatum'), field('City', 'Praha', 'Paris')];

  it('has a line for each field mapping, alike on both sides, so that a comparison shows what differs', () => {
    equal(recordText('businessCentral', { fields }), 'Name: Adatum\nCity: Praha\n');
    equal(recordText('dataverse', { fields }), 'Name: Adatum\nCity: Paris\n');
    equal(recordText('base', { fields }), 'Name: ""\nCity: ""\n');
  });

  it('has the value of Dataverse as Business Central reads it: what is the same is no difference', () => {
    const currency = {
      ...field('Currency Code', 'EUR', 'd0000000-0000-4000-8000-000000000002'),
      integrationRead: 'EUR',
      differs: false,
    };
    equal(recordText('dataverse', { fields: [currency] }), 'Currency Code: EUR\n');
  });

  it('tells nothing, the empty text and a value apart', () => {
    deepEqual(
      [shown(undefined), shown(''), shown('x'), shown(0), shown(false)],
      ['∅', '""', 'x', '0', 'false'],
    );
  });
});

describe('Pages of a tree', () => {
  const parent: SyncNode = child(undefined, 'file:///p.sync.json', 'x', { kind: 'note', text: '' });

  it('are none where the lines fit below one node', () => {
    deepEqual(pagesOf(parent, PAGE), []);
  });

  it('hold every line once, in order', () => {
    const pages = pagesOf(parent, 2 * PAGE + 1);
    deepEqual(
      pages.map((page) => (page.kind === 'page' ? [page.start, page.count] : [])),
      [
        [0, PAGE],
        [PAGE, PAGE],
        [2 * PAGE, 1],
      ],
    );
    equal(new Set(pages.map(({ id }) => id)).size, pages.length);
  });
});
