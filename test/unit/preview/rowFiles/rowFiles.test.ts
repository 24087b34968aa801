import { deepEqual, equal, ok } from 'node:assert/strict';
import { strToU8 } from 'fflate';
import * as fc from 'fast-check';
import type { Cell } from '../../../../src/filter/meaning/values.ts';
import { rowAt } from '../../../../src/preview/columns.ts';
import { readDatabase } from '../../../../src/preview/rowFiles/database.ts';
import { readDelimited } from '../../../../src/preview/rowFiles/delimited.ts';
import { readJson, readJsonLines } from '../../../../src/preview/rowFiles/records.ts';
import {
  formatOf,
  MOST_COLUMNS,
  type ReadRowFile,
} from '../../../../src/preview/rowFiles/rowFile.ts';
import { readWorkbook } from '../../../../src/preview/rowFiles/workbook.ts';
import { delimiterOf } from '../../../../src/text/delimiter.ts';
import { databaseOf, inlineText, workbookOf } from '../../../kit/rowFiles.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

interface Read {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function contentOf(read: ReadRowFile): Read {
  ok('value' in read, JSON.stringify(read));
  const { table } = read.value;
  return {
    columns: table.columns.map(({ name }) => name),
    rows: Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row)),
  };
}

const ruleOf = (read: ReadRowFile) => ('value' in read ? read.value.nullRule : undefined);
const problemOf = (read: ReadRowFile) => ('problem' in read ? read.problem : undefined);

describe('rows in delimited text', () => {
  it('tells NULL from the empty text by quotes, where the file uses them', () => {
    const read = readDelimited('A,B\n,""\nx,"y"\n', ',');
    equal(ruleOf(read), 'quotes');
    deepEqual(contentOf(read), {
      columns: ['A', 'B'],
      rows: [
        [null, ''],
        ['x', 'y'],
      ],
    });
  });

  it('holds NULL where a file that never quotes an empty text holds nothing', () => {
    const read = readDelimited('A,B\n,"say ""x"""\n', ',');
    equal(ruleOf(read), 'null');
    deepEqual(contentOf(read).rows, [[null, 'say "x"']]);
  });

  for (const [nullRule, row] of [
    ['quotes', [null, '', 'x']],
    ['null', [null, null, 'x']],
    ['empty', ['', '', 'x']],
  ] as const) {
    it(`keeps to the rule it is told: ${nullRule}`, () => {
      deepEqual(contentOf(readDelimited('A,B,C\n,"",x\n', ',', { nullRule })).rows, [row]);
    });
  }

  it('reads any line end, a byte order mark, short and long rows', () => {
    const read = readDelimited('\uFEFFA,B\r\n1\n2,3,4\r5,6\n\n', ',');
    deepEqual(contentOf(read), {
      columns: ['A', 'B'],
      rows: [
        ['1', null],
        ['2', '3'],
        ['5', '6'],
      ],
    });
    equal('value' in read && read.value.longRows, 1);
  });

  it('finds out the delimiter by the header', () => {
    deepEqual(['A;B', 'A,B', '"a;b;c",d', 'A'].map(delimiterOf), [';', ',', ',', ',']);
    deepEqual(contentOf(readDelimited('A\tB\n1\t2"3\n', '\t')).rows, [['1', '2"3']]);
  });

  it('names columns that have no name', () => {
    deepEqual(contentOf(readDelimited('A,, B \n1,2,3\n', ',')).columns, ['A', '#2', 'B']);
  });

  it('gives back what was written, quoted', () => {
    const cell = fc.option(fc.string({ unit: 'binary' }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const line = (row: readonly Cell[]): string =>
          row.map((each) => (each === null ? '' : `"${each.replaceAll('"', '""')}"`)).join(',');
        const text = ['A,B', ...rows.map(line), '"",'].join('\n');
        // A line of nothing but NULL is a line with a comma: none is skipped.
        deepEqual(contentOf(readDelimited(text, ',')).rows, [...rows, ['', null]]);
      }),
    );
  });

  it('says what is wrong', () => {
    deepEqual(problemOf(readDelimited('', ',')), { kind: 'empty' });
    equal(problemOf(readDelimited('A\n"x', ','))?.kind, 'openQuote');
    const wide = Array.from({ length: 100_000 }, (_, index) => `C${index}`).join(',');
    deepEqual(problemOf(readDelimited(wide, ',')), {
      kind: 'tooManyColumns',
      count: 100_000,
      limit: MOST_COLUMNS,
    });
    equal(problemOf(readDelimited(`A\n"${'x'.repeat(20_000_000)}"`, ','))?.kind, 'longLine');
  });

  it('tells how far it is, and ends when it is told to', () => {
    const text = `A\n${'1\n'.repeat(25_000)}`;
    const told: number[] = [];
    readDelimited(text, ',', { onProgress: (rows) => told.push(rows) });
    deepEqual(told, [10_000, 20_000]);
    class Cancelled extends Error {}
    let isCancelled = false;
    try {
      readDelimited(text, ',', {
        onProgress: () => {
          throw new Cancelled();
        },
      });
    } catch (error) {
      isCancelled = error instanceof Cancelled;
    }
    ok(isCancelled);
  });
});

