import { equal } from 'node:assert/strict';
import { errorsOf } from '../../../../src/engine/store/errors.ts';
import type { IntegrationFieldMapping } from '../../../../src/engine/model/fieldMapping.ts';
import type { Scenario, Step } from './scenario.ts';

const fields = (...more: readonly IntegrationFieldMapping[]): Step => ({
  mapping: true,
  set: {
    fields: [
      { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
      { field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' },
      ...more,
    ],
  },
});
const contact = (more: Partial<IntegrationFieldMapping> = {}): IntegrationFieldMapping => ({
  field: 'Contact',
  integrationField: 'primarycontactid',
  direction: 'Bidirectional',
  ...more,
});
const currency: Step = fields({
  field: 'Currency Code',
  integrationField: 'transactioncurrencyid',
  direction: 'Bidirectional',
});
const edit: Step = { edit: 'bc:A', values: { 'Fax No.': '2' } };
const to = { run: true, only: 'to' } as const;
const from = { run: true, only: 'from' } as const;

/** The contact K, and its id in both apps. */
const contactK: readonly Step[] = [
  { add: 'bc:Contact/K', values: { Name: 'K' }, id: 'k-record' },
  { add: 'dv:contact/K', values: { fullname: 'K' }, id: 'k-row' },
];
const euro: readonly Step[] = [
  { add: 'bc:Currency/E', values: { Code: 'EUR' }, id: 'e-record' },
  { add: 'dv:transactioncurrency/E', values: { isocurrencycode: 'EUR' }, id: 'e-row' },
  { couple: 'E', mapping: 'CURRENCY' },
];

export const sectionG: readonly Scenario[] = [
  {
    id: 'G01',
    title: 'a new destination gets every value',
    steps: [
      { add: 'bc:B', values: { Name: 'B', 'Fax No.': '7', 'Home Page': 'w' } },
      { ...to, rows: ['bc:B'], override: true, to: { I: 1 } },
      { rows: { 'dv:B': { name: 'B', fax: '7', websiteurl: 'w' } } },
    ],
  },
  {
    id: 'G02',
    title: 'equal values, nothing written',
    steps: [{ edit: 'bc:A' }, { ...to, to: { U: 1 } }],
  },
  {
    id: 'G03',
    title: 'the value that differs is written',
    steps: [edit, { ...to, to: { M: 1 } }, { rows: { 'dv:A': { name: 'A', fax: '2' } } }],
  },
  {
    id: 'G04',
    title: 'forced, equal values count as modified',
    steps: [{ ...to, rows: ['bc:A'], to: { M: 1 } }],
  },
  {
    id: 'G05',
    title: 'a field that a table lacks stops the run before any row',
    steps: [
      fields({ field: 'Nothing', integrationField: 'street', direction: 'Bidirectional' }),
      edit,
      { ...to, refused: 'unknownField' },
      fields({ field: 'Address', integrationField: 'nothing', direction: 'Bidirectional' }),
      { ...to, refused: 'unknownField' },
      { rows: { 'dv:A': { fax: '1' } } },
    ],
  },
  {
    id: 'G06',
    title: 'a FlowField is calculated before it is read',
    empty: true,
    project: {
      tables: [
        {
          name: 'Customer',
          fields: [
            { name: 'No.', type: 'code' },
            {
              name: 'Balance',
              type: 'decimal',
              calculated: {
                method: 'sum',
                table: 'Entry',
                field: 'Amount',
                where: { 'Customer No.': 'No.' },
              },
            },
            {
              name: 'Entries',
              type: 'integer',
              calculated: { method: 'count', table: 'Entry', where: { 'Customer No.': 'No.' } },
            },
          ],
        },
        {
          name: 'Entry',
          fields: [
            { name: 'Customer No.', type: 'code' },
            { name: 'Amount', type: 'decimal' },
          ],
        },
      ],
      integrationTables: [
        {
          name: 'account',
          fields: [
            { name: 'balance', type: 'decimal' },
            { name: 'entries', type: 'integer' },
          ],
        },
      ],
      mappings: [
        {
          name: 'CUSTOMER',
          table: 'Customer',
          integrationTable: 'account',
          direction: 'ToIntegrationTable',
          fields: [
            { field: 'Balance', integrationField: 'balance', direction: 'ToIntegrationTable' },
            { field: 'Entries', integrationField: 'entries', direction: 'ToIntegrationTable' },
          ],
        },
      ],
    },
    steps: [
      { add: 'bc:Customer/A', values: { 'No.': '10' } },
      { add: 'bc:Entry/1', values: { 'Customer No.': '10', Amount: 2.5 } },
      { add: 'bc:Entry/2', values: { 'Customer No.': '10', Amount: 3 } },
      { add: 'bc:Entry/3', values: { 'Customer No.': '20', Amount: 9 } },
      { run: true, only: 'to', rows: ['bc:Customer/A'], override: true, to: { I: 1 } },
      { rows: { 'dv:account/A': { balance: 5.5, entries: 2 } } },
    ],
  },
  {
    id: 'G08',
    title: 'a contact without a partner is left blank where that is asked for',
    steps: [
      fields(contact({ clearValueOnFailedSync: true })),
      ...contactK,
      { edit: 'bc:A', values: { Contact: 'k-record', 'Fax No.': '2' } },
      { ...to, to: { M: 1 } },
      { rows: { 'dv:A': { fax: '2', primarycontactid: null } } },
    ],
  },
  {
    id: 'G09',
    title: 'a contact without a partner fails its record',
    steps: [
      fields(contact()),
      ...contactK,
      { edit: 'bc:A', values: { Contact: 'k-record', 'Fax No.': '2' } },
      { ...to, to: { F: 1 }, errors: ['transferFailed'], lines: ['17'] },
      { rows: { 'dv:A': { fax: '1' } }, couplings: { 'bc:A': { crmResult: 'Failure' } } },
      {
        check: 'the text names it',
        holds: ({ engine }) => {
          const error = errorsOf(engine.store, engine.tables())[0]?.message.args?.['error'];
          equal(typeof error === 'object' && error.code, 'mustBeCoupled');
        },
      },
      { couple: 'K', mapping: 'CONTACT' },
      { ...to, to: { M: 1 } },
      { rows: { 'dv:A': { fax: '2', primarycontactid: 'k-row' } } },
    ],
  },
  {
    id: 'G11',
    title: 'a lookup between tables that no mapping joins',
    steps: [
      {
        check: 'CONTACT is gone',
        holds: ({ engine }) => {
          engine.store.run("DELETE FROM mapping WHERE name = 'CONTACT'");
        },
      },
      fields(contact()),
      { edit: 'bc:A', values: { Contact: 'k-record' } },
      { ...to, to: { F: 1 }, errors: ['transferFailed'] },
      {
        check: 'the text says which',
        holds: ({ engine }) => {
          const error = errorsOf(engine.store, engine.tables())[0]?.message.args?.['error'];
          equal(typeof error === 'object' && error.code, 'mustBeMapped');
        },
      },
    ],
  },
  {
    id: 'G12',
    title: 'a currency becomes the code of its partner',
    steps: [
      currency,
      ...euro,
      { edit: 'dv:A', values: { transactioncurrencyid: 'e-row' } },
      { ...from, from: { M: 1 } },
      { rows: { 'bc:A': { 'Currency Code': 'EUR' } } },
    ],
  },
  {
    id: 'G13',
    title: 'no currency and the local currency are blank',
    steps: [
      currency,
      ...euro,
      { edit: 'dv:A', values: { transactioncurrencyid: 'e-row' } },
      { ...from, from: { M: 1 } },
      { edit: 'dv:A', values: { transactioncurrencyid: null } },
      { ...from, from: { M: 1 } },
      { rows: { 'bc:A': { 'Currency Code': '' } } },
      { add: 'bc:Currency/D', values: { Code: 'USD' } },
      { add: 'dv:transactioncurrency/D', values: { isocurrencycode: 'USD' }, id: 'd-row' },
      { couple: 'D', mapping: 'CURRENCY' },
      { edit: 'dv:A', values: { transactioncurrencyid: 'd-row' } },
      { ...from, from: { U: 1 } },
      { rows: { 'bc:A': { 'Currency Code': '' } } },
    ],
  },
  {
    id: 'G14',
    title: 'Not Null keeps what the destination has',
    steps: [
      fields(contact({ notNull: true })),
      ...contactK,
      { couple: 'K', mapping: 'CONTACT' },
      { edit: 'bc:A', values: { Contact: 'k-record' } },
      { ...to, to: { M: 1 } },
      { edit: 'bc:A', values: { Contact: '', 'Fax No.': '3' } },
      { ...to, to: { M: 1 } },
      { rows: { 'dv:A': { fax: '3', primarycontactid: 'k-row' } } },
    ],
  },
  {
    id: 'G15',
    title: 'a constant is written whatever the source says',
    steps: [
      fields({ integrationField: 'country', direction: 'ToIntegrationTable', constantValue: 'GB' }),
      { add: 'bc:B', values: { Name: 'B' } },
      { ...to, rows: ['bc:B'], override: true, to: { I: 1 } },
      { rows: { 'dv:B': { country: 'GB' } } },
      edit,
      { ...to, rows: ['bc:A'], forced: false, to: { M: 1 } },
      { rows: { 'dv:A': { country: 'GB', fax: '2' } } },
    ],
  },
  {
    id: 'G15',
    title: 'a constant is validated',
    steps: [
      fields({ integrationField: 'country', direction: 'ToIntegrationTable', constantValue: 'GB' }),
      { rules: 'dv:account', are: [{ on: 'validate', field: 'country', error: 'no' }] },
      edit,
      { ...to, to: { F: 1 }, errors: ['transferFailed'], lines: ['17'] },
    ],
  },
  {
    id: 'G16',
    title: 'OnValidate refuses the value',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            {
              field: 'Fax No.',
              integrationField: 'fax',
              direction: 'Bidirectional',
              validateField: true,
            },
          ],
        },
      },
      {
        rules: 'bc:Customer',
        are: [
          { on: 'validate', field: 'Fax No.', when: 'WHERE(Fax No.=FILTER(2*))', error: 'not 2' },
        ],
      },
      { edit: 'dv:A', values: { fax: '22', name: 'N' } },
      { ...from, from: { F: 1 }, errors: ['transferFailed'], lines: ['17'] },
      { rows: { 'bc:A': { Name: 'A', 'Fax No.': '1' } } },
      { edit: 'dv:A', values: { fax: '33' } },
      { ...from, from: { M: 1 } },
      { rows: { 'bc:A': { Name: 'N', 'Fax No.': '33' } } },
    ],
  },
  {
    id: 'G17',
    title: 'an equal value is not validated',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            {
              field: 'Fax No.',
              integrationField: 'fax',
              direction: 'Bidirectional',
              validateField: true,
            },
          ],
        },
      },
      { rules: 'bc:Customer', are: [{ on: 'validate', field: 'Fax No.', error: 'never' }] },
      { edit: 'dv:A', values: { name: 'N' } },
      { ...from, from: { M: 1 } },
    ],
  },
  {
    id: 'G20',
    title: 'a transformation comes before the comparison',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            {
              field: 'Country',
              integrationField: 'country',
              direction: 'ToIntegrationTable',
              transformationRule: { kind: 'replace', find: '.', with: '' },
            },
          ],
        },
      },
      { edit: 'bc:A', values: { Country: 'US.' } },
      { ...to, to: { M: 1 } },
      { rows: { 'dv:A': { country: 'US' } } },
      { edit: 'bc:A' },
      { ...to, to: { U: 1 } },
    ],
  },
  {
    id: 'G21',
    title: 'an option that nobody knows is added and told',
    empty: true,
    project: {
      tables: [
        {
          name: 'Customer',
          fields: [
            { name: 'Name', type: 'text' },
            { name: 'Terms', type: 'code', relation: { table: 'Payment Terms', field: 'Code' } },
          ],
        },
        { name: 'Payment Terms', primaryKey: ['Code'], fields: [{ name: 'Code', type: 'code' }] },
      ],
      integrationTables: [
        {
          name: 'account',
          fields: [
            { name: 'name', type: 'text' },
            {
              name: 'paymenttermscode',
              type: 'option',
              relation: { table: 'termsoption', field: 'value' },
            },
          ],
        },
        { name: 'termsoption', fields: [{ name: 'value', type: 'integer' }] },
      ],
      mappings: [
        {
          name: 'CUSTOMER',
          table: 'Customer',
          integrationTable: 'account',
          direction: 'FromIntegrationTable',
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'FromIntegrationTable' },
            {
              field: 'Terms',
              integrationField: 'paymenttermscode',
              direction: 'FromIntegrationTable',
            },
          ],
        },
        {
          name: 'TERMS',
          table: 'Payment Terms',
          integrationTable: 'termsoption',
          direction: 'ToIntegrationTable',
          uidType: 'Option',
          fields: [],
        },
      ],
    },
    steps: [
      { add: 'bc:Payment Terms/T', values: { Code: '30D' } },
      { add: 'dv:termsoption/T', values: { value: 1 } },
      { couple: 'T', mapping: 'TERMS' },
      { add: 'dv:account/A', values: { name: 'A', paymenttermscode: 1 } },
      { run: true, override: true, from: { I: 1 } },
      { rows: { 'bc:Customer/A': { Terms: '30D' } } },
      { edit: 'dv:account/A', values: { name: 'B', paymenttermscode: 7 } },
      { run: true, from: { M: 1 }, errors: ['optionAdded'] },
      { rows: { 'bc:Customer/A': { Name: 'B', Terms: '30D' } }, count: { 'dv:termsoption': 2 } },
    ],
  },
  {
    id: 'G22',
    title: 'blank dates, decimals and time zones come back unchanged',
    empty: true,
    project: {
      tables: [
        {
          name: 'Customer',
          fields: [
            { name: 'Day', type: 'date' },
            { name: 'Amount', type: 'decimal', decimals: 5 },
            { name: 'Moment', type: 'datetime' },
            { name: 'Short', type: 'text', length: 3 },
          ],
        },
      ],
      integrationTables: [
        {
          name: 'account',
          fields: [
            { name: 'day', type: 'date' },
            { name: 'amount', type: 'decimal', decimals: 2 },
            { name: 'moment', type: 'datetime' },
            { name: 'long', type: 'text', length: 100 },
          ],
        },
      ],
      mappings: [
        {
          name: 'CUSTOMER',
          table: 'Customer',
          integrationTable: 'account',
          direction: 'Bidirectional',
          fields: [
            { field: 'Day', integrationField: 'day', direction: 'Bidirectional' },
            { field: 'Amount', integrationField: 'amount', direction: 'Bidirectional' },
            { field: 'Moment', integrationField: 'moment', direction: 'Bidirectional' },
            { field: 'Short', integrationField: 'long', direction: 'Bidirectional' },
          ],
        },
      ],
    },
    steps: [
      {
        add: 'bc:Customer/A',
        values: { Day: '', Amount: 1.23456, Moment: '2026-01-01T12:00:00Z' },
      },
      { run: true, only: 'to', override: true, to: { I: 1 } },
      { edit: 'dv:account/A', values: { moment: '2026-01-01T13:00:00+01:00' } },
      { run: true, only: 'from', from: { U: 1 } },
      { edit: 'bc:Customer/A' },
      { run: true, only: 'to', to: { U: 1 } },
      { rows: { 'bc:Customer/A': { Day: '', Amount: 1.23456, Moment: '2026-01-01T12:00:00Z' } } },
    ],
  },
];
