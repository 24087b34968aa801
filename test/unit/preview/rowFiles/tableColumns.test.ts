import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { strToU8, unzipSync, Zip, ZipDeflate, zipSync } from 'fflate';
import * as fc from 'fast-check';
import type { RowReader } from '../../../../src/preview/rowFiles/readRowFile.ts';
import { readTableColumns } from '../../../../src/preview/rowFiles/tableColumns.ts';
import { columnsTold } from '../../../kit/columns.ts';
import { databaseOf, inlineText, workbookOf } from '../../../kit/rowFiles.ts';
import { sqlJs } from '../../../kit/sqlJs.ts';

const at = (ending: string): string => `file:///w/Sales%20orders.${ending}`;

/** A disk with one file, which can be read in parts unless it is told otherwise. */
const readerOf = (
  bytes: Uint8Array,
  reads: readonly ('head' | 'whole')[] = ['head', 'whole'],
): RowReader => ({
  files: {
    list: () => Promise.resolve([]),
    size: () => Promise.resolve(bytes.length),
    read: () =>
      reads.includes('whole')
        ? Promise.resolve(bytes)
        : Promise.reject(new Error('read as a whole')),
    ...(reads.includes('head')
      ? { head: (_uri: string, count: number) => Promise.resolve(bytes.subarray(0, count)) }
      : {}),
  },
  sqlJs: () => Promise.resolve(sqlJs),
});
const columnsOf = async (
  ending: string,
  bytes: Uint8Array,
  reads?: readonly ('head' | 'whole')[],
): Promise<readonly string[] | undefined> =>
  columnsTold(await readTableColumns(at(ending), readerOf(bytes, reads)));

const row = (number: number, ...cells: readonly string[]): string =>
  `<row r="${number}">${cells.join('')}</row>`;
const number = (place: string, digits: string): string => `<c r="${place}"><v>${digits}</v></c>`;
const shared = (place: string, index: number): string =>
  `<c r="${place}" t="s"><v>${index}</v></c>`;
const dated = (place: string, serial: string): string =>
  `<c r="${place}" s="0"><v>${serial}</v></c>`;
const texts = (...cells: readonly (readonly [string, string])[]): readonly string[] =>
  cells.map(([place, text]) => inlineText(place, text));

/** The workbook with more parts, or others. */
const workbookWith = (
  sheet: string,
  parts: Readonly<Record<string, string>>,
  level: 0 | 9 = 9,
): Uint8Array =>
  zipSync(
    {
      ...unzipSync(workbookOf(sheet)),
      ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    },
    { level },
  );
const sharedStrings = (strings: readonly string[]): Readonly<Record<string, string>> => ({
  'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
});
const styles = {
  'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
};

/** The same as a writer packs it that knows the sizes of the parts only behind them. */
function streamed(workbook: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const [name, bytes] of Object.entries(unzipSync(workbook))) {
    const part = new ZipDeflate(name);
    zip.add(part);
    part.push(bytes, true);
  }
  zip.end();
  return new Uint8Array(Buffer.concat(chunks));
}

const header = row(1, ...texts(['A1', 'Id'], ['B1', ' Amount ']));