describe('rows in JSON', () => {
  it('tells null, missing and empty apart, and leaves out annotations', () => {
    const records = [
      { '@odata.etag': 'W/"1"', A: null, B: '', C: 1.5 },
      { A: 'x', D: true, E: { a: 1 } },
    ];
    const expected = {
      columns: ['A', 'B', 'C', 'D', 'E'],
      rows: [
        [null, '', '1.5', null, null],
        ['x', null, null, 'true', '{"a":1}'],
      ],
    };
    deepEqual(contentOf(readJson(JSON.stringify(records))), expected);
    deepEqual(contentOf(readJson(JSON.stringify({ value: records }))), expected);
    const lines = records.map((record) => JSON.stringify(record)).join('\n\n');
    deepEqual(contentOf(readJsonLines(`\uFEFF${lines}\r\n`)), expected);
  });

  it('says what is wrong', () => {
    equal(problemOf(readJson('{'))?.kind, 'broken');
    equal(problemOf(readJson('{}'))?.kind, 'noTable');
    equal(problemOf(readJson('[]'))?.kind, 'empty');
    deepEqual(problemOf(readJson('[{}, 5]')), { kind: 'noRecord', number: 2 });
    const broken = problemOf(readJsonLines('{"A":1}\n\n{"A"'));
    ok(broken?.kind === 'broken' && broken.line === 3);
    const deep = `{"A":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const read of [readJson(`[${deep}]`), readJsonLines(deep)]) {
      equal(problemOf(read)?.kind, 'broken');
    }
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`c${index}`, 1]));
    equal(problemOf(readJson(JSON.stringify([wide])))?.kind, 'tooManyColumns');
  });
});

describe('rows in a workbook', () => {
  const bytes = workbookOf(
    `<row r="1">${inlineText('A1', 'ID')}${inlineText('B1', 'NAME')}</row>` +
      `<row r="2"><c r="A2"><v>12345678901234567890</v></c>${inlineText('B2', ' x ')}</row>` +
      `<row r="3"><c r="A3"><v>2</v></c></row>`,
  );

  it('reads numbers to the last digit, and an empty cell as NULL', async () => {
    const read = await readWorkbook(bytes);
    equal(ruleOf(read), 'null');
    deepEqual(contentOf(read), {
      columns: ['ID', 'NAME'],
      rows: [
        ['12345678901234567890', ' x '],
        ['2', null],
      ],
    });
    deepEqual(contentOf(await readWorkbook(bytes, { nullRule: 'empty' })).rows[1], ['2', '']);
  });

  it('says what is wrong, and unpacks no bomb', async () => {
    equal(problemOf(await readWorkbook(strToU8('no zip')))?.kind, 'broken');
    const bomb = bytes.slice();
    const view = new DataView(bomb.buffer);
    // The list at the end of a zip says how long each part is, unpacked.
    for (let at = 0; at < bomb.length - 28; at += 1) {
      if (view.getUint32(at, false) === 0x504b0102) view.setUint32(at + 24, 0x40000000, true);
    }
    equal(problemOf(await readWorkbook(bomb))?.kind, 'tooLarge');
  });
});

describe('rows in a SQLite file', () => {
  it('reads the table that is asked for, or the only one', () => {
    const one = databaseOf("CREATE TABLE T(A TEXT, B); INSERT INTO T VALUES(NULL,''),('x',2.5)");
    deepEqual(contentOf(readDatabase(sqlJs, one, [])), {
      columns: ['A', 'B'],
      rows: [
        [null, ''],
        ['x', '2.5'],
      ],
    });
    const two = databaseOf(
      'CREATE TABLE T(A); CREATE TABLE "U""u"(B); INSERT INTO "U""u" VALUES(\'b\')',
    );
    equal(problemOf(readDatabase(sqlJs, two, ['V']))?.kind, 'noTable');
    deepEqual(contentOf(readDatabase(sqlJs, two, ['V', 'u"U'])).rows, [['b']]);
  });

  it('refuses what is no database', () => {
    const read = readDatabase(sqlJs, strToU8('nothing of the kind, at some length'), ['T']);
    equal(problemOf(read)?.kind, 'broken');
  });
});

it('knows a format by the ending of a name', () => {
  deepEqual(
    ['a.CSV', 'a.tsv', 'a.ndjson', 'a.xlsx', 'a.db', 'a.sqlite3', 'a.txt', 'csv'].map(formatOf),
    ['csv', 'tsv', 'jsonl', 'xlsx', 'sqlite', 'sqlite', undefined, undefined],
  );
});
