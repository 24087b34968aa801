import { deepEqual, equal, ok } from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { rowAt } from '../../../../src/preview/columns.ts';
import { type RowReader, readRowFile } from '../../../../src/preview/rowFiles/readRowFile.ts';
import { MOST_BYTES, type ReadRowFile } from '../../../../src/preview/rowFiles/rowFile.ts';
import { translator } from '../../../../src/problem/message.ts';
import { sayRowProblem } from '../../../../src/service/rowProblems.ts';
import { databaseOf, inlineText, workbookOf } from '../../../kit/rowFiles.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const readerOf = (bytes: Uint8Array): RowReader => ({
  files: { list: async () => [], read: async () => bytes },
  sqlJs: async () => sqlJs,
});

const readBytes = (name: string, bytes: Uint8Array): Promise<ReadRowFile> =>
  readRowFile(`file:///w/${name}`, ['T'], readerOf(bytes));

/** UTF-16, little-endian. */
const utf16 = (text: string): readonly number[] =>
  Array.from(text).flatMap((character) => [character.charCodeAt(0), 0]);

const said = async (read: Promise<ReadRowFile>): Promise<string> => {
  const found = await read;
  ok('problem' in found, 'read, which was not expected');
  const sentences = ['en', 'cs', 'fr'].map((language) =>
    sayRowProblem(found.problem, translator(language)),
  );
  equal(new Set(sentences).size, 3, sentences.join('\n'));
  return sentences[0] ?? '';
};

describe('a row file', () => {
  const formats: readonly (readonly [string, Uint8Array])[] = [
    ['a.csv', strToU8('A,B\n1,x\n')],
    ['a.CSV', strToU8('A;B\n1;x\n')],
    ['a.csv', new Uint8Array([0xff, 0xfe, ...utf16('A,B\n1,x\n')])],
    ['a.csv', new Uint8Array(utf16('A,B\n1,x\n'))],
    ['a.csv', new Uint8Array(utf16('A,B\n1,x\n')).map((_, index, all) => all[index ^ 1] ?? 0)],
    ['a.tsv', strToU8('A\tB\n1\tx\n')],
    ['a.json', strToU8('[{"A":1,"B":"x"}]')],
    ['a.jsonl', strToU8('{"A":1,"B":"x"}\n')],
    ['a.db', databaseOf("CREATE TABLE T(A, B); INSERT INTO T VALUES(1, 'x')")],
    [
      'a.xlsx',
      workbookOf(
        `<row r="1">${inlineText('A1', 'A')}${inlineText('B1', 'B')}</row>` +
          `<row r="2"><c r="A2"><v>1</v></c>${inlineText('B2', 'x')}</row>`,
      ),
    ],
  ];
  for (const [index, [name, bytes]] of formats.entries()) {
    it(`is read by its ending: ${name} (${index + 1})`, async () => {
      const read = await readBytes(name, bytes);
      ok('value' in read, JSON.stringify(read));
      const { table } = read.value;
      deepEqual(
        table.columns.map((column) => column.name),
        ['A', 'B'],
      );
      deepEqual(rowAt(table, 0), ['1', 'x']);
    });
  }

  it('that is too large is refused before it is read', async () => {
    let reads = 0;
    const read = readRowFile('file:///w/a.csv', [], {
      files: {
        list: async () => [],
        size: async () => MOST_BYTES + 1,
        read: async () => {
          reads += 1;
          return new Uint8Array();
        },
      },
      sqlJs: async () => sqlJs,
    });
    equal(await said(read), 'The file with the rows is too large: at most 400 MB are read.');
    equal(reads, 0);
  });

  it('that cannot be read is told as that', async () => {
    const read = readRowFile('file:///w/a.csv', [], {
      files: { list: async () => [], read: () => Promise.reject(new Error('EACCES')) },
      sqlJs: async () => sqlJs,
    });
    equal(await said(read), "The file with the rows can't be read.");
  });

  const wide = Array.from({ length: 100_000 }, (_, index) => `C${index}`).join(',');
  // "Příliš" in Windows-1250.
  const legacy = new Uint8Array([0x41, 0x0a, 0x50, 0xf8, 0xed, 0x6c, 0x69, 0x9a, 0x0a]);
  const hostile: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
    ['has 100,000 columns', 'a.csv', strToU8(wide), /has 100000 columns; at most 1024/u],
    [
      'is one line without an end',
      'a.csv',
      strToU8(`A\n${'x'.repeat(20_000_000)}`),
      /begins at line 2 is longer than 10 million/u,
    ],
    [
      'has a header without an end',
      'a.csv',
      strToU8('x'.repeat(20_000_000)),
      /begins at line 1 is/u,
    ],
    ['has a quote without an end', 'a.csv', strToU8('A\n"x\ny\n'), /line 2, a quotation mark/u],
    ['is written in another encoding', 'a.csv', legacy, /neither UTF-8 nor UTF-16/u],
    ['holds NUL', 'a.csv', strToU8('A,B\n1,\0\n'), /neither UTF-8/u],
    ['is UTF-16 cut in half', 'a.csv', new Uint8Array(utf16('A\n1').slice(0, 5)), /neither UTF-8/u],
    ['is a program', 'a.csv', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /neither UTF-8/u],
    ['is no workbook', 'a.xlsx', strToU8('PK, but no zip'), /can't be read: /u],
    [
      'is no database',
      'a.sqlite',
      strToU8('SQLite format 3, it says, at some length'),
      /can't be read: /u,
    ],
    [
      'has tables of others alone',
      'a.db',
      databaseOf('CREATE TABLE U(A); CREATE TABLE V(A)'),
      /no table of this/u,
    ],
    ['is broken JSON', 'a.json', strToU8('[{"A":1}'), /broken at line 1/u],
    [
      'is JSON nested without an end',
      'a.json',
      strToU8('['.repeat(5_000_000)),
      /broken at line 1/u,
    ],
    ['lists what are no records', 'a.jsonl', strToU8('{"A":1}\n5\n'), /number 2 is none/u],
  ];
  for (const [id, name, bytes, expected] of hostile) {
    it(`that ${id} is refused with a reason`, async () => {
      const sentence = await said(readBytes(name, bytes));
      ok(expected.test(sentence), sentence);
    });
  }

  it('may hold the sign that stands for nothing, rightly encoded', async () => {
    ok('value' in (await readBytes('a.csv', strToU8('A\n\uFFFD\n'))));
  });
});
