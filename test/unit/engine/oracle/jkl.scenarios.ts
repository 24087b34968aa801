import { deepEqual, equal, throws } from 'node:assert/strict';
import { couple } from '../../../../src/engine/coupling/couple.ts';
import { finish } from '../../../../src/engine/run/runMapping.ts';
import { couplingDialog } from '../../../../src/engine/coupling/dialog.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { rowNamed } from '../../../../src/engine/surface/rowNamed.ts';
import { setUpCoupling } from '../../../../src/engine/actions/setUpCoupling.ts';
import { tableOf } from '../../../../src/engine/sides/localSide.ts';
import type { RowTable } from '../../../../src/engine/store/rowTables.ts';
import { coupleByMatch } from '../../../../src/engine/coupling/matchBased.ts';
import { importedCouplings } from '../../../../src/engine/project/importCouplings.ts';
import { uncouple, uncoupleWarning } from '../../../../src/engine/coupling/uncouple.ts';
import type { IntegrationTableMapping } from '../../../../src/engine/model/mapping.ts';
import { EngineRefusal } from '../../../../src/engine/model/message.ts';
import { jobsOf } from '../../../../src/engine/store/jobs.ts';
import { errorsOf } from '../../../../src/engine/store/errors.ts';
import { listedMappings } from '../../../../src/engine/store/mappings.ts';
import { tableOf as columnsOf } from '../../../kit/tables.ts';
import { countersOf } from './actionSteps.ts';
import type { ExpectedCounters, Scenario, Step } from './scenario.ts';

const rows = (name: string, account = name): readonly Step[] => [
  { add: `bc:${name}`, values: { Name: name } },
  { add: `dv:${name}`, values: { name: account, companyid: 'company' } },
];
const pair = (name: string): readonly Step[] => [...rows(name), { couple: name }];
const to = { run: true, only: 'to' } as const;
const from = { run: true, only: 'from' } as const;

const accounts = (engine: Engine): RowTable => tableOf(engine.tables(), 'Dataverse', 'account');

const refuses = (code: string, work: () => unknown): void =>
  throws(work, (error) => error instanceof EngineRefusal && error.reason.code === code);

