import { deepEqual, equal, rejects } from 'node:assert/strict';
import { rowEngine, type RowSource } from '../../../src/preview/rowEngine.ts';
import { RowsLost } from '../../../src/preview/rowsLost.ts';
import { conditionOf } from '../../kit/conditions.ts';
import { sqlJs } from '../../kit/sqlJs.ts';

const source: RowSource = {
  uri: 'file:///w/a.csv',
  tableNames: [],
  nullRule: null,
  computed: [{ name: 'BNOTNULL', source: 'B', fallback: 'none' }],
};

const engineOf = (text: string) =>
  rowEngine({
    files: { list: async () => [], read: async () => new TextEncoder().encode(text) },
    sqlJs: async () => sqlJs,
  });

describe('tables in this thread', () => {
  it('have the computed columns that the file lacks', async () => {
    const engine = engineOf('A,B\n1,x\n2,\n');
    const loaded = await engine.load('1', source, () => true);
    deepEqual(loaded, {
      kind: 'loaded',
      columns: ['A', 'B', 'BNOTNULL'],
      contents: ['numbers', 'texts', 'texts'],
      rowCount: 2,
      nullRule: 'null',
      longRows: 0,
    });
    deepEqual(await engine.row('1', 2), ['2', null, 'none']);
    for (const number of [0, 3, 1.5, Number.NaN]) equal(await engine.row('1', number), undefined);
    const { asWritten } = await engine.counts('1', conditionOf('(BNotNull == "none")'));
    deepEqual(asWritten, { kept: 1, lostToNull: 0, dropped: 1 });
  });

  it('are exported whole, however many rows a query finds', async () => {
    const rows = Array.from({ length: 45_000 }, (_, row) => `${row},x`);
    const engine = engineOf(['A,B', ...rows].join('\n'));
    await engine.load('1', { ...source, computed: [] }, () => true);
    const csv = await engine.csv('1', conditionOf(''), {
      verdicts: ['kept'],
      sort: { column: 'A', isDescending: true },
    });
    deepEqual(csv.split('\r\n'), ['A,B', ...rows.toReversed(), '']);
    equal(await engine.csv('1', conditionOf(''), { verdicts: ['dropped'] }), 'A,B\r\n');
  });

  it('are gone once they are forgotten', async () => {
    const engine = engineOf('A\n1\n');
    await engine.load('1', source, () => true);
    await engine.forget('1');
    await rejects(engine.csv('1', conditionOf(''), { verdicts: ['kept'] }), RowsLost);
  });
});