const workbooks: readonly {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly told?: readonly string[];
}[] = [
  {
    id: 'guessed from its rows',
    bytes: workbookOf(
      row(
        1,
        ...texts(['A1', 'Id'], ['B1', 'Amount'], ['C1', 'Open'], ['D1', 'Count'], ['E1', 'Rate']),
      ) +
        row(
          2,
          inlineText('A2', 'SO-1'),
          number('B2', '1.5'),
          inlineText('C2', 'Yes'),
          number('D2', '4'),
          number('E2', '1.0E-5'),
        ) +
        row(3, inlineText('A3', 'SO-2')),
    ),
    told: ['Id text', 'Amount number', 'Open NoYes', 'Count unknown', 'Rate unknown'],
  },
  { id: 'a header alone', bytes: workbookOf(header), told: ['Id unknown', 'Amount unknown'] },
  {
    id: 'texts that cells share, and days',
    bytes: workbookWith(
      row(1, shared('A1', 1), shared('B1', 0)) + row(2, shared('A2', 2), dated('B2', '45323')),
      {
        ...sharedStrings(['Since', 'Name', 'Contoso Ltd']),
        ...styles,
      },
    ),
    told: ['Name text', 'Since date'],
  },
  {
    id: 'parts that are not packed, and one that tells no cell',
    bytes: workbookWith(header + row(2, number('B2', '1.5')), { 'xl/theme/theme1.xml': '<a/>' }, 0),
    told: ['Id unknown', 'Amount number'],
  },
  {
    id: 'the sizes of its parts behind them',
    bytes: streamed(workbookOf(header + row(2, number('B2', '1.5')))),
    told: ['Id unknown', 'Amount number'],
  },
  {
    id: 'a prefix before the names of its elements',
    bytes: workbookWith('', {
      'xl/worksheets/sheet1.xml': `<x:worksheet><x:sheetData>${`${header}${Array.from({ length: 300 }, (_, index) => row(index + 2, number(`B${index + 2}`, '1.5'))).join('')}`.replaceAll(/<(?<slash>\/?)(?=\w)/gu, '<$<slash>x:')}</x:sheetData></x:worksheet>`,
    }),
    told: ['Id unknown', 'Amount number'],
  },
  {
    id: 'a title above it',
    bytes: workbookOf(
      row(1, inlineText('A1', 'Orders')) + row(2, ...texts(['A2', 'Id'], ['B2', 'Name'])),
    ),
  },
  {
    id: 'an empty row above it',
    bytes: workbookOf(row(2, ...texts(['A2', 'Id'], ['B2', 'Name']))),
  },
  { id: 'a column without a name', bytes: workbookOf(header + row(2, number('C2', '1'))) },
  {
    id: 'labels for people',
    bytes: workbookOf(row(1, ...texts(['A1', 'Name'], ['B1', 'Customer group']))),
  },
  {
    id: 'numbers and no header',
    bytes: workbookOf(row(1, inlineText('A1', 'Id'), number('B1', '2024'))),
  },
  { id: 'truth and no header', bytes: workbookOf(row(1, '<c r="A1" t="b"><v>1</v></c>')) },
  { id: 'nothing', bytes: workbookOf('') },
  { id: 'no sheet', bytes: zipSync({ 'a.txt': strToU8('x') }) },
  { id: 'no archive', bytes: strToU8('A,B\n1,2') },
  { id: 'no bytes', bytes: new Uint8Array() },
  { id: 'its beginning alone', bytes: workbookOf(header).slice(0, 300) },
];

/** Cut anywhere, with any byte in any place, a file tells nothing or what may be true. */
const isHarmless = (
  ending: string,
  bytes: Uint8Array,
  mayBe: (told: readonly string[]) => boolean,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length),
      fc.nat(bytes.length - 1),
      fc.nat(255),
      async (cut, place, byte) => {
        const broken = bytes.slice(0, cut);
        if (place < cut) broken[place] = byte;
        const told = await columnsOf(ending, broken);
        ok(told === undefined || mayBe(told));
      },
    ),
  );

describe('the columns of a workbook', () => {
  for (const { id, bytes, told } of workbooks) {
    it(`are ${told === undefined ? 'none' : 'those'} of one with ${id}`, async () => {
      deepEqual(await columnsOf('xlsx', bytes), told);
    });
  }

  const rows = Array.from({ length: 20_000 }, (_, index) =>
    row(index + 2, shared(`A${index + 2}`, index + 2), number(`B${index + 2}`, '1.5')),
  ).join('');
  const strings = Array.from({ length: 20_000 }, (_, index) => `SO-${index} ${'x'.repeat(80)}`);
  const large = row(1, shared('A1', 0), shared('B1', 1)) + rows;

  it('are those of a large one, read off its beginning', async () => {
    const bytes = workbookWith(large, sharedStrings(['Id', 'Amount', ...strings]));
    deepEqual(await columnsOf('xlsx', bytes), ['Id text', 'Amount number']);
  });

  it('have no types where the texts of its first rows stand further on', async () => {
    const others = strings
      .map((_, index) => row(index + 2, shared(`A${index + 2}`, 20_001 - index)))
      .join('');
    const bytes = workbookWith(
      row(1, shared('A1', 0), shared('B1', 1)) + others,
      sharedStrings(['Id', 'Amount', ...strings]),
    );
    deepEqual(await columnsOf('xlsx', bytes), ['Id unknown', 'Amount unknown']);
  });

  it('are none where the header itself stands further on', async () => {
    const bytes = workbookWith(row(1, shared('A1', 20_000)), sharedStrings([...strings, 'Id']));
    equal(await columnsOf('xlsx', bytes), undefined);
  });

  it('are not asked for where it is larger than a person waits for', async () => {
    const size = (): Promise<number> => Promise.resolve(21 * 1024 * 1024);
    const reader = readerOf(workbookOf(header), []);
    equal(
      await readTableColumns(at('xlsx'), { ...reader, files: { ...reader.files, size } }),
      undefined,
    );
  });

  it('are read off any bytes without harm', async () => {
    const bytes = workbookWith(header + row(2, shared('A2', 0)), sharedStrings(['a b']));
    await isHarmless('xlsx', bytes, (told) => told.length <= 2);
  });
});

