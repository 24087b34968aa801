import { deepEqual, equal } from 'node:assert/strict';
import { notYetCreated } from '../../../../src/engine/actions/notYetCreated.ts';
import { synchronizeNow } from '../../../../src/engine/actions/synchronize.ts';
import { finish, runMapping } from '../../../../src/engine/run/runMapping.ts';
import { editRow } from '../../../../src/engine/sides/people.ts';
import { watermarkOf } from '../../../../src/engine/store/mappings.ts';
import { runFullSynchronization } from '../../../../src/engine/actions/mappingRuns.ts';
import type { Scenario, Step } from './scenario.ts';

const all: Step = { mapping: true, set: { synchOnlyCoupledRecords: false } };
const to = { run: true, only: 'to' } as const;
const from = { run: true, only: 'from' } as const;
const USER = 'integration user';

const watermarks = (
  check: (to: number | undefined, from: number | undefined, now: number) => void,
): Step => ({
  check: 'watermarks',
  holds: ({ engine, now }) => {
    const at = (direction: 'ToIntegrationTable' | 'FromIntegrationTable'): number | undefined =>
      watermarkOf(engine.store, 'CUSTOMER', direction).modifiedOn;
    check(at('ToIntegrationTable'), at('FromIntegrationTable'), now());
  },
});

const outOfFilter = (id: string, title: string, more: readonly Step[]): Scenario => ({
  id,
  title,
  steps: [
    ...more,
    { mapping: true, set: { tableFilter: 'WHERE(Country=CONST(GB))' } },
    {
      check: 'no job',
      holds: ({ engine, idOf }) =>
        deepEqual(
          finish(synchronizeNow(engine, 'CUSTOMER', 'ToIntegrationTable', [idOf('bc:B')])),
          {
            kind: 'outOfMapFilter',
          },
        ),
    },
  ],
});

