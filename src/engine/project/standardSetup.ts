import type { IntegrationFieldMapping } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { MappingDirection } from '../model/side.ts';
import type { TableDefinition } from '../model/table.ts';

interface StandardMapping extends Omit<IntegrationTableMapping, 'fields'> {
  readonly fields: readonly (readonly [string, string, MappingDirection])[];
}

const BOTH = 'Bidirectional';
const TO = 'ToIntegrationTable';
const FROM = 'FromIntegrationTable';

const address = [
  ['Name', 'name', BOTH],
  ['Address', 'address1_line1', BOTH],
  ['Address 2', 'address1_line2', BOTH],
  ['Post Code', 'address1_postalcode', BOTH],
  ['City', 'address1_city', BOTH],
  ['Country/Region Code', 'address1_country', BOTH],
  ['E-Mail', 'emailaddress1', BOTH],
  ['Phone No.', 'telephone1', BOTH],
  ['Fax No.', 'fax', BOTH],
  ['Home Page', 'websiteurl', BOTH],
] as const;

const codes = [
  ['Salesperson Code', 'ownerid', BOTH],
  ['Currency Code', 'transactioncurrencyid', BOTH],
] as const;

/**
 * Use Default Synchronization Setup: mappings, directions and filters of the standard setup (`bc-sync.md` 2.14, the
 * standard table mappings of the documentation). Fields that a project does not define are left out.
 */
const setup: readonly StandardMapping[] = [
  {
    name: 'SALESPEOPLE',
    table: 'Salesperson/Purchaser',
    integrationTable: 'systemuser',
    direction: FROM,
    integrationTableFilter: 'WHERE(isdisabled=CONST(No),islicensed=CONST(Yes))',
    fields: [
      ['Name', 'fullname', FROM],
      ['E-Mail', 'internalemailaddress', FROM],
      ['Phone No.', 'mobilephone', FROM],
    ],
  },
  {
    name: 'CURRENCY',
    table: 'Currency',
    integrationTable: 'transactioncurrency',
    direction: TO,
    synchOnlyCoupledRecords: false,
    fields: [
      ['Code', 'isocurrencycode', TO],
      ['Symbol', 'currencysymbol', TO],
      ['Description', 'currencyname', TO],
    ],
  },
  {
    name: 'CUSTOMER',
    table: 'Customer',
    integrationTable: 'account',
    direction: BOTH,
    integrationTableFilter: 'WHERE(customertypecode=CONST(Customer))',
    fields: [['No.', 'accountnumber', TO], ...address, ...codes],
  },
  {
    name: 'VENDOR',
    table: 'Vendor',
    integrationTable: 'account',
    direction: BOTH,
    integrationTableFilter: 'WHERE(customertypecode=CONST(Vendor))',
    fields: [['No.', 'accountnumber', TO], ...address, ...codes],
  },
  {
    name: 'CONTACT',
    table: 'Contact',
    integrationTable: 'contact',
    direction: BOTH,
    tableFilter: 'WHERE(Type=CONST(Person))',
    fields: [
      ['First Name', 'firstname', BOTH],
      ['Surname', 'lastname', BOTH],
      ['Name', 'fullname', TO],
      ['Company No.', 'parentcustomerid', BOTH],
      ...address.slice(1),
    ],
  },
  {
    name: 'PAYMENT TERMS',
    table: 'Payment Terms',
    integrationTable: 'paymenttermscode',
    direction: FROM,
    uidType: 'Option',
    fields: [['Code', 'code', FROM]],
  },
  {
    name: 'SHIPMENT METHOD',
    table: 'Shipment Method',
    integrationTable: 'freighttermscode',
    direction: FROM,
    uidType: 'Option',
    fields: [['Code', 'code', FROM]],
  },
  {
    name: 'SHIPPING AGENT',
    table: 'Shipping Agent',
    integrationTable: 'shippingmethodcode',
    direction: FROM,
    uidType: 'Option',
    fields: [['Code', 'code', FROM]],
  },
  {
    name: 'UNIT OF MEASURE',
    table: 'Unit of Measure',
    integrationTable: 'uomschedule',
    direction: TO,
    synchOnlyCoupledRecords: false,
    fields: [['Code', 'name', TO]],
  },
  {
    name: 'ITEM-PRODUCT',
    table: 'Item',
    integrationTable: 'product',
    direction: BOTH,
    fields: [
      ['No.', 'productnumber', TO],
      ['Description', 'name', BOTH],
      ['Unit Price', 'price', TO],
    ],
  },
  {
    name: 'RESOURCE-PRODUCT',
    table: 'Resource',
    integrationTable: 'product',
    direction: TO,
    fields: [
      ['No.', 'productnumber', TO],
      ['Name', 'name', TO],
    ],
  },
];

