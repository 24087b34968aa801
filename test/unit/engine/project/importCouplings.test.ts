import { deepEqual, equal } from 'node:assert/strict';
import type { ExportedTable } from '../../../../src/engine/project/exportedTable.ts';
import { importedCouplings } from '../../../../src/engine/project/importCouplings.ts';
import { tableOf } from '../../../kit/tables.ts';

const CUSTOMER = { name: 'CUSTOMER', table: 'Customer', integrationTable: 'account' };
const VENDOR = { name: 'VENDOR', table: 'Vendor', integrationTable: 'account' };
const CONTACT = { name: 'CONTACT', table: 'Contact', integrationTable: 'contact' };
const LEAD = { name: 'LEAD', table: 'Contact', integrationTable: 'lead' };

const rowsOf = (name: string, ...ids: readonly string[]): ExportedTable => ({
  file: `rows/${name}.csv`,
  table: tableOf(
    [name === name.toLowerCase() ? `${name}id` : 'SystemId'],
    ids.map((id) => [`{${id.toUpperCase()}}`]),
  ),
});

const rows = [
  rowsOf('Customer', 'c1'),
  rowsOf('Vendor', 'v1'),
  rowsOf('Contact', 'k1', 'k2'),
  rowsOf('account', 'a1', 'a2'),
  rowsOf('contact', 'p1'),
  rowsOf('lead', 'p2'),
];

describe('exported couplings', () => {
  const all = [CUSTOMER, VENDOR, CONTACT];
  for (const { title, mappings, table, record, partner, known, expected } of [
    {
      title: 'the name of the table',
      mappings: all,
      table: 'vendor',
      record: 'x',
      partner: 'y',
      known: rows,
      expected: 'VENDOR',
    },
    {
      title: 'a number that names no table, and the record',
      mappings: all,
      table: '23',
      record: 'v1',
      partner: 'a1',
      known: rows,
      expected: 'VENDOR',
    },
    {
      title: 'Table ID 0, and the record',
      mappings: all,
      table: '0',
      record: 'k1',
      partner: 'p9',
      known: rows,
      expected: 'CONTACT',
    },
    {
      title: 'Table ID 0, and the row of Dataverse alone',
      mappings: all,
      table: '0',
      record: 'x',
      partner: 'p1',
      known: rows,
      expected: 'CONTACT',
    },
    {
      title: 'a row of Dataverse that two tables could have',
      mappings: all,
      table: '0',
      record: 'x',
      partner: 'a1',
      known: rows,
      expected: undefined,
    },
    {
      title: 'neither record',
      mappings: all,
      table: '0',
      record: 'x',
      partner: 'y',
      known: rows,
      expected: undefined,
    },
    {
      title: 'the table of another mapping',
      mappings: [CUSTOMER],
      table: 'Vendor',
      record: 'x',
      partner: 'y',
      known: [],
      expected: undefined,
    },
    {
      title: 'one mapping, and no rows that would tell otherwise',
      mappings: [CUSTOMER],
      table: '18',
      record: 'x',
      partner: 'y',
      known: [],
      expected: 'CUSTOMER',
    },
    {
      title: 'one mapping, and rows that tell otherwise',
      mappings: [CUSTOMER],
      table: '23',
      record: 'v1',
      partner: 'y',
      known: rows,
      expected: undefined,
    },
    {
      title: 'two mappings of a table, and the row of one',
      mappings: [CONTACT, LEAD],
      table: 'Contact',
      record: 'k2',
      partner: 'p2',
      known: rows,
      expected: 'LEAD',
    },
    {
      title: 'two mappings of a table, and the row of none',
      mappings: [CONTACT, LEAD],
      table: 'Contact',
      record: 'k2',
      partner: 'y',
      known: rows,
      expected: 'CONTACT',
    },
  ]) {
    it(`belong to ${expected ?? 'no mapping'}: ${title}`, () => {
      const exported = {
        file: 'couplings.csv',
        table: tableOf(['CRM ID', 'Integration ID', 'Table ID'], [[partner, record, table]]),
      };
      const { couplings, lost } = importedCouplings([exported], mappings, known);
      deepEqual(
        couplings,
        expected === undefined ? [] : [{ mapping: expected, record, integrationRecord: partner }],
      );
      equal(lost, expected === undefined ? 1 : 0);
    });
  }
});
