import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '../../../../src/filter/meaning/values.ts';
import { rowAt } from '../../../../src/preview/columns.ts';
import { type DuckDb, openLargeFile } from '../../../../src/preview/engines/duckDb.ts';
import type { ExternalRows } from '../../../../src/preview/engines/externalRows.ts';
import {
  HEAD_BYTES,
  layoutOf,
  type TextLayout,
} from '../../../../src/preview/engines/largeText.ts';
import { readRowFile } from '../../../../src/preview/rowFiles/readRowFile.ts';
import { verdicts } from '../../../../src/preview/rowStore.ts';
import { conditionOf } from '../../../kit/conditions.ts';
import { installedDuckDb } from '../../../kit/duckDb.ts';

const layoutIn = (text: string | Buffer): TextLayout => {
  const layout = layoutOf(Buffer.from(text).subarray(0, HEAD_BYTES), 'csv');
  if ('problem' in layout) throw new Error(JSON.stringify(layout.problem));
  return layout.value;
};

describe('delimited text in DuckDB', () => {
  let module: DuckDb;
  let folder: string;

  before(async function () {
    const found = installedDuckDb();
    if (found === undefined) {
      this.skip();
      return;
    }
    module = found;
    folder = await mkdtemp(join(tmpdir(), 'duckdb-'));
  });

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const opened = async (text: string | Buffer): Promise<ExternalRows> => {
    const path = join(folder, 'text.csv');
    await writeFile(path, text);
    const file = await openLargeFile(
      module,
      { path, layout: layoutIn(text), nullRule: 'null' },
      { milliseconds: 60_000, temporaryFolder: folder },
    );
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    return file.value;
  };

  const rows = (row: (index: number) => string, odd: string): string =>
    Array.from({ length: 3_000 }, (_, index) => (index === 1500 ? odd : row(index))).join('');
  const plain = (index: number): string => `${index},x,y\n`;
  const utf16 = (text: string, mark: string): Buffer => Buffer.from(mark + text, 'utf16le');
  const last = ['2999', 'x', 'y'];
  const texts: readonly (readonly [string, string | Buffer, readonly Cell[], readonly Cell[]])[] = [
    [
      'line breaks in cells',
      `A,B,C\n${rows((i) => `${i},"x\ny",z\n`, 'o,"\n",p\n')}`,
      ['o', '\n', 'p'],
      ['2999', 'x\ny', 'z'],
    ],
    ['rows that are too short', `A,B,C\n${rows(plain, 'o\n')}`, ['o', null, null], last],
    [
      'both',
      `A,B,C\n${rows((i) => `${i},"x\ny",z\n`, 'o\n')}`,
      ['o', null, null],
      ['2999', 'x\ny', 'z'],
    ],
    ['rows that are too long', `A,B,C\n${rows(plain, 'o,p,q,r,s\n')}`, ['o', 'p', 'q'], last],
    [
      'quotes in bare cells',
      `A,B,C\n${rows(plain, 'o,a "b" c,5" pipe\n')}`,
      ['o', 'a "b" c', '5" pipe'],
      last,
    ],
    [
      'columns of one name, and of none',
      `A,B,A,\n${rows((i) => `${i},x,y,\n`, 'o,p,q,r\n')}`,
      ['o', 'p', 'q', 'r'],
      [...last, null],
    ],
    ['what looks like a comment', `#A,B,C\n${rows(plain, '#o,p,q\n')}`, ['#o', 'p', 'q'], last],
    ['semicolons', `A;B;C\n${rows((i) => `${i};x;y\n`, 'o;1,5;q\n')}`, ['o', '1,5', 'q'], last],
    ['UTF-16', utf16(`A,B,C\n${rows(plain, 'o,ž,q\n')}`, '\uFEFF'), ['o', 'ž', 'q'], last],
    [
      'UTF-16 that does not say so',
      utf16(`A,B,C\n${rows(plain, 'o,ž,q\n')}`, ''),
      ['o', 'ž', 'q'],
      last,
    ],
    [
      'a cell of five megabytes',
      `A,B,C\n${rows(plain, `o,${'p'.repeat(5_000_000)},q\n`)}`,
      ['o', 'p'.repeat(5_000_000), 'q'],
      last,
    ],
  ];
  for (const [id, text, odd, end] of texts) {
    it(`are read as they are in memory: ${id}`, async () => {
      const bytes = Buffer.from(text);
      const memory = await readRowFile(
        'file:///w/T.csv',
        [],
        {
          files: { list: async () => [], read: async () => bytes },
          sqlJs: async () => Promise.reject(new Error('not asked for')),
        },
        { nullRule: 'null' },
      );
      ok('value' in memory, JSON.stringify(memory));
      const { table } = memory.value;
      const file = await opened(text);
      deepEqual(
        file.columns,
        table.columns.map(({ name }) => name),
      );
      equal(file.rowCount, table.rowCount);
      deepEqual(await file.row(1501), { value: odd });
      deepEqual(rowAt(table, 1500), odd);
      deepEqual(await file.row(3000), { value: end });
      await file.close();
    });
  }

  // Beyond what DuckDB looks at to find out how a file is written.
  const lines = Array.from({ length: 30_000 }, (_, index) => plain(index)).join('');
  const more = plain(0).repeat(1000);
  const brokenTexts: readonly (readonly [string, Buffer, object])[] = [
    [
      'a quote without an end',
      Buffer.from(`A,B,C\n${lines}o,"p,q\n${more}`),
      { kind: 'openQuote', line: 30_002 },
    ],
    [
      'a quote that ends in another cell',
      Buffer.from(`A,B,C\n${lines}o,"p,q\nr,"s",t\n${more}`),
      { kind: 'openQuote', line: 30_002 },
    ],
    [
      'a row that is too long',
      Buffer.from(`A,B,C\n${lines}o,p,q,r,s\n${more}`),
      { kind: 'longRow', line: 30_002 },
    ],
    [
      'another encoding',
      Buffer.concat([
        Buffer.from(`A,B,C\n${lines}`),
        Buffer.from([0x31, 0x2c, 0xf8, 0x2c, 0x79, 0x0a]),
      ]),
      { kind: 'noText' },
    ],
  ];
  for (const [id, bytes, problem] of brokenTexts) {
    it(`are refused with a reason, and not exported in part: ${id}`, async () => {
      const path = join(folder, 'broken.csv');
      await writeFile(path, bytes);
      const file = await openLargeFile(
        module,
        { path, layout: layoutIn('A,B,C\n'), nullRule: 'null' },
        { milliseconds: 60_000, temporaryFolder: folder },
      );
      const expected = { problem: { kind: 'file', problem } };
      // The rows are counted without a look at their cells.
      if ('problem' in file) return deepEqual(file, expected);
      const parts: unknown[] = [];
      for await (const part of file.value.all(conditionOf(''), { verdicts })) parts.push(part);
      deepEqual(parts, [expected]);
      await file.value.close();
    });
  }

  it('are not read where there is no header, or too much of it', () => {
    const problemOf = (text: string | Uint8Array): unknown => {
      const layout = layoutOf(typeof text === 'string' ? Buffer.from(text) : text, 'csv');
      return 'problem' in layout ? layout.problem : layout.value;
    };
    const wide = Array.from({ length: 100_000 }, (_, index) => `C${index}`).join(',');
    deepEqual(problemOf(wide), { kind: 'tooManyColumns', count: 100_000, limit: 1024 });
    deepEqual(problemOf(''), { kind: 'empty' });
    deepEqual(problemOf('\r\n\n'), { kind: 'empty' });
    deepEqual(problemOf(Buffer.alloc(HEAD_BYTES, 'x')), {
      kind: 'longLine',
      line: 1,
      limit: 10_000_000,
    });
    deepEqual(problemOf(new Uint8Array([0x7f, 0x45, 0, 0, 1])), { kind: 'noText' });
    deepEqual(problemOf('"A\n'), { kind: 'openQuote', line: 1 });
  });

  it('have the computed columns that the file lacks, of those that it has', async () => {
    const path = join(folder, 'computed.csv');
    await writeFile(path, 'Parent,Own_NS\n,z\nP-1,\n');
    const file = await openLargeFile(
      module,
      {
        path,
        layout: layoutIn('Parent,Own_NS\n'),
        nullRule: 'null',
        computed: [
          { name: 'PARENT_NS', source: 'PARENT', fallback: "it's" },
          { name: 'OWN_NS', source: 'Parent', fallback: 'never' },
          { name: 'OTHER_NS', source: 'Other', fallback: 'never' },
        ],
      },
      { milliseconds: 60_000, temporaryFolder: folder },
    );
    if ('problem' in file) throw new Error(JSON.stringify(file.problem));
    deepEqual(file.value.columns, ['Parent', 'Own_NS', 'PARENT_NS']);
    deepEqual(await file.value.row(1), { value: [null, 'z', "it's"] });
    const counts = { kept: 1, lostToNull: 0, dropped: 1 };
    deepEqual(await file.value.counts(conditionOf('(PARENT_NS == "IT\'S")')), {
      value: { asWritten: counts, nullAsEmpty: counts },
    });
    await file.value.close();
  });
});
