import { deepEqual } from 'node:assert/strict';
import type { Cell } from '../../../../src/filter/meaning/values.ts';
import { rowAt } from '../../../../src/preview/columns.ts';
import { readDelimited } from '../../../../src/preview/rowFiles/delimited.ts';

/** With the rule by which a file is read whose quotes are told apart from nothing. */
function readCsv(text: string) {
  const read = readDelimited(text, ',', { nullRule: 'quotes' });
  if ('problem' in read) return read;
  const { table } = read.value;
  return {
    columns: table.columns.map(({ name }) => name),
    rows: Array.from({ length: table.rowCount }, (_, row): readonly Cell[] => rowAt(table, row)),
  };
}

const tables = [
  {
    id: 'NULL and the empty text',
    text: 'A,B\n,""\n"",\n',
    columns: ['A', 'B'],
    rows: [
      [null, ''],
      ['', null],
    ],
  },
  {
    id: 'quotes, commas and line breaks in a text',
    text: 'A\n"a,""b""\r\nc"\n',
    columns: ['A'],
    rows: [['a,"b"\r\nc']],
  },
  {
    id: 'byte order mark and CRLF',
    text: '\uFEFFA,B\r\n1,2\r\n',
    columns: ['A', 'B'],
    rows: [['1', '2']],
  },
  {
    id: 'line ends of all kinds',
    text: 'A\n1\r\n2\r3\n',
    columns: ['A'],
    rows: [['1'], ['2'], ['3']],
  },
  { id: 'no line break at the end', text: 'A\n1', columns: ['A'], rows: [['1']] },
  {
    id: 'short and long rows',
    text: 'A,B\n1\n1,2,3\n',
    columns: ['A', 'B'],
    rows: [
      ['1', null],
      ['1', '2'],
    ],
  },
  {
    id: 'blanks are kept in cells, not in names',
    text: ' A ,B\n x , \n',
    columns: ['A', 'B'],
    rows: [[' x ', ' ']],
  },
  { id: 'empty lines', text: 'A,B\n\n1,2\n\n', columns: ['A', 'B'], rows: [['1', '2']] },
  { id: 'a header alone', text: 'A,B\n', columns: ['A', 'B'], rows: [] },
  {
    id: 'a column without a name',
    text: 'A,,C\n1,2,3\n',
    columns: ['A', '#2', 'C'],
    rows: [['1', '2', '3']],
  },
  {
    id: 'letters of any script',
    text: 'Země\n"Žižka 😀"\n',
    columns: ['Země'],
    rows: [['Žižka 😀']],
  },
  {
    id: 'quotes inside a bare text, and behind a closing one',
    text: 'A,B\na "b" c,1\n5" pipe,"2"\n"x" y,\n "q",""\n',
    columns: ['A', 'B'],
    rows: [
      ['a "b" c', '1'],
      ['5" pipe', '2'],
      ['"x" y', null],
      [' "q"', ''],
    ],
  },
  {
    id: 'a text of several lines in quotes beside quotes in a bare one',
    text: 'A,B\n"one\ntwo",3" nail\n"""a\n""b""",1\n',
    columns: ['A', 'B'],
    rows: [
      ['one\ntwo', '3" nail'],
      ['"a\n"b"', '1'],
    ],
  },
] as const;

const broken = [
  { id: 'empty', text: '', problem: { kind: 'empty' } },
  { id: 'nothing but lines', text: '\n\r\n', problem: { kind: 'empty' } },
  {
    id: 'a quote that is never closed',
    text: 'A\n1\n"x\n2\n3\n',
    problem: { kind: 'openQuote', line: 3 },
  },
  {
    id: 'a quote that is closed lines later, inside another text',
    text: 'A,B\n0,0\n"abc,1\nx,"y",2\nz,3\n',
    problem: { kind: 'openQuote', line: 3 },
  },
  {
    id: 'such a quote in a file that has others in bare texts',
    text: 'A,B\n5",0\n"abc,1\nx,"y",2\n',
    problem: { kind: 'openQuote', line: 3 },
  },
  {
    id: 'a record beyond measure',
    text: `A\n1\n${'x'.repeat(10_000_100)}\n`,
    problem: { kind: 'longLine', line: 3, limit: 10_000_000 },
  },
] as const;

describe('comma-separated values', () => {
  for (const { id, text, columns, rows } of tables) {
    it(`are read: ${id}`, () => {
      deepEqual(readCsv(text), { columns, rows });
    });
  }

  for (const { id, text, problem } of broken) {
    it(`are refused with the line: ${id}`, () => {
      const read = readCsv(text);
      deepEqual('problem' in read ? read.problem : undefined, problem);
    });
  }
});
