import { deepEqual, equal, match } from 'node:assert/strict';
import { readErrorLog } from '../../../src/errorLog/read.ts';
import { errorLogText } from '../../../src/errorLog/write.ts';
import { readDelimited } from '../../../src/preview/rowFiles/delimited.ts';
import { readJson } from '../../../src/preview/rowFiles/records.ts';
import type { ErrorLogEntry } from '../../../src/errorLog/model.ts';
import { play, playSample, sampleRehearsals } from '../../kit/rehearsals.ts';
import { mapOf, metadata, NAME, one, rename, rows } from './items.ts';

const unit = {
  syncDirection: 1,
  sourceField: 'UNIT',
  destinationField: 'ours_unit.ours_symbol',
  destinationLookupFieldRelatedEntity: 'ours_units',
};
const map = mapOf({ filter: '(Kind == "x")', more: [unit] });
const failing = (environment: object, expect: object = {}): object => ({
  environment,
  rows: { ...rows, dataverse: { ours_units: [{ ours_symbol: 'kg' }] } },
  steps: [
    {
      transaction: 't',
      changes: [{ ...rename, values: { Name: 'New', Unit: 'pal' } }],
      expect,
    },
  ],
});
const logOf = async (rehearsal: object): Promise<readonly ErrorLogEntry[]> =>
  (await play(rehearsal, [map], metadata)).results.flatMap(({ log }) => log);

describe('the error log of a rehearsal', () => {
  it('has an entry for what fails, with entity, record and the message of the product', async () => {
    deepEqual(await logOf(failing({})), [
      {
        message:
          'Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity ours_items. Writes to ItemEntity failed with error message Unable to sync with entity ours_items.',
        time: '',
        entity: 'ItemEntity',
        record: 'ours_itemid = A',
      },
    ]);
  });

  it('is verbose in debug mode: payload, filter and lookups', async () => {
    const [entry] = await logOf(failing({ isDebugMode: true }));
    deepEqual(entry?.message.split('\n').slice(1), [
      'Payload: ours_itemid = A, ours_name = New, ours_unit.ours_symbol = pal',
      'Filter: (Kind == "x")',
      'Lookup: ours_unit: ours_units has no row with ours_symbol = pal.',
    ]);
  });

  it('tells what the rehearsal says where no message is published', async () => {
    const many = one({ ...rename, records: 1001 });
    const [entry] = await logOf(many);
    match(entry?.message ?? '', /^1,?001 records in one transaction/u);
  });

  it('has entries of an initial synchronization that fails, and of a queue that is played back', async () => {
    const sync = await logOf({
      environment: { states: [{ map: NAME, state: 'notRunning' }] },
      steps: [{ action: 'run', map: NAME, initialSync: { legalEntities: 41 } }],
    });
    deepEqual(
      sync.map(({ entity, message }) => [entity, message.includes('Exceeds the maximum')]),
      [['ItemEntity', true]],
    );
    const queue = await logOf({
      ...failing({ states: [{ map: NAME, state: 'paused' }], isDebugMode: true }),
      steps: [
        { transaction: 't', changes: [{ ...rename, values: { Name: 'New', Unit: 'pal' } }] },
        { action: 'run', map: NAME },
      ],
    });
    equal(queue.length, 1);
    match(queue[0]?.message ?? '', /\nLookup: ours_unit/u);
  });

  it('is empty where nothing fails', async () => {
    deepEqual(await logOf(one(rename)), []);
  });

  for (const [expected, code] of [
    [{ entity: 'itemEntity', record: 'ours_itemid = a' }, undefined],
    [{ message: 'Lookup: ours_unit' }, undefined],
    [{}, undefined],
    [{ entity: 'ItemEntity', message: 'another' }, 'log'],
  ] as const) {
    it(`can be expected: ${JSON.stringify(expected)}`, async () => {
      const rehearsal = failing({ isDebugMode: true }, { log: [expected] });
      const { problems } = await play(rehearsal, [map], metadata);
      deepEqual(
        problems.map(({ variant }) => variant),
        code === undefined ? [] : [code],
      );
    });
  }

  it('that is empty meets no expectation', async () => {
    const rehearsal = {
      rows,
      steps: [{ transaction: 't', changes: [rename], expect: { log: [{ entity: 'Item' }] } }],
    };
    const { problems } = await play(rehearsal, [mapOf()], metadata);
    deepEqual(
      problems.map(({ code, variant }) => [code, variant]),
      [['rehearsal-failed', 'noLog']],
    );
  });

  it('tells of properties that an entry does not have', async () => {
    const { problems } = await play(failing({}, { log: [{ entitty: 'x' }] }), [map], metadata);
    deepEqual(
      problems.map(({ code, variant }) => [code, variant]),
      [['rehearsal-invalid', 'propertyMeant']],
    );
  });

  for (const name of sampleRehearsals()) {
    it(`has an entry for each step of a sample that surely fails: ${name}`, async () => {
      const { results } = await playSample(name);
      for (const { outcomes, log } of results) {
        const isFailed = outcomes.length === 1 && outcomes[0] === 'failed';
        if (isFailed) equal(log.length > 0, true);
        for (const entry of log) {
          equal(entry.message === '' || entry.entity === '', false, JSON.stringify(entry));
        }
      }
    });
  }

  it('is read back as it was written, as CSV and as JSON', async () => {
    const all = await Promise.all(sampleRehearsals().map((name) => playSample(name)));
    const entries: readonly ErrorLogEntry[] = [
      ...all.flatMap(({ results }) => results.flatMap(({ log }) => log)),
      ...(await logOf(failing({ isDebugMode: true }))),
    ];
    equal(entries.length > 10, true);
    const csv = readDelimited(errorLogText(entries, 'log.csv') ?? '', ',');
    const json = readJson(errorLogText(entries, 'log.JSON') ?? '');
    for (const read of [csv, json]) {
      deepEqual('value' in read ? readErrorLog(read.value.table) : read, entries);
    }
    equal(errorLogText(entries, 'log.txt'), undefined);
  });
});