export const sectionI: readonly Scenario[] = [
  {
    id: 'I01',
    title: 'the Table Filter selects, and may change',
    empty: true,
    steps: [
      all,
      { mapping: true, set: { tableFilter: 'SORTING(No.) WHERE(Name=FILTER(B|C))' } },
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'bc:C', values: { Name: 'C' } },
      { add: 'bc:D', values: { Name: 'D' } },
      { ...to, to: { I: 2 } },
      { mapping: true, set: { tableFilter: '' } },
      { add: 'dv:D', values: { name: 'other' } },
      { couple: 'D' },
      { edit: 'bc:D', values: { 'Fax No.': '2' } },
      { ...to, rows: ['bc:D'], to: { M: 1 } },
      { rows: { 'dv:D': { name: 'D', fax: '2' } } },
    ],
  },
  {
    id: 'I02',
    title: 'the Integration Table Filter selects',
    empty: true,
    steps: [
      all,
      { mapping: true, set: { integrationTableFilter: 'WHERE(fax=FILTER(5..6))' } },
      { add: 'dv:B', values: { name: 'B', fax: '4' } },
      { add: 'dv:C', values: { name: 'C', fax: '5' } },
      { add: 'dv:D', values: { name: 'D', fax: '' } },
      { ...from, from: { I: 1 } },
      { rows: { 'bc:C': { Name: 'C' } } },
    ],
  },
  {
    id: 'I03',
    title: 'a one-way mapping reads the rows of the integration user',
    empty: true,
    steps: [
      {
        mapping: true,
        set: {
          direction: 'FromIntegrationTable',
          synchOnlyCoupledRecords: false,
          fields: [{ field: 'Name', integrationField: 'name', direction: 'FromIntegrationTable' }],
        },
      },
      { add: 'dv:B', values: { name: 'B' }, by: USER },
      { add: 'dv:C', values: { name: 'C' }, by: USER },
      { add: 'dv:D', values: { name: 'D' } },
      { ...from, from: { I: 3 } },
    ],
  },
  {
    id: 'I04',
    title: 'a bidirectional one does not',
    modes: ['faithful'],
    steps: [
      { edit: 'dv:A', values: { fax: '2' }, by: USER },
      { ...from, from: {} },
    ],
  },
  {
    id: 'I05',
    title: 'unless a field comes from Dataverse only',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' },
            {
              field: 'Home Page',
              integrationField: 'websiteurl',
              direction: 'FromIntegrationTable',
            },
          ],
        },
      },
      { edit: 'dv:A', values: { fax: '2' }, by: USER },
      { ...from, from: { M: 1 } },
    ],
  },
  {
    id: 'I06',
    title: 'the watermark of the other direction is irrelevant',
    empty: true,
    steps: [
      all,
      { add: 'bc:Z', values: { Name: 'Z' }, at: '2026-01-05T10:30:00Z' },
      { ...to, to: { I: 1 } },
      { add: 'dv:B', values: { name: 'B' }, at: '2026-01-05T10:29:00Z' },
      { add: 'dv:C', values: { name: 'C' }, at: '2026-01-05T10:31:00Z' },
      { ...from, from: { I: 2 } },
    ],
  },
  {
    id: 'I09',
    title: 'a record at the watermark is not read',
    modes: ['faithful'],
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { ...to, to: { M: 1 } },
      { ...to, to: {} },
    ],
  },
  {
    id: 'I10',
    title: 'the watermark reaches the latest row',
    empty: true,
    steps: [
      all,
      { add: 'dv:B', values: { name: 'B' } },
      { add: 'dv:C', values: { name: 'C' } },
      { ...from, from: { I: 2 } },
      watermarks((_, reached, now) => equal(reached === undefined || reached <= now, true)),
    ],
  },
  {
    id: 'I11',
    title: 'the watermark advances over unmapped changes',
    modes: ['faithful'],
    steps: [
      { edit: 'dv:A', values: { street: 'x' } },
      { check: 'when', holds: ({ now, remember }) => remember.set('at', now() - 60_000) },
      { ...from, from: { U: 1 } },
      {
        check: 'reached',
        holds: ({ engine, remember }) =>
          equal(
            watermarkOf(engine.store, 'CUSTOMER', 'FromIntegrationTable').modifiedOn,
            remember.get('at'),
          ),
      },
    ],
  },
  {
    id: 'I12',
    title: 'a run To leaves the watermark of From alone',
    steps: [
      {
        check: 'before',
        holds: ({ engine, remember }) =>
          remember.set('from', watermarkOf(engine.store, 'CUSTOMER', 'FromIntegrationTable')),
      },
      { ...to, to: {} },
      { ...to, to: {} },
      {
        check: 'after',
        holds: ({ engine, remember }) =>
          deepEqual(
            watermarkOf(engine.store, 'CUSTOMER', 'FromIntegrationTable'),
            remember.get('from'),
          ),
      },
    ],
  },
  {
    id: 'I13',
    title: 'Run Full Synchronization reads everything and sets real watermarks',
    modes: ['faithful'],
    steps: [
      {
        check: 'watermarks of next year',
        holds: ({ engine, now }) => {
          const later = now() + 366 * 24 * 3600 * 1000;
          engine.store.run('UPDATE mapping SET to_watermark = ?, from_watermark = ?', [
            later,
            later,
          ]);
          const { jobs } = finish(runFullSynchronization(engine, 'CUSTOMER'));
          equal(jobs.length, 2);
        },
      },
      watermarks((reachedTo, reachedFrom, now) => {
        equal((reachedTo ?? Infinity) <= now, true);
        equal((reachedFrom ?? Infinity) <= now, true);
      }),
    ],
  },
  {
    id: 'I14',
    title: 'a row that changes while the job runs is read again',
    empty: true,
    steps: [
      all,
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'bc:C', values: { Name: 'C' } },
      {
        check: 'an edit between two batches',
        holds: ({ engine, idOf, now }) => {
          const steps = runMapping(engine, {
            mapping: 'CUSTOMER',
            direction: 'ToIntegrationTable',
            batch: 1,
          });
          steps.next();
          editRow(
            engine,
            'BusinessCentral',
            'Customer',
            idOf('bc:B'),
            { Name: 'B2' },
            { at: now() + 1000 },
          );
          finish(steps);
        },
      },
      { ...to, to: { M: 1 } },
      { rows: { 'dv:B': { name: 'B2' } } },
    ],
  },
  {
    id: 'I15',
    title: 'the watermark never moves back',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { ...to, to: { M: 1 } },
      {
        check: 'before',
        holds: ({ engine, remember }) =>
          remember.set('to', watermarkOf(engine.store, 'CUSTOMER', 'ToIntegrationTable')),
      },
      { rules: 'dv:account', are: [{ on: 'modify', error: 'no' }] },
      { add: 'bc:B', values: { Name: 'B' }, at: '2020-01-01T00:00:00Z' },
      { add: 'dv:B', values: { name: 'B' } },
      { couple: 'B' },
      { run: true, only: 'to' },
      {
        check: 'after',
        holds: ({ engine, remember }) => {
          const before = remember.get('to') as {
            readonly modifiedOn?: number;
            readonly seq: number;
          };
          const after = watermarkOf(engine.store, 'CUSTOMER', 'ToIntegrationTable');
          equal(
            (after.modifiedOn ?? 0) >= (before.modifiedOn ?? 0) && after.seq >= before.seq,
            true,
          );
        },
      },
    ],
  },
  {
    id: 'I17',
    title: 'equal timestamps on both sides are no conflict',
    steps: [
      { edit: 'bc:A', values: { Address: 'x' }, at: '2026-01-05T09:00:00Z' },
      { edit: 'dv:A', values: { street: 'y' }, at: '2026-01-05T09:00:00Z' },
      { ...to, to: { U: 1 } },
    ],
  },
  {
    id: 'I18',
    title: 'a coupling that was never synchronised has changed on both sides',
    empty: true,
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'C' } },
      { couple: 'B' },
      { ...to, to: { F: 1 }, errors: ['conflict'], lines: ['13'] },
    ],
  },
  {
    id: 'I19',
    title: 'changed is what is newer than the last synchronisation of its own side',
    modes: ['faithful'],
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' }, at: '1900-01-01T00:00:00Z' },
      { ...to, rows: ['bc:A'], forced: false, to: { U: 1 }, lines: ['9'] },
      {
        check: 'the moment itself',
        holds: ({ engine, remember }) =>
          remember.set('at', engine.store.value('SELECT bc_synched FROM coupling')),
      },
      {
        check: 'within the tolerance',
        holds: ({ engine, idOf, remember }) => {
          const at = Number(remember.get('at')) + 9;
          editRow(engine, 'BusinessCentral', 'Customer', idOf('bc:A'), { 'Fax No.': '2' }, { at });
        },
      },
      { ...to, rows: ['bc:A'], forced: false, to: { U: 1 }, lines: ['9'] },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { ...to, rows: ['bc:A'], forced: false, to: { M: 1 }, lines: ['10'] },
    ],
  },
  {
    id: 'I22',
    title: 'a restored backup asks before it overwrites',
    modes: ['improved'],
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { add: 'dv:B', values: { name: 'B' } },
      { couple: 'B' },
      { ...to, to: { U: 1 } },
      { edit: 'bc:A', values: { 'Fax No.': '0' }, at: '2025-01-01T00:00:00Z' },
      { edit: 'bc:B', values: { 'Fax No.': '0' }, at: '2025-01-01T00:00:00Z' },
      { ...to, refused: 'restoredSide' },
      { rows: { 'dv:A': { fax: '1' } } },
      { ...to, confirmed: true, to: { M: 2 } },
      { rows: { 'dv:A': { fax: '0' } } },
    ],
  },
  {
    id: 'I23',
    title: '401 selected records are one job',
    empty: true,
    steps: [
      ...Array.from({ length: 401 }, (_, index): Step => ({
        add: `bc:N${index}`,
        values: { Name: `N${index}` },
      })),
      {
        ...to,
        rows: Array.from({ length: 401 }, (_, index) => `bc:N${index}`),
        override: true,
        to: { I: 401 },
      },
    ],
  },
  outOfFilter('I25', 'an uncoupled record outside of the filter', [
    { add: 'bc:B', values: { Name: 'B' } },
  ]),
  outOfFilter('I26', 'a coupled record outside of the filter', [
    { add: 'bc:B', values: { Name: 'B' } },
    { add: 'dv:B', values: { name: 'B' } },
    { couple: 'B' },
  ]),
  {
    id: 'I27',
    title: 'rows that the watermark passed are not created later',
    steps: [
      { add: 'dv:B', values: { name: 'B' } },
      { edit: 'dv:A' },
      { run: true },
      all,
      { run: true },
      { count: { 'bc:Customer': 1 } },
      {
        check: 'but they are on a list',
        holds: ({ engine, idOf }) =>
          deepEqual(notYetCreated(engine, 'CUSTOMER', 'FromIntegrationTable'), [idOf('dv:B')]),
      },
    ],
  },
];
