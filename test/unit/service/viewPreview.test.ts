import { equal, ok } from 'node:assert/strict';
import type { FilterView } from '../../../src/engine/surface/views/filters.ts';
import type { Condition } from '../../../src/filter/meaning/condition.ts';
import { translator } from '../../../src/problem/message.ts';
import { viewPreviewOf } from '../../../src/service/viewPreview.ts';
import { conditionOf } from '../../kit/conditions.ts';

const en = translator('en');
const span = { start: 0, end: 0 };
const preview = (filter: string, meaning: Condition, more: Partial<FilterView> = {}): string =>
  viewPreviewOf(
    {
      mapping: 'CUSTOMER',
      side: 'BusinessCentral',
      table: 'Customer',
      filter,
      meaning,
      columns: [],
      rowCount: 0,
      ...more,
    },
    en,
  ).text;

describe('The view of a mapping as SQL', () => {
  it('is the whole table where the filter is blank', () => {
    equal(
      preview(' ', { kind: 'always', span }, { side: 'Dataverse', table: 'my]account' }),
      `-- Integration Table Filter of the integration table mapping CUSTOMER, over my]account of Dataverse
-- The filter is blank: every record passes.
-- The statement below is an equivalent: Business Central writes its own, and knows no NULL.

SELECT *
FROM [my]]account]
`,
    );
  });

  it('has no statement where the filter stops a run, and shows it as it is stored', () => {
    const told = preview('WHERE(No.=\n', { kind: 'unreadable', span });
    ok(told.includes('-- Filter: WHERE(No.=\n'), told);
    ok(told.includes("can't be read yet"), told);
    ok(!told.includes('SELECT'), told);
  });

  it('speaks of upper and lower case only where they are told apart', () => {
    const told = preview('WHERE(No.=FILTER(@a))', conditionOf('(A == "a")'));
    ok(told.endsWith("WHERE ([A]=N'a')\n"), told);
    ok(!told.includes('lower case'), told);
  });
});
