import { deepEqual, equal } from 'node:assert/strict';
import { tablesOf } from '../../../../src/engine/coupling/couple.ts';
import { couplingsOf } from '../../../../src/engine/store/couplings.ts';
import { mappingNamed } from '../../../../src/engine/store/mappings.ts';
import { errorsOf } from '../../../../src/engine/store/errors.ts';
import { standardProject } from '../standardProject.ts';
import type { ProjectChange, Scenario, Scene } from './scenario.ts';

const oneWay = (direction: 'ToIntegrationTable' | 'FromIntegrationTable') => ({
  direction,
  fields: [
    { field: 'Name', integrationField: 'name', direction },
    { field: 'Fax No.', integrationField: 'fax', direction },
  ],
});

/** Keeps the coupling of A as it is now, or compares with what was kept. */
const coupling = ({ engine, remember }: Scene) => {
  const mapping = mappingNamed(engine.store, 'CUSTOMER');
  const found = mapping && couplingsOf(engine.store, tablesOf(engine, mapping))[0];
  return {
    remember: () => remember.set('coupling', found),
    isUnchanged: () => deepEqual(found, remember.get('coupling')),
    found,
  };
};

/** Two accounts may have no name in common. */
const keyedAccounts: ProjectChange = {
  integrationTables: standardProject('improved').integrationTables.map((table) =>
    table.name === 'account' ? { ...table, primaryKey: ['name'] } : table,
  ),
};

/** The key that the latest error names. */
const keyOf = ({ engine }: Scene): unknown => {
  const error = errorsOf(engine.store, engine.tables())[0]?.message.args?.['error'];
  return typeof error === 'object' && error.code === 'recordExists' ? error.args?.['key'] : error;
};

