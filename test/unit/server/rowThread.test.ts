import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundleProgram } from '../../../scripts/bundle/bundle.ts';
import { rowThreadEngine } from '../../../server/rows/rowThreadEngine.ts';
import type { RowEngine } from '../../../src/preview/rowEngine.ts';
import { RowsLost } from '../../../src/preview/rowsLost.ts';
import { conditionOf } from '../../kit/conditions.ts';
import { sqlJs } from '../../kit/sqlJs.ts';

const ROWS = 45_000;

/** The bundled thread, as the server starts it. */
describe('The thread that holds rows', () => {
  let folder = '';
  let worker: Worker | undefined;
  let starts = 0;
  const ends: string[] = [];
  const engineWith = (resourceLimits = {}): RowEngine =>
    rowThreadEngine(
      async () => {
        starts += 1;
        worker = new Worker(join(folder, 'rowThread.cjs'), { resourceLimits });
        return worker;
      },
      (reason) => ends.push(reason),
    );
  const source = (name: string) => ({
    uri: pathToFileURL(join(folder, name)).toString(),
    tableNames: [],
    nullRule: null,
    computed: [],
  });
  const goOn = (): boolean => true;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rows-'));
    await bundleProgram('rowThread', 'server/rows/rowThread.ts', [], folder);
    const wasm = dirname(createRequire(import.meta.url).resolve('sql.js'));
    await copyFile(join(wasm, 'sql-wasm.wasm'), join(folder, 'sql-wasm.wasm'));
    const lines = Array.from({ length: ROWS }, (_, row) => `${row},${row % 3 === 0 ? '' : 'x'}`);
    await writeFile(join(folder, 'rows.csv'), ['A,B', ...lines].join('\n'));
    const many = Array.from({ length: 400_000 }, (_, row) => `a text of its own ${row},${row}`);
    await writeFile(join(folder, 'many.csv'), ['A,B', ...many].join('\n'));
    const database = new sqlJs.Database();
    database.run('CREATE TABLE T(A); INSERT INTO T VALUES(1),(2)');
    await writeFile(join(folder, 'rows.sqlite'), database.export());
    database.close();
  });
  beforeEach(() => {
    starts = 0;
    ends.length = 0;
  });
  afterEach(async () => {
    await worker?.terminate();
    worker = undefined;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('starts with the first question, tells how far it is, and answers', async () => {
    const engine = engineWith();
    equal(starts, 0);
    const told: number[] = [];
    const loaded = await engine.load('1', source('rows.csv'), (rows) => {
      told.push(rows);
      return true;
    });
    deepEqual(loaded, {
      kind: 'loaded',
      columns: ['A', 'B'],
      contents: ['mixed', 'texts'],
      rowCount: ROWS,
      nullRule: 'null',
      longRows: 0,
    });
    deepEqual(told, [10_000, 20_000, 30_000, 40_000]);
    const { asWritten, nullAsEmpty } = await engine.counts('1', conditionOf('(B == "")'));
    deepEqual(asWritten, { kept: 0, lostToNull: ROWS / 3, dropped: (ROWS / 3) * 2 });
    equal(nullAsEmpty.kept, ROWS / 3);
    const query = { verdicts: ['dropped'] as const };
    const page = await engine.page('1', conditionOf('(B == "")'), query, 1, 1);
    deepEqual(page.rows, [{ number: 3, cells: ['2', 'x'], verdict: 'dropped' }]);
    deepEqual(await engine.row('1', 2), ['1', 'x']);
    equal(await engine.row('1', ROWS + 1), undefined);
    const csv = await engine.csv('1', conditionOf('(A == 1)'), { verdicts: ['kept'] });
    equal(csv, 'A,B\r\n1,x\r\n');
    await engine.forget('1');
    await rejects(engine.row('1', 1), RowsLost);
    equal(starts, 1);
  });

  it('reads SQLite files, and says what it cannot read', async () => {
    const engine = engineWith();
    const loaded = await engine.load('1', source('rows.sqlite'), goOn);
    equal(loaded.kind === 'loaded' && loaded.rowCount, 2);
    deepEqual(await engine.load('2', source('none.csv'), goOn), {
      kind: 'problem',
      problem: { kind: 'unreadable' },
    });
  });

  it('asks SQLite, too, until nobody waits any more', async () => {
    const engine = engineWith();
    await engine.load('1', source('rows.csv'), goOn);
    const condition = conditionOf('(B == "")');
    const answer = {
      counts: { kept: 0, lostToNull: ROWS / 3, dropped: (ROWS / 3) * 2 },
      isSame: true,
    };
    deepEqual(await engine.asSql('1', condition, goOn), answer);
    // Another column is to be loaded, slice by slice, and each is told of.
    equal(await engine.asSql('1', conditionOf('(A == 1)'), () => false), undefined);
    const [, counts, last] = await Promise.all([
      engine.asSql('1', condition, goOn),
      engine.counts('1', condition),
      engine.asSql('1', condition, goOn),
    ]);
    deepEqual(counts.asWritten, answer.counts);
    deepEqual(last, answer);
    await engine.forget('1');
    await rejects(engine.asSql('1', condition, goOn), RowsLost);
  });

  it('stops reading when it is told to, and goes on with the next question', async () => {
    const engine = engineWith();
    deepEqual(await engine.load('1', source('rows.csv'), () => false), { kind: 'stopped' });
    equal((await engine.load('2', source('rows.csv'), goOn)).kind, 'loaded');
  });

  it('tells whoever waits when it ends, and starts anew', async () => {
    const engine = engineWith();
    await engine.load('1', source('rows.csv'), goOn);
    const waiting = rejects(engine.load('2', source('rows.csv'), goOn), RowsLost);
    await new Promise((resolve) => setImmediate(resolve));
    await worker?.terminate();
    await waiting;
    equal(ends.length, 1);
    await rejects(engine.row('1', 1), RowsLost);
    equal((await engine.load('1', source('rows.csv'), goOn)).kind, 'loaded');
    equal(starts, 2);
  });

  it('ends alone where rows are more than it may hold', async () => {
    const engine = engineWith({ maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 });
    await rejects(engine.load('1', source('many.csv'), goOn), RowsLost);
    ok(ends[0]?.includes('memory'), ends[0]);
  });

  it('is asked again after it could not be started', async () => {
    let isBroken = true;
    const engine = rowThreadEngine(
      async () => {
        if (isBroken) throw new Error('no thread');
        worker = new Worker(join(folder, 'rowThread.cjs'));
        return worker;
      },
      () => undefined,
    );
    await rejects(engine.load('1', source('rows.csv'), goOn), RowsLost);
    isBroken = false;
    equal((await engine.load('1', source('rows.csv'), goOn)).kind, 'loaded');
  });
});
