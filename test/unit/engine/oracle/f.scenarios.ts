import { deepEqual, equal, throws } from 'node:assert/strict';
import { findForDeleted } from '../../../../src/engine/actions/brokenCouplings.ts';
import { openCoupledErrors } from '../../../../src/engine/actions/coupledErrors.ts';
import { enabledActions, errorActions } from '../../../../src/engine/actions/enabled.ts';
import { jobsOfRecord, jobsOfType } from '../../../../src/engine/actions/logs.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import type { Scenario, Step } from './scenario.ts';

/** The record is gone and the row is on the page. */
const recordGone: readonly Step[] = [
  { delete: 'bc:A' },
  { edit: 'dv:A', values: { name: 'Account', fax: '2' } },
  { run: true, only: 'from', from: { F: 1 }, errors: ['coupledToDeleted'] },
  { run: true, only: 'from', from: { S: 1 }, errors: ['coupledToDeleted'] },
  { listed: ['dv:A'] },
];
const partnerGone: readonly Step[] = [
  { delete: 'dv:A' },
  { edit: 'bc:A', values: { Name: 'Customer' } },
  { run: true, only: 'to', to: { F: 1 }, errors: ['coupledToDeleted'] },
  { run: true, only: 'to', to: { S: 1 }, errors: ['coupledToDeleted'] },
  { listed: ['bc:A'] },
];
const bothThere: readonly Step[] = [
  { edit: 'bc:A', values: { 'Fax No.': '2' } },
  { edit: 'dv:A', values: { fax: '3' } },
  { run: true, only: 'to', to: { F: 1 }, errors: ['conflict'] },
  { run: true, only: 'to', to: { S: 1 }, errors: ['conflict'] },
];
const oneWay: Step = {
  mapping: true,
  set: {
    direction: 'ToIntegrationTable',
    fields: [{ field: 'Fax No.', integrationField: 'fax', direction: 'ToIntegrationTable' }],
  },
};
const enabled = (...off: readonly string[]): Step => ({
  check: 'enabled actions',
  holds: ({ engine }) =>
    deepEqual(
      enabledActions(openCoupledErrors(engine).rows[0]),
      errorActions.filter((action) => !off.includes(action)),
    ),
});

