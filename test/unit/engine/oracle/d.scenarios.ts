import type { Scenario, Step } from './scenario.ts';

const restore: Step = { mapping: true, set: { deletionConflictResolution: 'Restore Records' } };
const remove: Step = { mapping: true, set: { deletionConflictResolution: 'Remove Coupling' } };
const all: Step = { mapping: true, set: { synchOnlyCoupledRecords: false } };
const uni: Step = {
  mapping: true,
  set: {
    direction: 'FromIntegrationTable',
    fields: [
      { field: 'Name', integrationField: 'name', direction: 'FromIntegrationTable' },
      { field: 'Fax No.', integrationField: 'fax', direction: 'FromIntegrationTable' },
    ],
  },
};
const gone: readonly Step[] = [{ delete: 'bc:A' }, { edit: 'dv:A', values: { fax: '2' } }];

/** Microsoft's tests have each case four times: both ways or one way, coupled records only or all. */
const variants: readonly (readonly [string, readonly Step[]])[] = [
  ['both ways, only coupled', []],
  ['both ways, all', [all]],
  ['one way, only coupled', [uni]],
  ['one way, all', [uni, all]],
];

export const sectionD: readonly Scenario[] = [
  ...variants.flatMap(([title, steps]): readonly Scenario[] => [
    {
      id: 'D01',
      title: `no strategy: failed, then skipped (${title})`,
      steps: [
        ...steps,
        ...gone,
        { run: true, only: 'from', from: { F: 1 }, errors: ['coupledToDeleted'], lines: ['5'] },
        { couplings: { 'dv:A': { result: 'Failure', skipped: false } } },
        { run: true, only: 'from', from: { S: 1 }, errors: ['coupledToDeleted'] },
        { couplings: { 'dv:A': { result: 'Failure', skipped: true } } },
      ],
    },
    {
      id: 'D02',
      title: `the coupling is dropped (${title})`,
      steps: [
        ...steps,
        remove,
        ...gone,
        { run: true, only: 'from', from: { U: 1 }, lines: ['7'] },
        {
          couplings: { 'dv:A': null },
          count: { 'bc:Customer': 0, 'dv:account': 1 },
          rows: { 'dv:A': { companyid: null } },
        },
      ],
    },
    {
      id: 'D03',
      title: `the record is restored (${title})`,
      steps: [
        ...steps,
        restore,
        ...gone,
        { run: true, only: 'from', from: { I: 1 }, lines: ['6'] },
        {
          couplings: { 'dv:A': { result: 'Success' } },
          count: { 'bc:Customer': 1, 'dv:account': 1 },
        },
        { rows: { 'dv:A': { fax: '2' } } },
      ],
    },
  ]),
  {
    id: 'D17',
    title: 'a coupling that cannot be dropped fails as without a strategy',
    steps: [
      remove,
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      ...gone,
      { run: true, only: 'from', from: { F: 1 }, errors: ['coupledToDeleted'], lines: ['5'] },
      { couplings: { 'dv:A': { result: 'Failure' } } },
    ],
  },
  {
    id: 'D04',
    title: 'the account is gone: failed, then skipped',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'B' } },
      { couple: 'B' },
      { delete: 'dv:B' },
      { run: true, only: 'to', to: { F: 1 }, errors: ['coupledToDeleted'] },
      { couplings: { 'bc:B': { crmResult: 'Failure', result: 'blank', skipped: false } } },
      { run: true, only: 'to', to: { S: 1 }, errors: ['coupledToDeleted'] },
      { couplings: { 'bc:B': { skipped: true } } },
    ],
  },
  {
    id: 'D07',
    title: 'a deletion alone marks nothing',
    steps: [{ delete: 'bc:A' }, { couplings: { 'dv:A': { skipped: false } } }],
  },
  {
    id: 'D09',
    title: 'both sides are gone: the page deletes the coupling',
    steps: [
      { delete: 'bc:A' },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'from', from: { F: 1 }, errors: ['coupledToDeleted'] },
      { run: true, only: 'from', from: { S: 1 }, errors: ['coupledToDeleted'] },
      { listed: ['dv:A'] },
      { delete: 'dv:A' },
      { listed: [] },
      { couplings: { 'dv:A': null } },
    ],
  },
  {
    id: 'D10',
    title: 'both sides are gone',
    steps: [{ delete: 'bc:A' }, { delete: 'dv:A' }, { run: true, to: {}, from: {} }],
  },
  {
    id: 'D08',
    title: 'a document that is deleted takes its coupling along',
    empty: true,
    project: {
      tables: [
        { name: 'Sales Header', uncouplesOnDelete: true, fields: [{ name: 'No.', type: 'code' }] },
      ],
      integrationTables: [{ name: 'salesorder', fields: [{ name: 'no', type: 'text' }] }],
      mappings: [
        {
          name: 'ORDER',
          table: 'Sales Header',
          integrationTable: 'salesorder',
          direction: 'Bidirectional',
          fields: [{ field: 'No.', integrationField: 'no', direction: 'Bidirectional' }],
        },
      ],
    },
    steps: [
      { add: 'bc:Sales Header/S', values: { 'No.': '1' } },
      { add: 'dv:salesorder/S', values: { no: '1' } },
      { couple: 'S', mapping: 'ORDER' },
      { delete: 'bc:Sales Header/S' },
      { couplings: { 'dv:salesorder/S': null } },
    ],
  },
  {
    id: 'D11',
    title: 'Create New for an account whose customer is gone',
    steps: [
      { delete: 'bc:A' },
      { action: 'Restore Records', on: ['dv:A'], jobs: [{ I: 1 }] },
      { couplings: { 'dv:A': { result: 'Success' } }, count: { 'bc:Customer': 1 } },
    ],
  },
  {
    id: 'D12',
    title: 'Create New for a customer whose account is gone',
    steps: [
      { delete: 'dv:A' },
      { action: 'Restore Records', on: ['bc:A'], jobs: [{ I: 1 }] },
      { couplings: { 'bc:A': { crmResult: 'Success' } }, count: { 'dv:account': 1 } },
    ],
  },
  {
    id: 'D15',
    title: 'the line of a document does not outlive its partner',
    empty: true,
    project: {
      tables: [
        { name: 'Sales Line', isChild: true, fields: [{ name: 'Amount', type: 'decimal' }] },
      ],
      integrationTables: [
        { name: 'salesorderdetail', isChild: true, fields: [{ name: 'amount', type: 'decimal' }] },
      ],
      mappings: [
        {
          name: 'LINE',
          table: 'Sales Line',
          integrationTable: 'salesorderdetail',
          direction: 'Bidirectional',
          deletionConflictResolution: 'Remove Coupling',
          fields: [{ field: 'Amount', integrationField: 'amount', direction: 'Bidirectional' }],
        },
      ],
    },
    steps: [
      { add: 'bc:Sales Line/L', values: { Amount: 1 } },
      { add: 'dv:salesorderdetail/L', values: { amount: 1 } },
      { couple: 'L', mapping: 'LINE' },
      { delete: 'dv:salesorderdetail/L' },
      { run: 'LINE', only: 'to', to: { U: 1 }, lines: ['7'] },
      { couplings: { 'bc:Sales Line/L': null }, count: { 'bc:Sales Line': 0 } },
    ],
  },
  {
    id: 'D14',
    title: 'deleted and back under the same id is a change',
    steps: [
      { delete: 'bc:A' },
      { revive: 'bc:A' },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', to: { M: 1 } },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
];
