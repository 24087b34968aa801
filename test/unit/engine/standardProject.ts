import type { EngineMode, EngineProject } from '../../../src/engine/model/project.ts';

/** The standard fixture of `bc-oracle.md`: CUSTOMER, bidirectional, only coupled, no strategies, Fax mapped both ways. */
export const standardProject = (mode: EngineMode): EngineProject => ({
  mode,
  tables: [
    {
      name: 'Customer',
      number: 18,
      primaryKey: ['No.'],
      numberSeries: 'C',
      fields: [
        { name: 'No.', type: 'code', number: 1, length: 20 },
        { name: 'Name', type: 'text', number: 2, length: 100 },
        { name: 'Fax No.', type: 'text', number: 84, length: 30 },
        { name: 'Home Page', type: 'text', number: 90 },
        { name: 'Address', type: 'text', number: 5 },
        { name: 'Location Code', type: 'code', number: 27 },
        { name: 'Country', type: 'code', number: 35 },
        { name: 'Contact', type: 'guid', relation: { table: 'Contact' } },
        {
          name: 'Currency Code',
          type: 'code',
          relation: { table: 'Currency', field: 'Code', blankFor: ['USD'] },
        },
      ],
    },
    { name: 'Contact', number: 5050, fields: [{ name: 'Name', type: 'text' }] },
    {
      name: 'Currency',
      number: 4,
      primaryKey: ['Code'],
      fields: [
        { name: 'Code', type: 'code' },
        { name: 'Symbol', type: 'text' },
        { name: 'Description', type: 'text' },
      ],
    },
  ],
  integrationTables: [
    {
      name: 'account',
      caption: 'Dataverse Account',
      companyField: 'companyid',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'fax', type: 'text' },
        { name: 'websiteurl', type: 'text' },
        { name: 'street', type: 'text' },
        { name: 'country', type: 'text' },
        { name: 'companyid', type: 'guid' },
        { name: 'primarycontactid', type: 'guid', relation: { table: 'contact' } },
        { name: 'transactioncurrencyid', type: 'guid', relation: { table: 'transactioncurrency' } },
      ],
    },
    { name: 'contact', fields: [{ name: 'fullname', type: 'text' }] },
    {
      name: 'transactioncurrency',
      fields: [
        { name: 'isocurrencycode', type: 'text' },
        { name: 'currencysymbol', type: 'text' },
        { name: 'currencyname', type: 'text' },
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
        { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
        { field: 'Fax No.', integrationField: 'fax', direction: 'Bidirectional' },
        { field: 'Home Page', integrationField: 'websiteurl', direction: 'Bidirectional' },
      ],
    },
    {
      name: 'CONTACT',
      table: 'Contact',
      integrationTable: 'contact',
      direction: 'Bidirectional',
      fields: [{ field: 'Name', integrationField: 'fullname', direction: 'Bidirectional' }],
    },
    {
      name: 'CURRENCY',
      table: 'Currency',
      integrationTable: 'transactioncurrency',
      direction: 'ToIntegrationTable',
      fields: [
        { field: 'Code', integrationField: 'isocurrencycode', direction: 'ToIntegrationTable' },
        { field: 'Symbol', integrationField: 'currencysymbol', direction: 'ToIntegrationTable' },
        { field: 'Description', integrationField: 'currencyname', direction: 'ToIntegrationTable' },
      ],
    },
  ],
});
