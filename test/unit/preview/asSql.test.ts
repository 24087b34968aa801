import { deepEqual, equal } from 'node:assert/strict';
import { MOST_ROWS_AS_SQL, secondOpinion } from '../../../src/preview/asSql.ts';
import { type RowStore, rowStore } from '../../../src/preview/rowStore.ts';
import { conditionOf } from '../../kit/conditions.ts';
import { sqlJs } from '../../kit/sqlJs.ts';
import { tableOf } from '../../kit/tables.ts';

const goOn = (): boolean => true;
const condition = conditionOf('(A != "v")');
const store = rowStore(
  tableOf(
    ['A', 'B'],
    [
      ['v', null],
      [null, '1'],
      ['w', '2'],
      ['x', '3'],
    ],
  ),
);
const counts = { kept: 2, lostToNull: 1, dropped: 1 };
const opinion = () => secondOpinion(async () => sqlJs);

describe('the second opinion of SQLite', () => {
  it('is the same where the columns in memory are right', async () => {
    deepEqual(await opinion().of(store, condition, goOn), { counts, isSame: true });
  });

  it('is another one where they counted otherwise, or keep other rows', async () => {
    const other = conditionOf('(B < 3)');
    const page: RowStore['page'] = (_, query, offset, limit) =>
      store.page(other, query, offset, limit);
    for (const wrong of [
      { ...store, counts: () => ({ ...counts, kept: 3 }) },
      { ...store, counts: () => ({ ...counts, lostToNull: 0 }) },
      { ...store, page },
    ]) {
      deepEqual(await opinion().of(wrong, condition, goOn), { counts, isSame: false });
    }
  });

  it('is given to the last who asks, and to nobody who is gone', async () => {
    const { of } = opinion();
    const [first, second] = await Promise.all([
      of(store, condition, goOn),
      of(store, conditionOf('(B == 3)'), goOn),
    ]);
    equal(first, undefined);
    deepEqual(second, { counts: { kept: 1, lostToNull: 0, dropped: 3 }, isSame: true });
    equal(await of(store, condition, () => false), undefined);
  });

  it('is asked for table after table, and of one that was let go', async () => {
    const { of, forget } = opinion();
    const other = rowStore(tableOf(['A'], [['w']]));
    for (const each of [store, other, store]) {
      deepEqual((await of(each, condition, goOn))?.counts, each.counts(condition));
    }
    forget(store);
    deepEqual((await of(store, condition, goOn))?.isSame, true);
  });

  it('is not asked of more rows than memory should hold twice', async () => {
    const many = (rowCount: number): RowStore => ({
      ...store,
      table: { columns: [], rowCount },
    });
    equal(await opinion().of(many(MOST_ROWS_AS_SQL + 1), condition, goOn), undefined);
  });

  it('loads SQLite no sooner than it is asked', async () => {
    let loads = 0;
    const { of, forget } = secondOpinion(async () => {
      loads += 1;
      return sqlJs;
    });
    forget(store);
    await of(store, condition, () => false);
    equal(loads, 0);
    await of(store, condition, goOn);
    equal(loads, 1);
  });
});