export const sectionF: readonly Scenario[] = [
  {
    id: 'F01',
    title: 'Delete Records: the account goes',
    steps: [
      ...recordGone,
      { action: 'Delete Records', on: ['dv:A'] },
      { listed: [] },
      { rows: { 'dv:A': null }, count: { 'dv:account': 0 } },
    ],
  },
  {
    id: 'F02',
    title: 'Delete Records: the customer goes',
    steps: [
      ...partnerGone,
      { action: 'Delete Records', on: ['bc:A'] },
      { listed: [] },
      { count: { 'bc:Customer': 0 } },
    ],
  },
  {
    id: 'F04',
    title: 'Delete Records without the permission',
    steps: [
      ...recordGone,
      {
        rules: 'dv:account',
        are: [
          {
            on: 'delete',
            error: 'You do not have permission to delete entities in Dynamics 365 Sales.',
          },
        ],
      },
      { action: 'Delete Records', on: ['dv:A'], says: 'text' },
      { listed: ['dv:A'] },
      { rows: { 'dv:A': { name: 'Account' } } },
    ],
  },
  {
    id: 'F05',
    title: 'Restore Records: a new customer with a new number',
    steps: [
      {
        check: 'the number before',
        holds: ({ engine, remember }) =>
          remember.set('no', engine.store.value('SELECT c0 FROM r1')),
      },
      ...recordGone,
      { action: 'Restore Records', on: ['dv:A'], jobs: [{ I: 1 }], says: 'synchScheduled' },
      { listed: [] },
      { rows: { 'dv:A': { name: 'Account' } }, count: { 'bc:Customer': 1, 'dv:account': 1 } },
      {
        check: 'another record',
        holds: ({ engine, remember }) => {
          const [row] = engine.store.rows('SELECT c0, c1 FROM r1 WHERE alive');
          equal(row?.[1], 'Account');
          equal(row?.[0] === remember.get('no'), false);
        },
      },
    ],
  },
  {
    id: 'F06',
    title: 'Restore Records: a new account',
    steps: [
      ...partnerGone,
      { action: 'Restore Records', on: ['bc:A'], jobs: [{ I: 1 }] },
      { listed: [] },
      { count: { 'dv:account': 1 } },
      {
        check: 'its name',
        holds: ({ engine }) =>
          equal(engine.store.value('SELECT c0 FROM r4 WHERE alive'), 'Customer'),
      },
    ],
  },
  {
    id: 'F08',
    title: 'a restoration that fails has lost the coupling in the product',
    modes: ['faithful'],
    steps: [
      ...recordGone,
      { rules: 'bc:Customer', are: [{ on: 'insert', error: 'no' }] },
      { action: 'Restore Records', on: ['dv:A'], jobs: [{ F: 1 }] },
      { listed: [] },
      { couplings: { 'dv:A': null } },
    ],
  },
  {
    id: 'F08',
    title: 'a restoration that fails leaves the coupling as it was',
    modes: ['improved'],
    steps: [
      ...recordGone,
      { rules: 'bc:Customer', are: [{ on: 'insert', error: 'no' }] },
      { action: 'Restore Records', on: ['dv:A'], jobs: [{ F: 1 }] },
      { listed: ['dv:A'] },
      { couplings: { 'dv:A': { skipped: true } } },
    ],
  },
  {
    id: 'F09',
    title: 'the record is gone: what is enabled',
    steps: [
      ...recordGone,
      enabled('Retry', 'Synchronize', 'Synchronization Log', 'Set Up Coupling'),
    ],
  },
  {
    id: 'F10',
    title: 'the row of Dataverse is gone: what is enabled',
    steps: [...partnerGone, enabled('Retry', 'Synchronize')],
  },
  {
    id: 'F11',
    title: 'both exist: what is enabled',
    steps: [...bothThere, enabled('Restore Records', 'Delete Records')],
  },
  {
    id: 'F12',
    title: 'Set Up Coupling to another row',
    steps: [
      ...partnerGone,
      { add: 'dv:B', values: { name: 'B' } },
      { action: 'Set Up Coupling', on: ['bc:A'], choice: 'dv:B' },
      { listed: [] },
      {
        check: 'coupled to B',
        holds: ({ couplingOf, idOf }) => equal(couplingOf('bc:A').crmId, idOf('dv:B')),
      },
      { couplings: { 'bc:A': { skipped: false } } },
    ],
  },
  {
    id: 'F13',
    title: 'Set Up Coupling, cancelled',
    steps: [...partnerGone, { add: 'dv:B', values: { name: 'B' } }, { listed: ['bc:A'] }],
  },
  {
    id: 'F14',
    title: 'Find for Deleted lists what a one-way mapping lost',
    steps: [
      oneWay,
      { delete: 'bc:A' },
      { run: true, to: {} },
      { listed: [] },
      { action: 'Find for Deleted', count: 1 },
      { listed: ['dv:A'] },
      { couplings: { 'dv:A': { skipped: true } } },
    ],
  },
  {
    id: 'F14',
    title: 'Find for Deleted and a record outside of the filter',
    modes: ['improved'],
    steps: [
      oneWay,
      { mapping: true, set: { tableFilter: 'WHERE(Name=CONST(other))' } },
      {
        check: 'told, not marked',
        holds: ({ engine }) => deepEqual(findForDeleted(engine), { deleted: 0, outOfFilter: 1 }),
      },
      { listed: [] },
    ],
  },
  {
    id: 'F15',
    title: 'Find for Deleted leaves bidirectional mappings alone',
    steps: [{ delete: 'bc:A' }, { action: 'Find for Deleted', count: 0 }, { listed: [] }],
  },
  {
    id: 'F17',
    title: 'Find for Deleted never examines Sales Header',
    empty: true,
    project: {
      tables: [{ name: 'Sales Header', fields: [{ name: 'No.', type: 'code' }] }],
      integrationTables: [{ name: 'salesorder', fields: [{ name: 'no', type: 'text' }] }],
      mappings: [
        {
          name: 'ORDER',
          table: 'Sales Header',
          integrationTable: 'salesorder',
          direction: 'ToIntegrationTable',
          fields: [{ field: 'No.', integrationField: 'no', direction: 'ToIntegrationTable' }],
        },
      ],
    },
    steps: [
      { add: 'bc:Sales Header/S', values: { 'No.': '1' } },
      { add: 'dv:salesorder/S', values: { no: '1' } },
      { couple: 'S', mapping: 'ORDER' },
      { delete: 'bc:Sales Header/S' },
      { action: 'Find for Deleted', count: 0 },
    ],
  },
  {
    id: 'F18',
    title: 'what Find for Deleted listed has no message',
    steps: [
      oneWay,
      { delete: 'bc:A' },
      { action: 'Find for Deleted' },
      {
        check: 'the row',
        holds: ({ engine }) => {
          const [row] = openCoupledErrors(engine).rows;
          deepEqual(
            [row?.error, row?.recordExists, row?.coupledRecordExists],
            [undefined, false, true],
          );
        },
      },
    ],
  },
  {
    id: 'F19',
    title: 'Delete Couplings on one of two',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'B' } },
      { couple: 'B' },
      { action: 'Delete Couplings', on: ['bc:A'], jobs: [{ Unc: 1, M: 1 }] },
      { couplings: { 'bc:A': null, 'bc:B': {} } },
      {
        check: 'the job',
        holds: ({ engine }) => equal(jobsOfType(engine, 'Uncoupling', 'CUSTOMER').length, 1),
      },
    ],
  },
  {
    id: 'F20',
    title: 'Delete Couplings, the record is gone',
    steps: [
      ...recordGone,
      { action: 'Delete Couplings', on: ['dv:A'] },
      { couplings: { 'dv:A': null } },
      { listed: [] },
    ],
  },
  {
    id: 'F21',
    title: 'the Synchronization Log of one row',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'C' } },
      { couple: 'B' },
      { run: true, only: 'to', rows: ['bc:B'], to: { M: 1 } },
      { run: true, only: 'to', rows: ['bc:A'], to: { M: 1 } },
      { run: true, only: 'from', rows: ['dv:B'], from: { M: 1 } },
      {
        check: 'newest first',
        holds: ({ engine, couplingOf }) =>
          deepEqual(
            jobsOfRecord(engine, couplingOf('bc:B')).map(({ no, direction }) => [no, direction]),
            [
              [5, 'FromIntegrationTable'],
              [3, 'ToIntegrationTable'],
            ],
          ),
      },
    ],
  },
  {
    id: 'F22',
    title: 'a record without a table has no log',
    steps: [
      {
        check: 'refused',
        holds: ({ engine }) =>
          throws(
            () => jobsOfRecord(engine, { mapping: '', integrationId: '', crmId: '' }),
            (error) => error instanceof EngineRefusal && error.reason.code === 'noMapping',
          ),
      },
    ],
  },
];
