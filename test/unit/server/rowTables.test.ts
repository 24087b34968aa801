import { deepEqual, equal } from 'node:assert/strict';
import { rowTables, type UsedRows } from '../../../server/rows/rowTables.ts';
import type { LoadedRows, RowEngine, RowSource } from '../../../src/preview/rowEngine.ts';
import { RowsLost } from '../../../src/preview/rowsLost.ts';

const FILE = 'file:///w/rows.csv';
const source: RowSource = { uri: FILE, tableNames: [], nullRule: null, computed: [] };

/** An engine whose readings end when the test says so; its rows hold which reading they are of. */
function engine(columns = 1) {
  const held = new Map<string, string>();
  const readings: { readonly end: (kind?: 'loaded' | 'crash') => Promise<void> }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const forgotten: string[] = [];
  let isBroken = false;
  const cellsOf = (key: string): readonly string[] => {
    const cells = held.get(key);
    if (cells === undefined) throw new RowsLost(key);
    return [cells];
  };
  const api: RowEngine = {
    load: (key, _source, onProgress) =>
      new Promise<LoadedRows>((resolve, reject) => {
        const number = readings.length + 1;
        readings.push({
          async end(kind = 'loaded') {
            if (kind === 'crash') reject(new RowsLost('crash'));
            else if (!onProgress(1)) resolve({ kind: 'stopped' });
            else {
              held.set(key, `reading ${number}`);
              const names = Array.from({ length: columns }, (_, index) => `C${index}`);
              resolve({
                kind: 'loaded',
                columns: names,
                contents: names.map(() => 'mixed'),
                rowCount: 1_000_000,
                nullRule: 'null',
                longRows: 0,
              });
            }
            await settle();
          },
        });
      }),
    counts: async () => {
      throw new Error('not asked for');
    },
    page: async () => {
      throw new Error('not asked for');
    },
    csv: async () => '',
    asSql: async () => undefined,
    async row(key) {
      if (isBroken) throw new RowsLost('broken');
      return cellsOf(key);
    },
    async forget(key) {
      forgotten.push(key);
      held.delete(key);
    },
  };
  return {
    api,
    readings,
    forgotten,
    settle,
    /** The thread ends, and with it what it held. */
    crash: () => held.clear(),
    breakForGood: () => (isBroken = true),
  };
}

const firstCell = async (rows: UsedRows): Promise<string> =>
  rows.kind === 'loaded' ? ((await rows.table.row(1))?.[0] ?? 'none') : rows.kind;

describe('The tables of row files', () => {
  const quiet = (): void => undefined;

  it('are loaded once for all who ask', async () => {
    const { api, readings } = engine();
    const tables = rowTables(api, quiet);
    const answers = [tables.use(source, firstCell), tables.use(source, firstCell)];
    equal(readings.length, 1);
    await readings[0]?.end();
    deepEqual(await Promise.all(answers), ['reading 1', 'reading 1']);
    equal(await tables.use(source, firstCell), 'reading 1');
  });

  it('stay under the hands of who works with them, whatever happens to the file', async () => {
    const { api, readings, forgotten, settle } = engine();
    const tables = rowTables(api, quiet);
    let goOn = (): void => undefined;
    const paused = new Promise<void>((resolve) => (goOn = resolve));
    const working = tables.use(source, async (rows) => {
      await paused;
      return firstCell(rows);
    });
    await readings[0]?.end();
    equal(tables.changed(FILE), true);
    const next = tables.use(source, firstCell);
    await readings[1]?.end();
    equal(await next, 'reading 2');
    deepEqual(forgotten, []);
    goOn();
    equal(await working, 'reading 1');
    await settle();
    equal(forgotten.length, 1);
  });

  it('answer who waits for a reading that a change overtakes, in either order', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { api, readings, forgotten, settle } = engine();
      const tables = rowTables(api, quiet);
      const before = tables.use(source, firstCell);
      tables.changed(FILE);
      tables.changed(FILE);
      const after = tables.use(source, firstCell);
      for (const index of order) await readings[index]?.end();
      deepEqual(await Promise.all([before, after]), ['reading 1', 'reading 2']);
      await settle();
      equal(forgotten.length, 1);
      equal(await tables.use(source, firstCell), 'reading 2');
    }
  });

  it('are loaded for each of two ways to read one file', async () => {
    const { api, readings } = engine();
    const tables = rowTables(api, quiet);
    const first = tables.use(source, firstCell);
    const other = tables.use({ ...source, nullRule: 'empty' }, firstCell);
    await readings[1]?.end();
    await readings[0]?.end();
    deepEqual(await Promise.all([first, other]), ['reading 1', 'reading 2']);
  });

  it('are loaded again where the thread ended, once', async () => {
    const { api, readings, crash, breakForGood, settle } = engine();
    const tables = rowTables(api, quiet);
    const first = tables.use(source, firstCell);
    await readings[0]?.end();
    await first;
    crash();
    const again = tables.use(source, firstCell);
    await settle();
    await readings[1]?.end();
    equal(await again, 'reading 2');
    breakForGood();
    const never = tables.use(source, firstCell);
    await settle();
    await readings[2]?.end();
    equal(await never, 'failed');
  });

  it('are not read over and over where a file ends the thread', async () => {
    const { api, readings } = engine();
    const tables = rowTables(api, quiet);
    const first = tables.use(source, firstCell);
    await readings[0]?.end('crash');
    equal(await first, 'failed');
    equal(await tables.use(source, firstCell), 'failed');
    equal(readings.length, 1);
    tables.retry(FILE);
    const anew = tables.use(source, firstCell);
    await readings[1]?.end();
    equal(await anew, 'reading 2');
  });

  it('are read no further when that is stopped, until they are asked for anew', async () => {
    const { api, readings } = engine();
    const told: string[] = [];
    const tables = rowTables(api, (uri, rows, isDone) => told.push(`${uri} ${rows} ${isDone}`));
    const first = tables.use(source, firstCell);
    tables.stop(FILE);
    await readings[0]?.end();
    equal(await first, 'stopped');
    deepEqual(told, [`${FILE} 1 false`, `${FILE} 1 true`]);
    equal(await tables.use(source, firstCell), 'stopped');
    tables.retry(FILE);
    const anew = tables.use(source, firstCell);
    await readings[1]?.end();
    equal(await anew, 'reading 2');
  });

  it('are forgotten where they are many, those first that were used long ago', async () => {
    const { api, readings, forgotten } = engine(12);
    const tables = rowTables(api, quiet);
    for (let file = 0; file < 5; file += 1) {
      const used = tables.use({ ...source, uri: `${FILE}${file}` }, firstCell);
      await readings[file]?.end();
      await used;
    }
    deepEqual(forgotten, ['1', '2']);
  });

  it('pass on what goes wrong in the work itself', async () => {
    const { api, readings } = engine();
    const tables = rowTables(api, quiet);
    const failing = tables
      .use(source, async () => {
        throw new TypeError('ours');
      })
      .catch((error: unknown) => String(error));
    await readings[0]?.end();
    equal(await failing, 'TypeError: ours');
    equal(await tables.use(source, firstCell), 'reading 1');
  });
});
