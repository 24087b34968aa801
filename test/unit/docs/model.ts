import { csdlText, SOLUTION_URI, CSDL_URI, solutionXml } from '../../kit/dataverse.ts';
import {
  computedField,
  ENTITY_URI,
  entityXml,
  EXTENSION_URI,
  extensionXml,
  mappedField,
  type MetadataTexts,
  virtualField,
} from '../../kit/metadata.ts';
import { enumXml, tableFieldXml, tableWith } from '../../kit/types.ts';

const customers = (field: string): string =>
  entityXml({
    name: 'CustomerEntity',
    label: 'Customers',
    fields: [mappedField(field, 'CustTable')],
    root: { name: 'CustTable' },
  });

/** The metadata that the examples marked `model` speak of: vendors, customers twice, and the accounts of Dataverse. */
export const model: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    name: 'VendorEntity',
    label: 'Vendors',
    fields: [
      mappedField('VendorName', 'VendTable'),
      mappedField('PartyKind', 'VendTable'),
      computedField('FullAddress', 'fullAddress'),
      virtualField('Score'),
    ],
    root: { name: 'VendTable' },
    methods: [
      [
        'fullAddress',
        `public static str fullAddress() { return strFmt('%1 + %2', street, city); }`,
      ],
    ],
  }),
  [EXTENSION_URI]: extensionXml(''),
  'file:///m/Model/AxTable/VendTable.xml': tableWith('VendTable', [
    tableFieldXml('VendorName', 'String'),
    tableFieldXml('PartyKind', 'Enum', '<EnumType>PartyKind</EnumType>'),
  ]),
  'file:///m/Model/AxEnum/PartyKind.xml': enumXml('PartyKind', [
    { name: 'Person', value: 0 },
    { name: 'Organization', value: 1 },
  ]),
  'file:///m/Model/AxDataEntityView/CustomerEntity.xml': customers('Name'),
  'file:///m/Other/AxDataEntityView/CustomerEntity.xml': customers('CustomerName'),
  [CSDL_URI]: csdlText,
  [SOLUTION_URI]: solutionXml,
};
