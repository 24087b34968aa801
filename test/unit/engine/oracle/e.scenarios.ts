import { deepEqual, equal } from 'node:assert/strict';
import {
  openCoupledErrors,
  refreshCoupledErrors,
} from '../../../../src/engine/actions/coupledErrors.ts';
import { synchQuestions, synchronizeNow } from '../../../../src/engine/actions/synchronize.ts';
import { enabledActions } from '../../../../src/engine/actions/enabled.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { CouplingName } from '../../../../src/engine/actions/coupledErrors.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { surfaceOf } from '../../../../src/engine/surface/surface.ts';
import type { Scenario, Step } from './scenario.ts';

const refuse = (transient = false): Step => ({
  rules: 'dv:account',
  are: [{ on: 'modify', error: 'no', transient }],
});
const allow: Step = { rules: 'dv:account', are: [] };
const failing = { run: true, only: 'to', to: { F: 1 }, errors: ['modifyingFailed'] } as const;
const skipping = { run: true, only: 'to', to: { S: 1 }, errors: ['modifyingFailed'] } as const;
const edit: Step = { edit: 'bc:A', values: { 'Fax No.': '2' } };
/** A fails twice with the same text. */
const skippedA: readonly Step[] = [refuse(), edit, failing, skipping];

/** What the card of a record tells, as the list of couplings and the explanation of the record show it. */
function noticeOf(engine: Engine, { mapping, integrationId }: CouplingName): string | undefined {
  const surface = surfaceOf(engine, 'en');
  const [listed] = surface.couplings({ mapping, search: integrationId }).rows;
  const explained = surface.explain(mapping, integrationId);
  equal(explained?.notice?.text, listed?.notice?.text);
  return listed?.notice?.code;
}

const pair = (name: string): readonly Step[] => [
  { add: `bc:${name}`, values: { Name: name } },
  { add: `dv:${name}`, values: { name: `other ${name}` } },
  { couple: name },
];

/** Some pairs more, every one of them Skipped. */
const skipped = (...names: readonly string[]): readonly Step[] => [
  refuse(),
  ...names.flatMap(pair),
  edit,
  { mapping: true, set: { updateConflictResolution: 'Send data update to integration table' } },
  {
    run: true,
    only: 'to',
    to: { F: names.length + 1 },
    errors: Array.from({ length: names.length + 1 }, () => 'modifyingFailed'),
  },
  {
    run: true,
    only: 'to',
    to: { S: names.length + 1 },
    errors: Array.from({ length: names.length + 1 }, () => 'modifyingFailed'),
  },
];

