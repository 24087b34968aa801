import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { groupErrors, withoutValues } from '../../../src/errorLog/group.ts';
import { readErrorLog } from '../../../src/errorLog/read.ts';
import { columnBuilder } from '../../../src/preview/columns.ts';
import { DENIED, type FileTable, run } from '../../kit/commandLine.ts';

const tableOf = (columns: readonly string[], ...rows: readonly (readonly string[])[]) => {
  const builder = columnBuilder(columns);
  for (const row of rows) builder.add(row);
  return builder.finish();
};

const LOG = [
  'ENTITYNAME,ERRORMESSAGE,LOGDATETIME,RECORDID',
  'Customers V3,"Unable to write data to entity accounts. Unable to lookup contracts with values {PC001}.",2026-01-02T08:00:00,1',
  'Customers V3,"Unable to write data to entity accounts. Unable to lookup contracts with values {PC002}.",2026-01-03T08:00:00,2',
  'Units,Something odd about 17,2026-01-01T08:00:00,3',
  'Units,Something odd about 18,2026-01-01T08:00:00,4',
  'Units,Something odd about 19,2026-01-01T08:00:00,5',
  'Vendors V2,,2026-01-01T08:00:00,6',
].join('\r\n');

describe('an exported log of errors', () => {
  const shapes = [
    {
      id: 'a table browser',
      columns: ['RecId1', 'ErrorMessage', 'EntityName', 'CreatedDateTime'],
      row: ['1', 'bad', 'E', 't'],
      expected: { message: 'bad', entity: 'E', time: 't', record: '' },
    },
    {
      id: 'a payload',
      columns: ['entityName', 'errorMessage', 'verboseError', 'logDateTime', 'isErrorCountUpdated'],
      row: ['E', 'short', 'long', 't', 'true'],
      expected: { message: 'long\nshort', entity: 'E', time: 't', record: '' },
    },
    {
      id: 'other names',
      columns: ['Project name', 'Log', 'Created on', 'Record key'],
      row: ['P', 'bad', 't', 'k'],
      expected: { message: 'bad', entity: 'P', time: 't', record: 'k' },
    },
  ];
  for (const { id, columns, row, expected } of shapes) {
    it(`is read by the names of its columns: ${id}`, () => {
      deepEqual(readErrorLog(tableOf(columns, row)), [expected]);
    });
  }

  it('is none without a column of messages', () => {
    equal(readErrorLog(tableOf(['Name', 'ErrorCode'], ['a', '1'])), undefined);
    deepEqual(readErrorLog(tableOf(['Message'])), []);
  });

  it('is grouped by cause, and what is not known by its text without values', async () => {
    const entry = { time: '', entity: '', record: '' };
    const groups = await groupErrors(
      [
        "Odd: record 17 of 'x'",
        "odd: record 18 of 'y'",
        'Even',
        'SecureConfig Organization (1) does not match actual CRM Organization (2).',
        'SecureConfig Organization (3) does not match actual CRM Organization (4).',
        "Party record not found for party type 'Person'",
      ].map((message) => ({ ...entry, message })),
    );
    deepEqual(
      groups.map(({ cause, entries }) => [cause?.message.id, entries.length]),
      [
        [undefined, 2],
        ['other-organization', 2],
        [undefined, 1],
        ['party-not-found', 1],
      ],
    );
    equal(
      withoutValues('At 2026-01-02T03:04 3f2504e0-4f89-11d3-9a0c-0305e82c3301 {a} US-001'),
      withoutValues('At 2025-11-12T13:14 00000000-4f89-11d3-9a0c-0305e82c3301 {b} DE-7'),
    );
  });

  it('lets others go on while it is looked through', async () => {
    const entries = Array.from({ length: 1000 }, (_, number) => ({
      message: `No ${number}`,
      time: '',
      entity: '',
      record: '',
    }));
    let pauses = 0;
    const groups = await groupErrors(entries, async () => {
      pauses += 1;
    });
    equal(groups.length, 1);
    equal(pauses, 5);
  });

  const files: FileTable = {
    'log.csv': LOG,
    'log.json': JSON.stringify([{ errorMessage: '0x80072560', entityName: 'E' }]),
    'log.tsv': 'Message\tEntity\n0x80072560\tE\n',
    'map.json': '{"name":"x"}',
    'list.json': '[1,2]',
    'empty.csv': 'ErrorMessage\n',
    'rows.csv': 'Name\nx\n',
    'bad.xlsx': 'no workbook',
    'denied.csv': DENIED,
  };

  it('is a report on the command line: counts first, then each cause with its steps', async () => {
    const { exitCode, out, error } = await run(['errors', 'log.csv'], files);
    equal(error, '');
    equal(exitCode, 1);
    match(out, /^# Errors in log\.csv$/mu);
    match(out, /^5 entries, causes: 2\.$/mu);
    match(out, /^\| Something odd about 17 \| 3 \| `Units` \| 2026-01-01T08:00:00 \|$/mu);
    match(out, /^## Unable to lookup … with values \(2\)$/mu);
    match(out, /^\*\*Records:\*\* `1`, `2`$/mu);
    match(out, /`dual-write guide entity-relations`/u);
    ok(out.includes('2026-01-03T08:00:00'));
  });

  it('speaks the language of the terminal', async () => {
    match((await run(['errors', 'log.csv'], files, 'cs')).out, /^5 záznamů, příčin: 2\.$/mu);
    match(
      (await run(['errors', 'log.csv'], files, 'fr')).out,
      /^5 entrées, nombre de causes\u202F: 2\.$/mu,
    );
  });

  it('is JSON for other programs', async () => {
    const { out } = await run(['errors', 'log.json', '--format', 'json'], files);
    deepEqual(
      JSON.parse(out).map(({ message, count }: { message: string; count: number }) => [
        message,
        count,
      ]),
      [['not-a-member', 1]],
    );
    match((await run(['errors', 'log.tsv'], files)).out, /not a member|0x80072560/u);
  });

  const others = [
    { words: ['empty.csv'], exitCode: 0, said: /holds no errors/u },
    { words: ['rows.csv'], exitCode: 1, said: /No column/u },
    { words: ['map.json'], exitCode: 1, said: /holds no table of errors: export/u },
    { words: ['list.json'], exitCode: 1, said: /holds no table of errors: export/u },
    { words: ['bad.xlsx'], exitCode: 1, said: /bad\.xlsx: /u },
    { words: ['denied.csv'], exitCode: 1, said: /denied\.csv: /u },
    { words: [], exitCode: 2, said: /one path/u },
    { words: ['log.csv', '--format', 'x'], exitCode: 2, said: /not x/u },
  ];
  for (const { words, exitCode, said } of others) {
    it(`says what there is: ${words.join(' ')}`, async () => {
      const outcome = await run(['errors', ...words], files);
      equal(outcome.exitCode, exitCode);
      match(outcome.out + outcome.error, said);
    });
  }
});