const ORDERS =
  'CREATE TABLE SalesOrders (Id TEXT, Amount REAL, Rate REAL, Open TEXT, Picture BLOB, [a b] INT);';
const FILLED = `${ORDERS} INSERT INTO SalesOrders VALUES ('SO-1', 1.5, 1e-7, 'Yes', x'00', 1), ('SO-2', NULL, 1e-7, '', x'00', 1);`;
const TOLD = ['Id text', 'Amount number NULL', 'Rate unknown', 'Open NoYes', 'Picture unknown'];

const databases: readonly {
  readonly id: string;
  readonly sql: string;
  readonly told?: readonly string[];
}[] = [
  { id: 'one table', sql: FILLED.replaceAll('SalesOrders', 'anything'), told: TOLD },
  { id: 'a table that is named like it', sql: `CREATE TABLE Other (X); ${FILLED}`, told: TOLD },
  {
    id: 'a table without rows',
    sql: 'CREATE TABLE "Sales-orders" (Id TEXT)',
    told: ['Id unknown'],
  },
  {
    id: 'a view that never ends',
    sql: 'CREATE VIEW v AS WITH RECURSIVE n(Id) AS (SELECT 1 UNION ALL SELECT Id + 1 FROM n) SELECT max(Id) AS Id FROM n',
    told: ['Id unknown'],
  },
  { id: 'other tables', sql: 'CREATE TABLE Other (X); CREATE TABLE Another (Y)' },
  {
    id: 'two tables of its name',
    sql: 'CREATE TABLE SalesOrders (X); CREATE TABLE Sales_Orders (Y)',
  },
  { id: 'no table', sql: 'PRAGMA user_version = 1' },
];

describe('the columns of a database', () => {
  for (const { id, sql, told } of databases) {
    it(`are ${told === undefined ? 'none' : 'those'} of one with ${id}`, async () => {
      for (const ending of ['sqlite', 'sqlite3', 'db']) {
        deepEqual(await columnsOf(ending, databaseOf(sql), ['head']), told);
        deepEqual(await columnsOf(ending, databaseOf(sql), ['whole']), told);
      }
    });
  }

  it('are read off the beginning of a large one', async () => {
    const more = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
      INSERT INTO SalesOrders (Id, Amount) SELECT 'SO-' || i || '${'x'.repeat(600)}', 1.5 FROM n`;
    for (const size of [512, 65_536]) {
      const bytes = databaseOf(`PRAGMA page_size = ${size}; ${ORDERS} ${more}`);
      ok(bytes.length > 2 * 1024 * 1024);
      const told = await columnsOf('db', bytes, ['head']);
      deepEqual(told?.slice(0, 2), ['Id text', 'Amount number']);
    }
  });

  it('are none of what is no database, and sql.js is not loaded for it', async () => {
    const sqlJsOf = (): Promise<never> => Promise.reject(new Error('loaded'));
    for (const bytes of [new Uint8Array(), strToU8('no database'), strToU8('SQLite')]) {
      equal(await readTableColumns(at('db'), { ...readerOf(bytes), sqlJs: sqlJsOf }), undefined);
    }
  });

  it('are read off any bytes without harm', async () => {
    const bytes = databaseOf(FILLED);
    await isHarmless('db', bytes, (told) => told.length > 0);
  });
});

describe('the columns of a file', () => {
  it('are none of text, and of Parquet', async () => {
    for (const ending of ['csv', 'json', 'parquet']) {
      equal(await columnsOf(ending, strToU8('A,B\n1,2'), []), undefined);
    }
  });

  it('are not made up where it can not be read', async () => {
    for (const ending of ['xlsx', 'db']) {
      await rejects(columnsOf(ending, strToU8('x'), ending === 'xlsx' ? ['head'] : []));
    }
  });
});