export const sectionE: readonly Scenario[] = [
  {
    id: 'E01',
    title: 'failed once, then its cause is gone',
    steps: [
      refuse(),
      edit,
      failing,
      allow,
      { run: true, only: 'to', to: { M: 1 } },
      { listed: [] },
    ],
  },
  {
    id: 'E03',
    title: 'the same text twice is Skipped, not failed',
    steps: [
      ...skippedA,
      { couplings: { 'bc:A': { skipped: true, crmResult: 'Failure' } } },
      { listed: ['bc:A'] },
    ],
  },
  {
    id: 'E03',
    title: 'another text is another failure',
    steps: [
      refuse(),
      edit,
      failing,
      { rules: 'dv:account', are: [{ on: 'modify', error: 'other' }] },
      failing,
      { couplings: { 'bc:A': { skipped: false } } },
    ],
  },
  {
    id: 'E04',
    title: 'Synchronize Now on the card of a Skipped record',
    steps: [
      ...skippedA,
      allow,
      {
        check: 'it is skipped and stays so',
        holds: ({ engine, idOf }) => {
          const done = finish(
            synchronizeNow(engine, 'CUSTOMER', 'ToIntegrationTable', [idOf('bc:A')]),
          );
          equal(done.kind === 'synchronized' && done.notification.code, 'synchSkipped');
        },
      },
      { couplings: { 'bc:A': { skipped: true } } },
    ],
  },
  {
    id: 'E04',
    title: 'ordinary runs leave a Skipped record alone',
    steps: [
      ...skippedA,
      allow,
      { edit: 'bc:A', values: { 'Fax No.': '9' } },
      { run: true, only: 'to', to: { S: 1 }, lines: ['1'] },
      { rows: { 'dv:A': { fax: '1' } }, couplings: { 'bc:A': { skipped: true } } },
    ],
  },
  {
    id: 'E06',
    title: 'Skipped outlives a failure of the other direction',
    steps: [
      ...skippedA,
      { rules: 'bc:Customer', are: [{ on: 'modify', error: 'new' }] },
      { edit: 'dv:A', values: { fax: '4' } },
      { run: true, only: 'from', from: { S: 1 }, lines: ['1'] },
      { couplings: { 'bc:A': { skipped: true } } },
    ],
  },
  {
    id: 'E07',
    title: 'Retry on one of two',
    steps: [
      ...skipped('B'),
      { action: 'Retry', on: ['bc:A'], says: 'restoredForSynch', count: 1 },
      { listed: ['bc:B'] },
    ],
  },
  {
    id: 'E08',
    title: 'Retry on two of three',
    steps: [
      ...skipped('B', 'C'),
      { action: 'Retry', on: ['bc:A', 'bc:C'], count: 2 },
      { listed: ['bc:B'] },
    ],
  },
  {
    id: 'E09',
    title: 'Retry on the last one',
    steps: [
      ...skippedA,
      { action: 'Retry', on: ['bc:A'] },
      { listed: [] },
      {
        check: 'what needs a row is off',
        holds: () =>
          deepEqual(enabledActions(undefined), ['Retry All', 'Uncoupling Log', 'Find for Deleted']),
      },
    ],
  },
  {
    id: 'E10',
    title: 'the cause is gone, then Retry',
    steps: [
      ...skippedA,
      allow,
      { action: 'Retry', on: ['bc:A'] },
      { run: true, only: 'to', to: { M: 1 } },
      { couplings: { 'bc:A': { skipped: false, crmResult: 'Success' } } },
    ],
  },
  {
    id: 'E11',
    title: 'Retry All',
    steps: [
      ...skipped('B', 'C'),
      { action: 'Retry All', says: 'restoredForSynch', count: 3 },
      { listed: [] },
    ],
  },
  {
    id: 'E14',
    title: 'Synchronize on a row of a one-way mapping asks nothing',
    steps: [
      {
        mapping: true,
        set: {
          direction: 'ToIntegrationTable',
          fields: [{ field: 'Fax No.', integrationField: 'fax', direction: 'ToIntegrationTable' }],
        },
      },
      ...skippedA,
      allow,
      {
        check: 'one choice',
        holds: ({ engine, couplingOf }) =>
          deepEqual(synchQuestions(engine, [couplingOf('bc:A')]), [
            { mapping: 'CUSTOMER', choices: ['ToIntegrationTable'], warning: undefined },
          ]),
      },
      {
        action: 'Synchronize',
        on: ['bc:A'],
        choice: 'ToIntegrationTable',
        jobs: [{ M: 1 }],
        says: 'synchScheduled',
      },
      { couplings: { 'bc:A': { skipped: false } }, rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'E15',
    title: 'Synchronize on one of two rows that changed on both sides',
    steps: [
      ...pair('B'),
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { edit: 'dv:A', values: { fax: '3' } },
      { run: true, only: 'to', to: { F: 2 }, errors: ['conflict', 'conflict'] },
      { run: true, only: 'to', to: { S: 2 }, errors: ['conflict', 'conflict'] },
      {
        check: 'it warns and offers to send first',
        holds: ({ engine, couplingOf }) => {
          const [question] = synchQuestions(engine, [couplingOf('bc:A')]);
          equal(question?.warning?.code, 'bothChanged');
          deepEqual(question?.choices, ['ToIntegrationTable', 'FromIntegrationTable']);
        },
      },
      { action: 'Synchronize', on: ['bc:A'], choice: 'ToIntegrationTable', jobs: [{ M: 1 }] },
      { rows: { 'dv:A': { fax: '2' }, 'dv:B': { name: 'other B' } } },
      { listed: ['bc:B'] },
      { couplings: { 'bc:A': { skipped: false }, 'bc:B': { skipped: true } } },
    ],
  },
  {
    id: 'E17',
    title: 'a row whose record is gone is left out',
    steps: [
      ...skipped('B', 'C', 'D', 'E'),
      { delete: 'bc:C' },
      { action: 'Retry', on: ['bc:A', 'bc:B', 'bc:C', 'bc:D', 'bc:E'], count: 4 },
      { listed: ['dv:C'] },
    ],
  },
  {
    id: 'E18',
    title: 'a transient error twice is Skipped in the product',
    modes: ['faithful'],
    steps: [refuse(true), edit, failing, skipping, { listed: ['bc:A'] }],
  },
  {
    id: 'E18',
    title: 'a transient error is never Skipped',
    modes: ['improved'],
    steps: [
      refuse(true),
      edit,
      failing,
      { wait: 3_600_000 },
      failing,
      { couplings: { 'bc:A': { skipped: false } } },
      allow,
      { wait: 3_600_000 },
      { run: true, only: 'to', to: { M: 1 } },
    ],
  },
  {
    id: 'E20',
    title: 'failed once and unchanged since',
    steps: [
      refuse(),
      edit,
      failing,
      { wait: 3_600_000 },
      allow,
      { run: true, to: { M: 1 }, from: {} },
    ],
  },
  {
    id: 'E21',
    title: 'the page shows the error of the direction that failed',
    steps: [
      ...skippedA,
      {
        check: 'the text',
        holds: ({ engine }) => {
          const [row] = openCoupledErrors(engine).rows;
          equal(row?.error?.code, 'modifyingFailed');
          equal(row?.failedOn !== undefined, true);
        },
      },
    ],
  },
  {
    id: 'E22',
    title: 'a later success of the other direction silences the notice',
    steps: [
      refuse(),
      edit,
      failing,
      {
        check: 'a failure is told',
        holds: ({ engine, couplingOf }) =>
          equal(noticeOf(engine, couplingOf('bc:A')), 'modifyingFailed'),
      },
      { run: true, only: 'from', rows: ['dv:A'], from: { M: 1 } },
      {
        check: 'no more',
        holds: ({ engine, couplingOf }) => equal(noticeOf(engine, couplingOf('bc:A')), undefined),
      },
    ],
  },
  {
    id: 'E23',
    title: 'the card of a Skipped record',
    steps: [
      ...skippedA,
      {
        check: 'the notice',
        holds: ({ engine, couplingOf }) =>
          equal(noticeOf(engine, couplingOf('bc:A')), 'willBeSkipped'),
      },
      { delete: 'bc:A' },
      {
        check: 'nothing where there is no card',
        holds: ({ engine, couplingOf }) => equal(noticeOf(engine, couplingOf('bc:A')), undefined),
      },
    ],
  },
  {
    id: 'E24',
    title: 'a row that was restored elsewhere leaves the page',
    steps: [
      ...skipped('B'),
      {
        check: 'after a refresh',
        holds: ({ engine, couplingOf }) => {
          const page = openCoupledErrors(engine).rows;
          equal(page.length, 2);
          engine.store.run(
            'UPDATE coupling SET skipped = 0 WHERE bc_rid = (SELECT rid FROM r1 WHERE id = ?)',
            [couplingOf('bc:B').integrationId],
          );
          equal(refreshCoupledErrors(engine, page).length, 1);
        },
      },
    ],
  },
  {
    id: 'E25',
    title: 'a composite key is described with commas',
    empty: true,
    project: {
      tables: [
        {
          name: 'Sales Line',
          primaryKey: ['Document Type', 'Document No.', 'Line No.'],
          fields: [
            { name: 'Document Type', type: 'text' },
            { name: 'Document No.', type: 'code' },
            { name: 'Line No.', type: 'integer' },
          ],
        },
      ],
      integrationTables: [
        {
          name: 'detail',
          fields: [{ name: 'no', type: 'integer' }],
          rules: [{ on: 'modify', error: 'no' }],
        },
      ],
      mappings: [
        {
          name: 'LINE',
          table: 'Sales Line',
          integrationTable: 'detail',
          direction: 'ToIntegrationTable',
          fields: [{ field: 'Line No.', integrationField: 'no', direction: 'ToIntegrationTable' }],
        },
      ],
    },
    steps: [
      {
        add: 'bc:Sales Line/L',
        values: { 'Document Type': 'Invoice', 'Document No.': '1003', 'Line No.': 20000 },
      },
      { add: 'dv:detail/L' },
      { couple: 'L', mapping: 'LINE' },
      { run: 'LINE', to: { F: 1 }, errors: ['modifyingFailed'] },
      { run: 'LINE', to: { S: 1 }, errors: ['modifyingFailed'] },
      {
        check: 'the description',
        holds: ({ engine }) =>
          equal(openCoupledErrors(engine).rows[0]?.description, 'Invoice,1003,20000'),
      },
    ],
  },
  {
    id: 'E26',
    title: '101 rows are loaded in two pages',
    steps: [
      ...skipped(...Array.from({ length: 100 }, (_, index) => `N${index}`)),
      {
        check: 'the pages',
        holds: ({ engine }) => {
          const first = openCoupledErrors(engine);
          deepEqual([first.rows.length, first.hasMore], [100, true]);
          const second = openCoupledErrors(engine, first.rows.length);
          deepEqual([second.rows.length, second.hasMore], [101, false]);
        },
      },
    ],
  },
];
