import type { EngineMode, EngineProject } from '../../../../src/engine/model/project.ts';

/**
 * Two tables that mirror each other: three fields both ways, nothing that one side alone has.
 *
 * @param keyed whether two records of a side may have no name in common.
 */
export const propertyProject = (mode: EngineMode, keyed: boolean): EngineProject => ({
  mode,
  tables: [
    {
      name: 'Customer',
      ...(keyed ? { primaryKey: ['Name'] } : {}),
      fields: [
        { name: 'Name', type: 'text' },
        { name: 'Fax', type: 'text' },
        { name: 'Phone', type: 'text' },
      ],
    },
  ],
  integrationTables: [
    {
      name: 'account',
      ...(keyed ? { primaryKey: ['name'] } : {}),
      fields: [
        { name: 'name', type: 'text' },
        { name: 'fax', type: 'text' },
        { name: 'phone', type: 'text' },
      ],
    },
  ],
  mappings: [
    {
      name: 'CUSTOMER',
      table: 'Customer',
      integrationTable: 'account',
      direction: 'Bidirectional',
      synchOnlyCoupledRecords: false,
      fields: [
        { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
        { field: 'Fax', integrationField: 'fax', direction: 'Bidirectional' },
        { field: 'Phone', integrationField: 'phone', direction: 'Bidirectional' },
      ],
    },
  ],
});

export const tables = { BusinessCentral: 'Customer', Dataverse: 'account' } as const;

export const fields = {
  BusinessCentral: ['Name', 'Fax', 'Phone'],
  Dataverse: ['name', 'fax', 'phone'],
} as const;