export const sectionB: readonly Scenario[] = [
  {
    id: 'B01',
    title: 'a new row of Dataverse is inserted, not modified, and coupled',
    empty: true,
    steps: [
      { add: 'dv:B', values: { name: 'B', fax: '7' } },
      { run: true, only: 'from', override: true, from: { I: 1 }, lines: ['3'] },
      {
        rows: { 'bc:B': { Name: 'B', 'Fax No.': '7', 'No.': 'C00001' } },
        couplings: { 'dv:B': { result: 'Success' } },
      },
      {
        check: 'nothing was overwritten',
        holds: ({ engine }) => equal(engine.store.value('SELECT count(*) FROM h1'), 0),
      },
    ],
  },
  {
    id: 'B02',
    title: 'two new rows',
    empty: true,
    steps: [
      { add: 'dv:B', values: { name: 'B' } },
      { add: 'dv:C', values: { name: 'C' } },
      { run: true, only: 'from', override: true, from: { I: 2 } },
      { rows: { 'bc:B': { Name: 'B' }, 'bc:C': { Name: 'C' } } },
    ],
  },
  {
    id: 'B03',
    title: 'a new record of Business Central',
    empty: true,
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { run: true, only: 'to', rows: ['bc:B'], override: true, to: { I: 1 } },
      {
        rows: { 'dv:B': { name: 'B', companyid: 'company' } },
        couplings: { 'bc:B': { crmResult: 'Success' } },
      },
    ],
  },
  {
    id: 'B04',
    title: 'a new row of Dataverse, called directly',
    empty: true,
    steps: [
      { add: 'dv:B', values: { name: 'B' } },
      { run: true, only: 'from', rows: ['dv:B'], override: true, from: { I: 1 } },
      { rows: { 'bc:B': { Name: 'B' } } },
    ],
  },
  {
    id: 'B05',
    title: 'an uncoupled row, called directly, is skipped',
    empty: true,
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { run: true, only: 'to', rows: ['bc:B'], to: { S: 1 }, lines: ['2'] },
      { count: { 'dv:account': 0 } },
    ],
  },
  {
    id: 'B06',
    title: 'a scheduled run leaves uncoupled rows alone and uncounted',
    steps: [
      { add: 'dv:B', values: { name: 'B' } },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, to: {}, from: { M: 1 } },
      { rows: { 'bc:A': { 'Fax No.': '2' } }, count: { 'bc:Customer': 1 } },
    ],
  },
  {
    id: 'B07',
    title: 'a coupled row that changed a day later',
    steps: [
      { wait: 24 * 3600 * 1000 },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'from', from: { M: 1 }, lines: ['10'] },
      { rows: { 'bc:A': { 'Fax No.': '2' } }, count: { 'bc:Customer': 1 } },
    ],
  },
  {
    id: 'B08',
    title: 'a coupled record that changed',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', to: { M: 1 }, lines: ['10'] },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'B09',
    title: 'an unchanged row is not transferred, and its coupling stays as it is',
    steps: [
      { check: 'before', holds: (scene) => coupling(scene).remember() },
      { run: true, only: 'from', rows: ['dv:A'], forced: false, from: { U: 1 }, lines: ['9'] },
      { check: 'after', holds: (scene) => coupling(scene).isUnchanged() },
    ],
  },
  {
    id: 'B10',
    title: 'what a later step would change is not reached by an unchanged row',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' },
            { field: 'Country', direction: 'FromIntegrationTable', constantValue: 'GB' },
          ],
        },
      },
      { run: true, only: 'from', rows: ['dv:A'], forced: false, from: { U: 1 }, lines: ['9'] },
      { rows: { 'bc:A': { Country: '' } } },
    ],
  },
  {
    id: 'B11',
    title: 'a touched row is unchanged, and its timestamps advance',
    steps: [
      { edit: 'bc:A' },
      { check: 'before', holds: (scene) => coupling(scene).remember() },
      { run: true, only: 'to', to: { U: 1 }, lines: ['11'] },
      {
        check: 'after',
        holds: (scene) => {
          const before = scene.remember.get('coupling') as { readonly lastSynchModifiedOn: number };
          const after = coupling(scene).found?.lastSynchModifiedOn ?? 0;
          equal(after > before.lastSynchModifiedOn, true);
        },
      },
    ],
  },
  {
    id: 'B12',
    title: 'a forced run always modifies',
    steps: [{ run: true, only: 'to', rows: ['bc:A'], to: { M: 1 }, lines: ['16'] }],
  },
  {
    id: 'B15',
    title: 'one way to: the destination is overwritten',
    steps: [
      { mapping: true, set: { fields: [...oneWay('ToIntegrationTable').fields] } },
      { mapping: true, set: oneWay('ToIntegrationTable') },
      { edit: 'dv:A', values: { fax: '3' } },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, to: { M: 1 }, lines: ['10'] },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'B16',
    title: 'one way from: the record is overwritten',
    steps: [
      { mapping: true, set: oneWay('FromIntegrationTable') },
      { edit: 'dv:A', values: { fax: '3' } },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, from: { M: 1 }, lines: ['10'] },
      { rows: { 'bc:A': { 'Fax No.': '3' } } },
    ],
  },
  {
    id: 'B18',
    title: 'a subscriber that throws fails its record, not the job',
    steps: [
      { add: 'bc:B', values: { Name: 'B', 'Fax No.': '5' } },
      { add: 'dv:B', values: { name: 'B', fax: '5' } },
      { couple: 'B' },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      {
        rules: 'dv:account',
        are: [{ on: 'find', when: 'WHERE(name=CONST(A))', error: 'find failed' }],
      },
      { run: true, only: 'to', to: { F: 1, U: 1 }, errors: ['text'], lines: ['11', '2.2'] },
      { rows: { 'dv:A': { fax: '1' } }, couplings: { 'bc:A': { crmResult: 'Failure' } } },
    ],
  },
  {
    id: 'B19',
    title: 'a destination that refuses leaves its text and its mark, To',
    steps: [
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', to: { F: 1 }, errors: ['modifyingFailed'], lines: ['18'] },
      { rows: { 'dv:A': { fax: '1' } }, couplings: { 'bc:A': { crmResult: 'Failure' } } },
      {
        check: 'the job is named',
        holds: (scene) => equal(coupling(scene).found?.lastSynchCrmJob, 3),
      },
    ],
  },
  {
    id: 'B19',
    title: 'a destination that refuses leaves its text and its mark, From',
    steps: [
      { rules: 'bc:Customer', are: [{ on: 'modify', error: 'no' }] },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'from', from: { F: 1 }, errors: ['modifyingFailed'], lines: ['18'] },
      { rows: { 'bc:A': { 'Fax No.': '1' } }, couplings: { 'bc:A': { result: 'Failure' } } },
    ],
  },
  {
    id: 'B19',
    title: 'a new record whose key another one has fails alone',
    project: keyedAccounts,
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      { add: 'dv:Taken', values: { name: 'Taken' } },
      { add: 'bc:B', values: { Name: 'Taken' } },
      { add: 'bc:C', values: { Name: 'C' } },
      {
        run: true,
        only: 'to',
        to: { I: 1, F: 1 },
        errors: ['modifyingFailed'],
        lines: ['18', '3'],
      },
      { rows: { 'dv:C': { name: 'C' } }, count: { 'dv:account': 3 } },
      { check: 'the key is named', holds: (scene) => equal(keyOf(scene), "name='Taken'") },
    ],
  },
  {
    id: 'B19',
    title: 'a changed record whose key another one has fails alone, and stays as it was',
    project: keyedAccounts,
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'B' } },
      { couple: 'B' },
      { run: true },
      { add: 'dv:Taken', values: { name: 'Taken' } },
      { edit: 'bc:A', values: { Name: 'Taken' } },
      { edit: 'bc:B', values: { 'Fax No.': '2' } },
      {
        run: true,
        only: 'to',
        to: { M: 1, F: 1 },
        errors: ['modifyingFailed'],
        lines: ['18', '10'],
      },
      {
        rows: { 'dv:A': { name: 'A' }, 'dv:B': { fax: '2' } },
        couplings: { 'bc:A': { crmResult: 'Failure' }, 'bc:B': { crmResult: 'Success' } },
      },
      { check: 'the key is named', holds: (scene) => equal(keyOf(scene), "name='Taken'") },
      {
        check: 'nothing was overwritten that the history would tell of',
        holds: ({ engine }) =>
          equal(engine.store.value('SELECT count(*) FROM h4 h JOIN r4 r USING(rid, seq)'), 0),
      },
      { run: true, only: 'to', to: { S: 1 }, errors: ['modifyingFailed'] },
    ],
  },
  {
    id: 'B20',
    title: 'success To marks its own direction',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'C' } },
      { couple: 'B' },
      { run: true, only: 'to', rows: ['bc:B'], to: { M: 1 } },
      { couplings: { 'bc:B': { crmResult: 'Success', result: 'blank' } } },
    ],
  },
  {
    id: 'B21',
    title: 'success From marks its own direction',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'C' } },
      { couple: 'B' },
      { run: true, only: 'from', rows: ['dv:B'], from: { M: 1 } },
      { couplings: { 'bc:B': { crmResult: 'blank', result: 'Success' } } },
    ],
  },
  {
    id: 'B22',
    title: 'a document line carries no mark',
    project: {
      tables: [
        { name: 'Sales Line', isChild: true, fields: [{ name: 'Amount', type: 'decimal' }] },
      ],
      integrationTables: [
        {
          name: 'salesorderdetail',
          fields: [{ name: 'amount', type: 'decimal' }],
          rules: [{ on: 'modify', error: 'no' }],
        },
      ],
      mappings: [
        {
          name: 'LINE',
          table: 'Sales Line',
          integrationTable: 'salesorderdetail',
          direction: 'ToIntegrationTable',
          fields: [
            { field: 'Amount', integrationField: 'amount', direction: 'ToIntegrationTable' },
          ],
        },
      ],
    },
    empty: true,
    steps: [
      { add: 'bc:Sales Line/L', values: { Amount: 1 } },
      { add: 'dv:salesorderdetail/L', values: { amount: 2 } },
      { couple: 'L', mapping: 'LINE' },
      { run: 'LINE', to: { F: 1 }, errors: ['modifyingFailed'] },
      { couplings: { 'bc:Sales Line/L': { crmResult: 'blank', skipped: false } } },
    ],
  },
  {
    id: 'B23',
    title: 'a second run over the same data writes nothing',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, to: { M: 1 }, from: {} },
      {
        check: 'versions before',
        holds: ({ engine, remember }) =>
          remember.set(
            'seq',
            engine.store.value(
              'SELECT max(seq) FROM (SELECT seq FROM r1 UNION SELECT seq FROM r4)',
            ),
          ),
      },
      { run: true },
      { run: true, only: 'to', rows: ['bc:A'], forced: false, to: { U: 1 } },
      {
        check: 'versions after',
        holds: ({ engine, remember }) =>
          equal(
            engine.store.value(
              'SELECT max(seq) FROM (SELECT seq FROM r1 UNION SELECT seq FROM r4)',
            ),
            remember.get('seq'),
          ),
      },
    ],
  },
];
