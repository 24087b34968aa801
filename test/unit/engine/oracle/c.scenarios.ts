import { equal, match } from 'node:assert/strict';
import { errorsOf } from '../../../../src/engine/store/errors.ts';
import { engineTexts } from '../../../../src/engine/texts.ts';
import type { Scenario, Step } from './scenario.ts';

const SEND = 'Send data update to integration table';
const GET = 'Get data update from integration table';

const faxBoth: readonly Step[] = [
  { edit: 'bc:A', values: { 'Fax No.': '2' } },
  { edit: 'dv:A', values: { fax: '3' } },
];
const different: Step = { rows: { 'bc:A': { 'Fax No.': '2' }, 'dv:A': { fax: '3' } } };
const faxOnly = (direction: 'ToIntegrationTable' | 'FromIntegrationTable'): Step => ({
  mapping: true,
  set: {
    fields: [
      { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
      { field: 'Fax No.', integrationField: 'fax', direction },
    ],
  },
});
const merging: readonly Step[] = [
  { edit: 'bc:A', values: { 'Fax No.': '2' } },
  { edit: 'dv:A', values: { websiteurl: 'w' } },
];
const conflict: Step = { run: true, only: 'to', to: { F: 1 }, errors: ['conflict'], lines: ['13'] };

export const sectionC: readonly Scenario[] = [
  { id: 'C01', title: 'both changed the field, To', steps: [...faxBoth, conflict, different] },
  {
    id: 'C02',
    title: 'both changed the field, From',
    steps: [
      ...faxBoth,
      { run: true, only: 'from', from: { F: 1 }, errors: ['conflict'], lines: ['13'] },
      different,
    ],
  },
  {
    id: 'C03',
    title: 'Send decides for Business Central',
    steps: [
      { mapping: true, set: { updateConflictResolution: SEND } },
      ...faxBoth,
      { run: true, only: 'to', to: { M: 1 }, lines: ['14'] },
      { rows: { 'bc:A': { 'Fax No.': '2' }, 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'C04',
    title: 'Get decides for Dataverse',
    steps: [
      { mapping: true, set: { updateConflictResolution: GET } },
      ...faxBoth,
      { run: true, only: 'from', from: { M: 1 }, lines: ['15'] },
      { rows: { 'bc:A': { 'Fax No.': '3' }, 'dv:A': { fax: '3' } } },
    ],
  },
  {
    id: 'C04',
    title: 'the side that loses is counted as skipped and not marked',
    steps: [
      { mapping: true, set: { updateConflictResolution: GET } },
      ...faxBoth,
      { run: true, only: 'to', to: { S: 1 }, lines: ['15s'] },
      { couplings: { 'bc:A': { skipped: false } } },
    ],
  },
  ...(['to', 'from'] as const).map((only): Scenario => ({
    id: 'C07',
    title: `an unmapped field is no conflict, ${only}`,
    steps: [
      { edit: 'bc:A', values: { Address: 'x' } },
      { edit: 'dv:A', values: { street: 'y' } },
      { run: true, only, [only]: { U: 1 }, lines: ['11'] },
      { rows: { 'bc:A': { Address: 'x' }, 'dv:A': { street: 'y' } } },
    ],
  })),
  {
    id: 'C08',
    title: 'a field that goes one way to is overwritten',
    steps: [
      faxOnly('ToIntegrationTable'),
      ...faxBoth,
      { run: true, only: 'to', to: { M: 1 } },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'C09',
    title: 'a field that goes one way from is overwritten',
    steps: [
      faxOnly('FromIntegrationTable'),
      ...faxBoth,
      { run: true, only: 'from', from: { M: 1 } },
      { rows: { 'bc:A': { 'Fax No.': '3' } } },
    ],
  },
  {
    id: 'C10',
    title: 'different fields: the product sees a conflict',
    modes: ['faithful'],
    steps: [
      ...merging,
      conflict,
      {
        rows: {
          'bc:A': { 'Fax No.': '2', 'Home Page': '' },
          'dv:A': { fax: '1', websiteurl: 'w' },
        },
      },
    ],
  },
  {
    id: 'C10',
    title: 'different fields merge',
    modes: ['improved'],
    steps: [
      ...merging,
      { run: true, to: { M: 1 }, from: { M: 1 }, lines: ['12m', '10'] },
      {
        rows: {
          'bc:A': { 'Fax No.': '2', 'Home Page': 'w' },
          'dv:A': { fax: '2', websiteurl: 'w' },
        },
      },
      { run: true, to: {}, from: {} },
      {
        check: 'the jobs tell where the product would have failed',
        holds: ({ engine }) =>
          equal(engine.store.value("SELECT faithful_line FROM outcome WHERE line = '12m'"), '13'),
      },
    ],
  },
  {
    id: 'C10',
    title: 'after a merge an edit of either side is no conflict',
    modes: ['improved'],
    steps: [
      ...merging,
      { run: true, only: 'to', to: { M: 1 } },
      { edit: 'bc:A', values: { 'Fax No.': '4' } },
      { run: true, to: { M: 1 }, from: { M: 1 } },
      {
        rows: {
          'bc:A': { 'Fax No.': '4', 'Home Page': 'w' },
          'dv:A': { fax: '4', websiteurl: 'w' },
        },
      },
    ],
  },
  {
    id: 'C12',
    title: 'both changed it alike',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'to', to: { U: 1 }, lines: ['11'] },
      { edit: 'bc:A', values: { 'Fax No.': '5' } },
      { run: true, only: 'to', to: { M: 1 }, lines: ['10'] },
    ],
  },
  {
    id: 'C13',
    title: 'the other side was merely touched: the product sees a conflict',
    modes: ['faithful'],
    steps: [{ edit: 'bc:A', values: { 'Fax No.': '2' } }, { edit: 'dv:A' }, conflict],
  },
  {
    id: 'C13',
    title: 'the other side was merely touched: its base says so',
    modes: ['improved'],
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { edit: 'dv:A' },
      { run: true, only: 'to', to: { M: 1 }, lines: ['10'] },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'C14',
    title: 'only a field that goes one way differs: the reverse direction still runs',
    modes: ['faithful'],
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            { field: 'Fax No.', integrationField: 'fax', direction: 'ToIntegrationTable' },
            {
              field: 'Home Page',
              integrationField: 'websiteurl',
              direction: 'FromIntegrationTable',
            },
          ],
        },
      },
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { edit: 'dv:A', values: { websiteurl: 'w' } },
      { run: true, to: { M: 1 }, from: { M: 1 }, lines: ['12', '10'] },
      { rows: { 'bc:A': { 'Home Page': 'w' }, 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'C16',
    title: 'a conflict gives way to force, From',
    steps: [
      ...faxBoth,
      { run: true, only: 'from', from: { F: 1 }, errors: ['conflict'] },
      different,
      { run: true, only: 'from', rows: ['dv:A'], from: { M: 1 }, lines: ['16'] },
      { rows: { 'bc:A': { 'Fax No.': '3' } }, couplings: { 'bc:A': { result: 'Success' } } },
    ],
  },
  {
    id: 'C17',
    title: 'a conflict gives way to force, To',
    steps: [
      ...faxBoth,
      conflict,
      different,
      { run: true, only: 'to', rows: ['bc:A'], to: { M: 1 }, lines: ['16'] },
      { rows: { 'dv:A': { fax: '2' } }, couplings: { 'bc:A': { crmResult: 'Success' } } },
    ],
  },
  {
    id: 'C18',
    title: 'the message names tables and fields',
    steps: [
      ...faxBoth,
      conflict,
      {
        check: 'the sentence',
        holds: ({ engine }) => {
          const [error] = errorsOf(engine.store, engine.tables());
          match(
            error === undefined ? '' : engineTexts('en')(error.message),
            /^Cannot update a record in the Dataverse Account table\. The mapping between Fax No\. field on the Customer table and the fax field on the Dataverse Account table is bi-directional/u,
          );
        },
      },
    ],
  },
  {
    id: 'C20',
    title: 'a record that was synchronised by hand is unchanged for the schedule',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', rows: ['bc:A'], to: { M: 1 } },
      { edit: 'dv:A', values: { fax: '3' } },
      { run: true, only: 'to', rows: ['bc:A'], forced: false, to: { U: 1 }, lines: ['9'] },
      { rows: { 'dv:A': { fax: '3' } } },
    ],
  },
  {
    id: 'C21',
    title: 'a strategy that is chosen afterwards resolves what Retry All brings back',
    steps: [
      ...faxBoth,
      conflict,
      { run: true, only: 'to', to: { S: 1 }, errors: ['conflict'] },
      { listed: ['bc:A'] },
      { mapping: true, set: { updateConflictResolution: SEND } },
      { action: 'Retry All', count: 1 },
      { run: true, only: 'to', to: { M: 1 }, lines: ['14'] },
      { listed: [] },
      { rows: { 'dv:A': { fax: '2' } } },
    ],
  },
  {
    id: 'C22',
    title: 'both blanked the field',
    steps: [
      { edit: 'bc:A', values: { 'Fax No.': '' } },
      { edit: 'dv:A', values: { fax: null } },
      { run: true, only: 'to', to: { U: 1 }, lines: ['11'] },
      { rows: { 'dv:A': { fax: null } } },
    ],
  },
  {
    id: 'C24',
    title: 'three conflicts, one refused: the other two stand',
    steps: [
      ...(['B', 'C'] as const).flatMap((name): readonly Step[] => [
        { add: `bc:${name}`, values: { Name: name } },
        { add: `dv:${name}`, values: { name } },
        { couple: name },
      ]),
      { run: true },
      { mapping: true, set: { updateConflictResolution: GET } },
      { rules: 'bc:Customer', are: [{ on: 'modify', when: 'WHERE(Name=CONST(B))', error: 'no' }] },
      ...(['A', 'B', 'C'] as const).flatMap((name): readonly Step[] => [
        { edit: `bc:${name}`, values: { 'Fax No.': '8' } },
        { edit: `dv:${name}`, values: { fax: '9' } },
      ]),
      { run: true, only: 'from', from: { M: 2, F: 1 }, errors: ['modifyingFailed'] },
      {
        rows: {
          'bc:A': { 'Fax No.': '9' },
          'bc:B': { 'Fax No.': '8' },
          'bc:C': { 'Fax No.': '9' },
        },
      },
    ],
  },
];
