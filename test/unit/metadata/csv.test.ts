import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { HEAD_BYTES } from '../../../src/metadata/delimited.ts';
import type { Metadata } from '../../../src/metadata/metadata.ts';
import type { PublicEntity } from '../../../src/metadata/publicEntity.ts';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import type { Files } from '../../../src/workspace/files.ts';
import { loadMetadata } from '../../../src/workspace/load.ts';
import { columnsTold } from '../../kit/columns.ts';
import { metadataIn } from '../../kit/metadata.ts';

const URI = 'file:///w/rows/Sales%20orders.csv';
const sampled = (text: string, uri = URI): PublicEntity | undefined =>
  metadataIn({ [uri]: text }).sampledEntityNamed('Sales Orders');

/** What a column of these cells is guessed to hold. */
const guesses: readonly (readonly [string, readonly string[], string])[] = [
  ['nothing', [], 'unknown'],
  ['empty cells', ['""', '""'], 'unknown'],
  ['digits, which may be a code or an element', ['1', '1000'], 'unknown'],
  ['digits behind a zero', ['0001', '1000'], 'text'],
  ['a fraction', ['1', '-2.50'], 'number'],
  ['a fraction in Czech', ['1', '"2,5"'], 'number'],
  ['single words, which may be elements', ['Open', 'Invoiced'], 'unknown'],
  ['words with blanks', ['Open', 'Contoso Ltd'], 'text'],
  ['a code with hyphens', ['SO-001'], 'text'],
  ['Yes and No', ['Yes', 'no', '""'], 'NoYes'],
  ['dates', ['2024-02-01', '2024-02-02'], 'date'],
  ['American dates', ['2/1/2024'], 'date'],
  ['times', ['2024-02-01T10:00:00Z', '1900-01-01 00:00:00'], 'datetime'],
  ['signs without letters', ['12-34', '1 000'], 'unknown'],
  ['GUIDs', ['9f6c9d0e-1111-2222-3333-abcdefabcdef'], 'guid'],
  ['a date beside a word', ['2024-02-01', 'never'], 'unknown'],
];

describe('the columns of a row file', () => {
  for (const [what, cells, expected] of guesses) {
    it(`of ${what} are guessed to be ${expected}`, () => {
      deepEqual(columnsTold(sampled(['F', ...cells].join('\r\n'))), [`F ${expected}`]);
    });
  }

  it('are found by the name of the file without regard to blanks and case', () => {
    const metadata = metadataIn({ 'file:///w/SALES-orders.tsv': 'A\tB\n1\t2' });
    deepEqual(columnsTold(metadata.sampledEntityNamed('SalesOrders')), ['A unknown', 'B unknown']);
    equal(metadata.sampledEntityNamed('Sales'), undefined);
  });

  it('stand where the header names them', () => {
    const text = '\uFEFF"Id";STATUS ; Id2;ID\n1;2;3;4';
    const fields = sampled(text)?.fields ?? [];
    deepEqual(
      fields.map(({ origin: { uri, span } }) => [uri, text.slice(span.start, span.end)]),
      [
        [URI, 'Id'],
        [URI, 'STATUS'],
        [URI, 'Id2'],
      ],
    );
  });

  it('have a NULL only where the file tells one from an empty text', () => {
    deepEqual(columnsTold(sampled('A,B\n,1.5\n,')), ['A unknown', 'B number']);
    deepEqual(columnsTold(sampled('A,B\n,1.5\n"",')), ['A unknown NULL', 'B number NULL']);
    deepEqual(columnsTold(sampled('A,B\nNULL,1.5\n"NULL",2.5')), ['A unknown NULL', 'B number']);
  });

  it('are those of rows with quotes in bare cells, too', () => {
    deepEqual(columnsTold(sampled('A,B\n5" pipe,1.5\n"x" y,2.5')), ['A text', 'B number']);
  });

  it('are those before a quote that never ends', () => {
    deepEqual(columnsTold(sampled('A,B\n1.5,x y\n2.5,"z')), ['A number', 'B text']);
  });

  it('are no fields where their names are none', () => {
    equal(sampled(''), undefined);
    equal(sampled('\n\n'), undefined);
    equal(sampled('1,2\n3,4'), undefined);
    deepEqual(columnsTold(sampled('Bl\uFFFDm,A,\n1,2,3')), ['A unknown']);
  });

  it('are no reason to complain of the file', () => {
    for (const text of ['Bl\uFFFDm\n1', 'A,"B', '<AxEnum', '<edmx:Edmx', 'A\n\uFFFD']) {
      deepEqual(readMetadataFile(URI, text).problems, []);
    }
  });

  it('are read off any text without harm, each of them once, where it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('A', 'b', 'NULL', '"', '')))),
        fc.constantFrom(',', ';', '\t'),
        (rows, delimiter) => {
          const text = rows.map((row) => row.join(delimiter)).join('\n');
          const fields = sampled(text)?.fields ?? [];
          const names = fields.map(({ name }) => name.toLowerCase());
          equal(new Set(names).size, names.length);
          for (const { name, origin } of fields) {
            const { start, end } = origin.span;
            ok(end === 0 || text.slice(start, end) === name);
          }
        },
      ),
    );
  });
});

describe('the head of a row file', () => {
  const header = `Id,Amount\n`;
  const row = '00001,1.50\n';
  const large = header + row.repeat(200_000);
  const bytes = new TextEncoder().encode(large);
  const loadedFrom = async (files: Files): Promise<Metadata['sampledEntityNamed']> => {
    const loaded = await loadMetadata(files, [URI]);
    return metadataIn(Object.fromEntries(loaded.map(({ file, text }) => [file.uri, text])))
      .sampledEntityNamed;
  };
  const list = (): Promise<readonly string[]> => Promise.resolve([URI]);

  it('is all that is read of it', async () => {
    const named = await loadedFrom({
      list,
      head: (_, count) => {
        equal(count, HEAD_BYTES);
        return Promise.resolve(bytes.subarray(0, count));
      },
      read: () => Promise.reject(new Error('read as a whole')),
    });
    deepEqual(columnsTold(named('sales orders')), ['Id text', 'Amount number']);
  });

  it('is not asked for where only the whole can be had, and that is large', async () => {
    const read = (): Promise<Uint8Array> => Promise.reject(new Error('read as a whole'));
    const named = await loadedFrom({ list, size: () => Promise.resolve(bytes.length), read });
    equal(named('sales orders'), undefined);
  });

  it('may end within a character or a cell', async () => {
    const wide = new TextEncoder().encode(`Id,Name\n${'00001,Žlutý kůň €\n'.repeat(20_000)}`);
    for (const cut of [0, 1, 2, 3]) {
      const named = await loadedFrom({
        list,
        head: (_, count) => Promise.resolve(wide.subarray(0, count - cut)),
        read: () => Promise.resolve(wide),
      });
      deepEqual(columnsTold(named('sales orders')), ['Id text', 'Name text']);
    }
  });
});