export const sectionJ: readonly Scenario[] = [
  {
    id: 'J01',
    title: 'free rows are coupled',
    steps: [...pair('B'), { couplings: { 'bc:B': {}, 'dv:B': {} } }],
  },
  {
    id: 'J02',
    title: 'a coupled record takes no second partner',
    steps: [{ add: 'dv:B' }, { couple: 'A', with: 'B', refused: 'alreadyCoupled' }],
  },
  {
    id: 'J03',
    title: 'a partner of another record is refused',
    steps: [
      ...pair('B'),
      { couple: 'B', with: 'A', refused: 'alreadyCoupled' },
      { couple: 'A', with: 'B', refused: 'alreadyCoupled' },
    ],
  },
  {
    id: 'J03',
    title: 'a record without a partner does not take one from another',
    steps: [
      { add: 'bc:B' },
      { couple: 'B', with: 'A', refused: 'alreadyCoupled' },
      { couplings: { 'bc:A': {}, 'bc:B': null } },
    ],
  },
  {
    id: 'J04',
    title: 'the partner of a deleted record is taken over',
    steps: [
      { delete: 'bc:A' },
      { add: 'bc:B' },
      { couple: 'B', with: 'A' },
      { couplings: { 'bc:B': {}, 'bc:A': null } },
    ],
  },
  {
    id: 'J06',
    title: 'a coupling is removed once',
    steps: [
      {
        check: 'twice',
        holds: ({ engine, idOf }) => {
          const ids = [idOf('bc:A')];
          equal(finish(uncouple(engine, { mapping: 'CUSTOMER', ids })).uncoupled, 1);
          equal(finish(uncouple(engine, { mapping: 'CUSTOMER', ids })).uncoupled, 0);
        },
      },
    ],
  },
  {
    id: 'J07',
    title: 'a coupling needs a table',
    steps: [
      ...rows('B'),
      {
        check: 'refused',
        holds: ({ engine, idOf }) =>
          throws(
            () => couple(engine, 'NONE', idOf('bc:B'), idOf('dv:B')),
            (error) => error instanceof EngineRefusal && error.reason.code === 'noMapping',
          ),
      },
    ],
  },
  {
    id: 'J09',
    title: 'couplings without a Table ID get that of their records, where an export is read',
    steps: [
      {
        check: 'two records are known, one is not',
        holds: ({ engine }) => {
          const exported = {
            file: 'CRM Integration Record.csv',
            table: columnsOf(
              ['CRM ID', 'Integration ID', 'Table ID'],
              ['1', '2', '3'].map((no) => [`d${no}`, `c${no}`, '0']),
            ),
          };
          const customers = {
            file: 'Customer.csv',
            table: columnsOf(['SystemId'], [['c1'], ['c2']]),
          };
          const { couplings, lost } = importedCouplings([exported], listedMappings(engine.store), [
            customers,
          ]);
          deepEqual(
            couplings.map(({ mapping, record }) => `${mapping} ${record}`),
            ['CUSTOMER c1', 'CUSTOMER c2'],
          );
          equal(lost, 1);
        },
      },
    ],
  },
  {
    id: 'J10',
    title: 'what the dialog proposes',
    steps: [
      { add: 'bc:B' },
      { add: 'dv:C' },
      {
        check: 'uncoupled, coupled, a row of Dataverse',
        holds: ({ engine, idOf }) => {
          const proposed = (integrationId: string, crmId = '') =>
            couplingDialog(engine, { mapping: 'CUSTOMER', integrationId, crmId }).actions[0];
          equal(proposed(idOf('bc:B')), 'ToIntegrationTable');
          equal(proposed(idOf('bc:A')), 'DoNotSynchronize');
          equal(proposed('', idOf('dv:C')), 'FromIntegrationTable');
        },
      },
      {
        mapping: true,
        set: {
          direction: 'FromIntegrationTable',
          fields: [{ field: 'Name', integrationField: 'name', direction: 'FromIntegrationTable' }],
        },
      },
      {
        check: 'a mapping of one way',
        holds: ({ engine, idOf }) => {
          const coupling = { mapping: 'CUSTOMER', integrationId: idOf('bc:B'), crmId: '' };
          const { actions, createNew } = couplingDialog(engine, coupling);
          deepEqual(
            [actions, createNew],
            [['FromIntegrationTable', 'DoNotSynchronize'], undefined],
          );
        },
      },
    ],
  },
  {
    id: 'J11',
    title: 'Create New sends the record, whatever was proposed',
    steps: [
      { edit: 'bc:A', values: { Name: 'Anew' } },
      {
        check: 'a new row, and the old one is left',
        holds: ({ engine, idOf }) => {
          const coupling = {
            mapping: 'CUSTOMER',
            integrationId: idOf('bc:A'),
            crmId: idOf('dv:A'),
          };
          equal(couplingDialog(engine, coupling).createNew, 'ToIntegrationTable');
          const { jobs } = setUpCoupling(engine, { coupling, partner: undefined });
          deepEqual(jobs.map(countersOf), [{ Unc: 1, M: 1 }, { I: 1 }]);
        },
      },
      { couplings: { 'dv:A': null, 'bc:A': {} }, count: { 'dv:account': 2 } },
    ],
  },
  {
    id: 'J12',
    title: 'an incomplete name is completed',
    steps: [
      ...['CCCC', 'CC', 'X'].map((name): Step => ({ add: `dv:${name}`, values: { name } })),
      {
        check: 'to the shortest',
        holds: ({ engine, idOf }) => {
          equal(rowNamed(engine, accounts(engine), 'C'), idOf('dv:CC'));
          equal(rowNamed(engine, accounts(engine), 'cccc'), idOf('dv:CCCC'));
          equal(
            rowNamed(engine, accounts(engine), `{${idOf('dv:X').toUpperCase()}}`),
            idOf('dv:X'),
          );
        },
      },
    ],
  },
  {
    id: 'J12',
    title: 'a name that several rows have is none',
    steps: [
      { add: 'dv:C1', values: { name: 'C' } },
      { add: 'dv:C2', values: { name: 'c' } },
      {
        check: 'refused',
        holds: ({ engine }) =>
          refuses('nameAmbiguous', () => rowNamed(engine, accounts(engine), 'C')),
      },
    ],
  },
  {
    id: 'J13',
    title: 'an unknown name is refused',
    steps: [
      {
        check: 'refused',
        holds: ({ engine }) => {
          for (const name of ['nobody', '', "'"]) {
            refuses('nameNotFound', () => rowNamed(engine, accounts(engine), name));
          }
        },
      },
    ],
  },
  {
    id: 'J14',
    title: 'a currency without an exchange rate is not created',
    steps: [
      {
        rules: 'dv:transactioncurrency',
        are: [{ on: 'insert', error: 'Exchange Rate must have a value' }],
      },
      { add: 'bc:Currency/E', values: { Code: 'EUR' } },
      {
        run: 'CURRENCY',
        only: 'to',
        rows: ['bc:Currency/E'],
        override: true,
        to: { F: 1 },
        errors: ['modifyingFailed'],
      },
      { couplings: { 'bc:Currency/E': null }, count: { 'dv:transactioncurrency': 0 } },
    ],
  },
  {
    id: 'J15',
    title: 'a contact, then the customer whose contact it is',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            { field: 'Contact', integrationField: 'primarycontactid', direction: 'Bidirectional' },
          ],
        },
      },
      { add: 'bc:Contact/K', values: { Name: 'K' }, id: 'k-record' },
      { add: 'bc:B', values: { Name: 'B', Contact: 'k-record' } },
      { run: 'CONTACT', only: 'to', rows: ['bc:Contact/K'], override: true, to: { I: 1 } },
      { ...to, rows: ['bc:B'], override: true, to: { I: 1 } },
      {
        check: 'the new contact',
        holds: ({ engine, idOf }) =>
          equal(
            engine.sides.Dataverse.readById('account', idOf('dv:B'))?.values['primarycontactid'],
            idOf('dv:contact/K'),
          ),
      },
    ],
  },
  {
    id: 'J16',
    title: 'a row whose lookup is uncoupled is not created',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            { field: 'Contact', integrationField: 'primarycontactid', direction: 'Bidirectional' },
          ],
        },
      },
      { add: 'dv:contact/K', values: { fullname: 'K' }, id: 'k-row' },
      { add: 'dv:B', values: { name: 'B', primarycontactid: 'k-row' } },
      {
        ...from,
        rows: ['dv:B'],
        override: true,
        from: { F: 1 },
        errors: ['transferFailed'],
        lines: ['17'],
      },
      { couplings: { 'dv:B': null }, count: { 'bc:Customer': 1 } },
    ],
  },
  {
    id: 'J17',
    title: 'an uncoupled parent may be left blank',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            {
              field: 'Contact',
              integrationField: 'primarycontactid',
              direction: 'Bidirectional',
              clearValueOnFailedSync: true,
            },
          ],
        },
      },
      { add: 'dv:contact/K', values: { fullname: 'K' }, id: 'k-row' },
      { add: 'dv:B', values: { name: 'B', primarycontactid: 'k-row' } },
      { ...from, rows: ['dv:B'], override: true, from: { I: 1 } },
      { rows: { 'bc:B': { Name: 'B', Contact: '' } }, count: { 'bc:Contact': 0 } },
    ],
  },
  {
    id: 'J18',
    title: 'a coupled record outside of the filter is ignored',
    steps: [
      { mapping: true, set: { tableFilter: 'WHERE(Country=CONST(PERSON))' } },
      { edit: 'bc:A', values: { Country: 'COMPANY', 'Fax No.': '2' } },
      { ...to, to: {} },
    ],
  },
  {
    id: 'J19',
    title: 'an uncoupled record with an uncoupled parent is skipped',
    steps: [
      { add: 'bc:B', values: { Name: 'B' } },
      { ...to, rows: ['bc:B'], to: { S: 1 } },
    ],
  },
  {
    id: 'J20',
    title: 'a lookup to a record outside of its filter fails and creates nothing',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            { field: 'Contact', integrationField: 'primarycontactid', direction: 'Bidirectional' },
          ],
        },
      },
      { mapping: 'CONTACT', set: { tableFilter: 'WHERE(Name=CONST(other))' } },
      { add: 'bc:Contact/K', values: { Name: 'K' }, id: 'k-record' },
      { add: 'bc:B', values: { Name: 'B', Contact: 'k-record' } },
      { ...to, rows: ['bc:B'], override: true, to: { F: 1 }, errors: ['transferFailed'] },
      { couplings: { 'bc:Contact/K': null }, count: { 'dv:contact': 0 } },
    ],
  },
];