export const standardNames: readonly string[] = setup.map(({ name }) => name);

interface SetUpProject {
  readonly useDefaults?: readonly string[];
  readonly mappings?: readonly IntegrationTableMapping[];
  readonly businessCentral: { readonly tables: readonly TableDefinition[] };
  readonly dataverse: { readonly tables: readonly TableDefinition[] };
}

/** The standard mappings that a project asks for, as far as it defines their tables. */
export const standardMappings = (project: SetUpProject): readonly IntegrationTableMapping[] =>
  (project.useDefaults ?? []).flatMap((name) => standardMapping(project, name) ?? []);

/** One of them; undefined where the project lacks a table, or every field of it. */
export function standardMapping(
  { businessCentral, dataverse }: SetUpProject,
  name: string,
): IntegrationTableMapping | undefined {
  const found = setup.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const table = businessCentral.tables.find((each) => each.name === found?.table);
  const other = dataverse.tables.find((each) => each.name === found?.integrationTable);
  if (found === undefined || table === undefined || other === undefined) return undefined;
  const { tableFilter, integrationTableFilter, fields: pairs, ...rest } = found;
  const fields = pairs.flatMap(([field, integrationField, direction]): IntegrationFieldMapping[] =>
    hasField(table, field) && hasField(other, integrationField)
      ? [{ field, integrationField, direction }]
      : [],
  );
  if (fields.length === 0) return undefined;
  return {
    ...rest,
    ...(tableFilter !== undefined && hasAll(table, tableFilter) ? { tableFilter } : {}),
    ...(integrationTableFilter !== undefined && hasAll(other, integrationTableFilter)
      ? { integrationTableFilter }
      : {}),
    fields,
  };
}

const hasField = ({ fields }: TableDefinition, name: string): boolean =>
  fields.some((field) => field.name.toLowerCase() === name.toLowerCase());

/** A filter over a field that the project does not define would stop every run. */
const hasAll = (table: TableDefinition, view: string): boolean =>
  [...view.matchAll(/[(,]([\w ]+)=/gu)].every(([, field = '']) => hasField(table, field));

/** The tables of some standard mappings, each with the fields that take part and those that its filter asks for. */
export function standardTables(
  names: readonly string[],
): Readonly<Record<'businessCentral' | 'dataverse', readonly StandardTable[]>> {
  const businessCentral = new Map<string, Set<string>>();
  const dataverse = new Map<string, Set<string>>();
  const note = (
    tables: Map<string, Set<string>>,
    table: string,
    fields: readonly string[],
  ): void => {
    const known = tables.get(table) ?? new Set();
    for (const field of fields) known.add(field);
    tables.set(table, known);
  };
  const filtered = (view = ''): readonly string[] =>
    [...view.matchAll(/[(,]([\w ]+)=/gu)].map(([, field = '']) => field);
  for (const mapping of setup) {
    if (!names.includes(mapping.name)) continue;
    const { table, integrationTable, tableFilter, integrationTableFilter, fields } = mapping;
    note(businessCentral, table, [...fields.map(([field]) => field), ...filtered(tableFilter)]);
    note(dataverse, integrationTable, [
      ...fields.map(([, field]) => field),
      ...filtered(integrationTableFilter),
    ]);
  }
  const listed = (tables: ReadonlyMap<string, ReadonlySet<string>>): readonly StandardTable[] =>
    [...tables].map(([name, fields]) => ({ name, fields: [...fields] }));
  return { businessCentral: listed(businessCentral), dataverse: listed(dataverse) };
}

interface StandardTable {
  readonly name: string;
  /** The first one is what the product tells its rows apart by. */
  readonly fields: readonly string[];
}
