import { deepEqual, equal } from 'node:assert/strict';
import {
  deleteMapping,
  listedMappings,
  mappingNamed,
} from '../../../../src/engine/store/mappings.ts';
import {
  describeMapping,
  withTemporaryMapping,
} from '../../../../src/engine/mappings/temporary.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import { jobsOf } from '../../../../src/engine/store/jobs.ts';
import { surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { setMapping } from '../../../../src/engine/mappings/setMapping.ts';
import type { Scenario } from './scenario.ts';

const both = { field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' } as const;
const fax = (direction: 'ToIntegrationTable' | 'FromIntegrationTable') => ({ ...both, direction });

export const sectionA: readonly Scenario[] = [
  {
    id: 'A01',
    title: 'a mapping without fields stops before any row',
    steps: [
      { mapping: true, set: { fields: [] } },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, refused: 'noFieldMappings' },
      { rows: { 'dv:A': { fax: '1' } }, jobs: 2 },
    ],
  },
  {
    id: 'A02',
    title: 'fields that are all disabled are none',
    steps: [
      {
        mapping: true,
        set: { synchOnlyCoupledRecords: false, fields: [{ ...both, status: 'Disabled' }] },
      },
      { add: 'bc:B', values: { Name: 'B' } },
      { run: true, refused: 'noFieldMappings' },
      { count: { 'dv:account': 1 } },
    ],
  },
  {
    id: 'A03',
    title: 'only enabled fields are written',
    steps: [
      {
        mapping: 'CURRENCY',
        set: {
          synchOnlyCoupledRecords: false,
          fields: [
            { field: 'Code', integrationField: 'isocurrencycode', direction: 'ToIntegrationTable' },
            {
              field: 'Symbol',
              integrationField: 'currencysymbol',
              direction: 'ToIntegrationTable',
              status: 'Disabled',
            },
            {
              field: 'Description',
              integrationField: 'currencyname',
              direction: 'ToIntegrationTable',
              status: 'Disabled',
            },
          ],
        },
      },
      { add: 'bc:Currency/E', values: { Code: 'EUR', Symbol: '€', Description: 'Euro' } },
      { run: 'CURRENCY', to: { I: 1 } },
      {
        rows: {
          'dv:transactioncurrency/E': {
            isocurrencycode: 'EUR',
            currencysymbol: null,
            currencyname: null,
          },
        },
      },
    ],
  },
  {
    id: 'A04',
    title: 'no rows, nothing counted',
    empty: true,
    steps: [{ run: true, to: {}, from: {} }],
  },
  {
    id: 'A05',
    title: 'a job against the direction is finished at once',
    steps: [
      {
        mapping: true,
        set: { direction: 'ToIntegrationTable', fields: [fax('ToIntegrationTable')] },
      },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'from', from: {}, message: 'directionNotConfigured' },
      { rows: { 'bc:A': { 'Fax No.': '1' } } },
    ],
  },
  {
    id: 'A06',
    title: 'and the other way round',
    steps: [
      {
        mapping: true,
        set: { direction: 'FromIntegrationTable', fields: [fax('FromIntegrationTable')] },
      },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', to: {}, message: 'directionNotConfigured' },
      { rows: { 'dv:A': { fax: '1' } } },
    ],
  },
  {
    id: 'A07',
    title: 'a source table that is not of the mapping',
    steps: [
      { add: 'bc:Contact/K', values: { Name: 'K' } },
      {
        check: 'it is refused, and no job begins',
        holds: ({ engine, idOf }) => {
          const rows = [{ mapping: 'CUSTOMER', integrationId: idOf('bc:Contact/K'), crmId: '' }];
          const before = jobsOf(engine.store).length;
          const result = finish(surfaceOf(engine, 'en').run({ action: 'Synchronize', rows }));
          equal(result.kind === 'refused' && result.reason.code, 'off.bothMustExist');
          equal(jobsOf(engine.store).length, before);
        },
      },
      { count: { 'dv:account': 1 } },
    ],
  },
  {
    id: 'A08',
    title: 'an empty run has the jobs of its direction',
    empty: true,
    steps: [
      {
        mapping: true,
        set: { direction: 'ToIntegrationTable', fields: [fax('ToIntegrationTable')] },
      },
      { run: true, to: {} },
      {
        mapping: true,
        set: { direction: 'FromIntegrationTable', fields: [fax('FromIntegrationTable')] },
      },
      { run: true, from: {} },
      { mapping: true, set: { direction: 'Bidirectional', fields: [both] } },
      { run: true, to: {}, from: {} },
      {
        check: 'to comes first',
        holds: ({ engine }) =>
          deepEqual(
            jobsOf(engine.store)
              .slice(0, 2)
              .map(({ direction }) => direction),
            ['FromIntegrationTable', 'ToIntegrationTable'],
          ),
      },
    ],
  },
  {
    id: 'A09',
    title: 'a bidirectional run is two jobs',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, to: { M: 1 }, from: {} },
      { jobs: 4 },
    ],
  },
  {
    id: 'A10',
    title: 'a filter that cannot be read stops the run',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { mapping: true, set: { tableFilter: 'WHERE(Name=FILTER(' } },
      { run: true, only: 'to', refused: 'invalidView' },
      {
        mapping: true,
        set: { tableFilter: '', integrationTableFilter: 'WHERE(nosuch=FILTER(1))' },
      },
      { run: true, only: 'from', refused: 'invalidView' },
      { rows: { 'dv:A': { fax: '1' } } },
    ],
  },
  {
    id: 'A11',
    title: 'no connection, no run',
    steps: [
      { settings: { connectionEnabled: false } },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, refused: 'connectionNotEnabled' },
      { rows: { 'dv:A': { fax: '1' } }, jobs: 2 },
    ],
  },
  {
    id: 'A12',
    title: 'an option mapping goes one way',
    steps: [
      { mapping: 'CURRENCY', set: { uidType: 'Option' } },
      { mapping: 'CURRENCY', set: { direction: 'Bidirectional' }, refused: 'optionDirection' },
    ],
  },
  {
    id: 'A13',
    title: 'one direction needs a field of that direction',
    steps: [
      { mapping: true, set: { direction: 'ToIntegrationTable' }, refused: 'directionNeedsFields' },
      { mapping: true, set: { fields: [both, fax('ToIntegrationTable')] } },
      { mapping: true, set: { direction: 'ToIntegrationTable' } },
    ],
  },
  {
    id: 'A14',
    title: 'a deleted mapping takes its fields along, and no others',
    steps: [
      {
        check: 'CURRENCY is left',
        holds: ({ engine }) => {
          deleteMapping(engine.store, 'CUSTOMER');
          equal(mappingNamed(engine.store, 'CUSTOMER'), undefined);
          equal(mappingNamed(engine.store, 'CURRENCY')?.fields.length, 3);
        },
      },
      { run: 'CURRENCY', to: {} },
    ],
  },
  {
    id: 'A15',
    title: 'a temporary mapping is not listed, and says where it goes',
    steps: [
      {
        check: 'the list and the description',
        holds: ({ engine }) => {
          const before = listedMappings(engine.store).map(({ name }) => name);
          withTemporaryMapping(engine, 'CUSTOMER', {}, (temporary) => {
            deepEqual(
              listedMappings(engine.store).map(({ name }) => name),
              before,
            );
            equal(mappingNamed(engine.store, temporary.name)?.parentName, 'CUSTOMER');
            equal(describeMapping(temporary), 'Customer <-> account');
            equal(
              describeMapping({ ...temporary, direction: 'ToIntegrationTable' }),
              'Customer -> account',
            );
            equal(
              describeMapping({ ...temporary, direction: 'FromIntegrationTable' }),
              'Customer <- account',
            );
          });
          equal(engine.store.value('SELECT count(*) FROM mapping'), before.length);
        },
      },
    ],
  },
  {
    id: 'A16',
    title: 'Not Null and Clear Value on Failed Sync exclude each other',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            {
              field: 'Contact',
              integrationField: 'primarycontactid',
              direction: 'Bidirectional',
              notNull: true,
              clearValueOnFailedSync: true,
            },
          ],
        },
        refused: 'notNullOrClear',
      },
    ],
  },
  {
    id: 'A17',
    title: 'Not Null is for GUIDs',
    steps: [
      { mapping: true, set: { fields: [{ ...both, notNull: true }] }, refused: 'notNullForGuids' },
      {
        mapping: true,
        set: {
          fields: [
            both,
            {
              field: 'Contact',
              integrationField: 'primarycontactid',
              direction: 'Bidirectional',
              notNull: true,
            },
          ],
        },
      },
    ],
  },
  {
    id: 'A18',
    title: 'a direction that changes inside a job ends it with an error',
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { add: 'bc:B', values: { Name: 'B' } },
      {
        check: 'the next batch is refused',
        holds: ({ engine }) => {
          const steps = runMapping(engine, { mapping: 'CUSTOMER', batch: 1 });
          steps.next();
          setMapping(engine, 'CUSTOMER', {
            fields: [both, fax('FromIntegrationTable')],
            direction: 'Bidirectional',
          });
          setMapping(engine, 'CUSTOMER', { direction: 'FromIntegrationTable' });
          try {
            finish(steps);
            equal('it went on', '');
          } catch (error) {
            equal(error instanceof EngineRefusal && error.reason.code, 'directionChanged');
          }
        },
      },
    ],
  },
];