const by = (more: Partial<IntegrationTableMapping> = {}, caseSensitiveMatching = false): Step => ({
  mapping: true,
  set: {
    fields: [
      { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
      {
        field: 'Fax No.',
        integrationField: 'fax',
        direction: 'Bidirectional',
        useForMatchBasedCoupling: true,
        caseSensitiveMatching,
      },
    ],
    ...more,
  },
});
const match = (
  job: ExpectedCounters,
  ids?: readonly string[],
  synchronised: readonly ExpectedCounters[] = [],
): Step => ({
  check: 'the jobs',
  holds: ({ engine, idOf }) => {
    const result = finish(
      coupleByMatch(engine, {
        mapping: 'CUSTOMER',
        ...(ids === undefined ? {} : { ids: ids.map(idOf) }),
      }),
    );
    equal(result.job.type, 'Coupling');
    deepEqual(countersOf(result.job), job);
    deepEqual(result.synchronisation.map(countersOf), synchronised);
  },
});
const candidate = (name: string, fax: string, accountFax = fax): readonly Step[] => [
  { add: `bc:${name}`, values: { Name: name, 'Fax No.': fax } },
  { add: `dv:${name}`, values: { name: `other ${name}`, fax: accountFax } },
];
const five = ['B', 'C', 'D', 'E', 'F'];

export const sectionK: readonly Scenario[] = [
  {
    id: 'K01',
    title: 'five records find their partners, and Business Central wins',
    steps: [
      by({
        synchAfterBulkCoupling: true,
        updateConflictResolution: 'Send data update to integration table',
      }),
      ...five.flatMap((name, index) => candidate(name, `10${index}`)),
      match({ Cpl: 5 }, undefined, [{ M: 5 }]),
      {
        couplings: { 'bc:A': {}, 'bc:F': { crmResult: 'Success' } },
        rows: { 'dv:B': { name: 'B' } },
      },
    ],
  },
  {
    id: 'K02',
    title: 'one of several is selected',
    steps: [
      by({ synchAfterBulkCoupling: true }),
      ...five.flatMap((name, index) => candidate(name, `10${index}`)),
      match({ Cpl: 1 }, ['bc:C'], [{ M: 1 }]),
      { couplings: { 'bc:B': null, 'bc:C': {} }, rows: { 'dv:C': { name: 'C' } } },
    ],
  },
  {
    id: 'K03',
    title: 'two of five match: one error line for the rest',
    steps: [
      by(),
      ...five.flatMap((name, index) =>
        candidate(name, `10${index}`, index < 2 ? `10${index}` : `x${index}`),
      ),
      match({ Cpl: 2, F: 3 }),
      {
        check: 'the line',
        holds: ({ engine }) => {
          const errors = errorsOf(engine.store, engine.tables());
          deepEqual(
            errors.map(({ message }) => [message.code, message.args?.['count']]),
            [['noMatch', 3]],
          );
        },
      },
    ],
  },
  {
    id: 'K05',
    title: 'the page of criteria is cancelled',
    steps: [by(), ...candidate('B', '7'), { couplings: { 'bc:B': null }, jobs: 2 }],
  },
  {
    id: 'K06',
    title: 'coupled and not synchronised',
    steps: [
      by(),
      ...candidate('B', '7'),
      match({ Cpl: 1 }),
      { rows: { 'dv:B': { name: 'other B' } } },
    ],
  },
  {
    id: 'K07',
    title: 'no criteria',
    steps: [
      {
        check: 'refused',
        holds: ({ engine }) =>
          throws(
            () => finish(coupleByMatch(engine, { mapping: 'CUSTOMER' })),
            (error) => error instanceof EngineRefusal && error.reason.code === 'noMatchCriteria',
          ),
      },
    ],
  },
  {
    id: 'K09',
    title: 'criteria of one priority must all agree',
    steps: [
      {
        mapping: true,
        set: {
          fields: [
            {
              field: 'Name',
              integrationField: 'name',
              direction: 'Bidirectional',
              useForMatchBasedCoupling: true,
            },
            {
              field: 'Fax No.',
              integrationField: 'fax',
              direction: 'Bidirectional',
              useForMatchBasedCoupling: true,
            },
            {
              field: 'Home Page',
              integrationField: 'websiteurl',
              direction: 'Bidirectional',
              useForMatchBasedCoupling: true,
              matchPriority: 1,
            },
          ],
        },
      },
      { add: 'bc:B', values: { Name: 'B', 'Fax No.': '7' } },
      { add: 'dv:B', values: { name: 'B', fax: '8' } },
      { add: 'bc:C', values: { Name: 'C', 'Fax No.': '9' } },
      { add: 'dv:C', values: { name: 'C', fax: '9' } },
      { add: 'bc:D', values: { Name: 'D', 'Home Page': 'w' } },
      { add: 'dv:D', values: { name: 'E', websiteurl: 'w' } },
      match({ Cpl: 2, F: 1 }),
      { couplings: { 'bc:B': null, 'bc:C': {}, 'bc:D': {} } },
    ],
  },
  {
    id: 'K10',
    title: 'a match that is coupled elsewhere, and two matches',
    steps: [
      by(),
      { add: 'bc:B', values: { Name: 'B', 'Fax No.': '1' } },
      { add: 'bc:C', values: { Name: 'C', 'Fax No.': '5' } },
      { add: 'dv:C1', values: { name: 'C', fax: '5' } },
      { add: 'dv:C2', values: { name: 'C', fax: '5' } },
      match({ F: 2 }),
    ],
  },
  {
    id: 'K12',
    title: 'upper and lower case',
    steps: [by(), ...candidate('B', 'AbC', 'aBc'), match({ Cpl: 1 })],
  },
  {
    id: 'K12',
    title: 'upper and lower case where they count',
    steps: [by({}, true), ...candidate('B', 'AbC', 'aBc'), match({ F: 1 })],
  },
  {
    id: 'K13',
    title: 'what finds no partner is created',
    steps: [
      by({ createNewInCaseOfNoMatch: true }),
      { add: 'bc:B', values: { Name: 'B', 'Fax No.': '7' } },
      match({}, undefined, [{ I: 1 }]),
      { rows: { 'dv:B': { name: 'B' } } },
    ],
  },
];

const uncoupling = (
  expected: ExpectedCounters | undefined,
  mapping = 'CUSTOMER',
  ids?: readonly string[],
): Step => ({
  check: `Delete Couplings, ${mapping}`,
  holds: ({ engine, idOf }) => {
    const { job } = finish(
      uncouple(engine, { mapping, ...(ids === undefined ? {} : { ids: ids.map(idOf) }) }),
    );
    deepEqual(job && countersOf(job), expected);
    if (job !== undefined) equal(job.type, 'Uncoupling');
  },
});

export const sectionL: readonly Scenario[] = [
  {
    id: 'L01',
    title: 'all couplings of a mapping, and rows that are stuck in the company',
    steps: [
      { edit: 'dv:A', values: { companyid: 'company' } },
      ...pair('B'),
      ...pair('C'),
      { add: 'dv:S', values: { name: 'stuck', companyid: 'company' } },
      uncoupling({ Unc: 3, M: 4 }),
      {
        couplings: { 'bc:A': null, 'bc:B': null },
        rows: { 'dv:A': { companyid: null }, 'dv:S': { companyid: null } },
      },
    ],
  },
  {
    id: 'L02',
    title: 'a mapping without a company column leaves no job',
    steps: [
      { add: 'bc:Contact/K', values: { Name: 'K' } },
      { add: 'dv:contact/K', values: { fullname: 'K' } },
      { couple: 'K', mapping: 'CONTACT' },
      uncoupling(undefined, 'CONTACT'),
      { couplings: { 'bc:Contact/K': null }, jobs: 2 },
    ],
  },
  {
    id: 'L03',
    title: 'several mappings, some in the background',
    steps: [
      { add: 'bc:Contact/K', values: { Name: 'K' } },
      { add: 'dv:contact/K', values: { fullname: 'K' } },
      { couple: 'K', mapping: 'CONTACT' },
      { add: 'bc:Currency/E', values: { Code: 'EUR' } },
      { add: 'dv:transactioncurrency/E', values: { isocurrencycode: 'EUR' } },
      { couple: 'E', mapping: 'CURRENCY' },
      uncoupling({ Unc: 1, M: 1 }, 'CUSTOMER'),
      uncoupling(undefined, 'CONTACT'),
      { couplings: { 'bc:A': null, 'bc:Contact/K': null, 'bc:Currency/E': {} } },
    ],
  },
  {
    id: 'L04',
    title: 'one of three rows',
    steps: [
      ...pair('B'),
      ...pair('C'),
      uncoupling({ Unc: 1, M: 1 }, 'CUSTOMER', ['bc:B']),
      { couplings: { 'bc:A': {}, 'bc:B': null, 'bc:C': {} } },
    ],
  },
  {
    id: 'L06',
    title: 'two of three rows',
    steps: [
      ...pair('B'),
      ...pair('C'),
      uncoupling({ Unc: 2, M: 2 }, 'CUSTOMER', ['bc:A', 'bc:B']),
      { couplings: { 'bc:C': {} } },
    ],
  },
  {
    id: 'L07',
    title: 'by the row of Dataverse that an error line names',
    steps: [
      ...pair('B'),
      uncoupling({ Unc: 1, M: 1 }, 'CUSTOMER', ['dv:B']),
      { couplings: { 'bc:A': {}, 'bc:B': null } },
    ],
  },
  {
    id: 'L08',
    title: 'a row without a coupling',
    steps: [
      { add: 'bc:B' },
      uncoupling({ S: 1 }, 'CUSTOMER', ['bc:B']),
      { couplings: { 'bc:A': {} } },
    ],
  },
  {
    id: 'L10',
    title: 'uncoupled, and synchronised again',
    steps: [
      uncoupling({ Unc: 1, M: 1 }, 'CUSTOMER', ['bc:A']),
      { edit: 'bc:A', values: { 'Fax No.': '2' } },
      { run: true, only: 'to', to: {} },
      {
        check: 'no warning',
        holds: ({ engine }) => equal(uncoupleWarning(engine, 'CUSTOMER'), undefined),
      },
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      {
        check: 'a warning',
        holds: ({ engine }) => equal(uncoupleWarning(engine, 'CUSTOMER')?.code, 'mayRecreate'),
      },
      { edit: 'bc:A', values: { 'Fax No.': '3' } },
      { run: true, only: 'to', to: { I: 1 } },
      { count: { 'dv:account': 2 } },
    ],
  },
  {
    id: 'L11',
    title: 'both records are gone',
    steps: [
      { delete: 'bc:A' },
      { delete: 'dv:A' },
      uncoupling(undefined, 'CUSTOMER', ['bc:A']),
      { couplings: { 'bc:A': null }, jobs: 2 },
    ],
  },
  {
    id: 'L12',
    title: 'interrupted and resumed',
    steps: [
      ...pair('B'),
      ...pair('C'),
      {
        check: 'two jobs do the work of one',
        holds: ({ engine }) => {
          uncouple(engine, { mapping: 'CUSTOMER' }).next();
          finish(uncouple(engine, { mapping: 'CUSTOMER' }));
          const jobs = jobsOf(engine.store, 'CUSTOMER').filter(({ type }) => type === 'Uncoupling');
          deepEqual(
            jobs.map(({ finishedAt, counters }) => [finishedAt === undefined, counters.uncoupled]),
            [
              [false, 2],
              [true, 1],
            ],
          );
        },
      },
      { couplings: { 'bc:A': null, 'bc:B': null, 'bc:C': null } },
    ],
  },
];
