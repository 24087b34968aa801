import { deepEqual } from 'node:assert/strict';
import {
  filterFileSide,
  holdsRowsOf,
  isMetadataFile,
  isRowFile,
  mayHoldMap,
} from '../../../src/workspace/kinds.ts';

const files = [
  { uri: 'file:///m/AxDataEntityView/E.xml', kinds: ['metadata'] },
  { uri: 'file:///m/axdataentityview/E.XML', kinds: ['metadata'] },
  { uri: 'file:///m/AxDataEntityViewExtension/E.Ours.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxTable/T.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxClass/E_Ours_Extension.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxClass/Other.xml', kinds: ['map'] },
  { uri: 'file:///m/AxDataEntityView/Folder/E.xml', kinds: ['map'] },
  { uri: 'file:///m/LabelResources/en-US/Proj.en-US.label.txt', kinds: ['metadata'] },
  { uri: 'file:///m/map.json', kinds: ['map'] },
  { uri: 'file:///m/customizations.xml', kinds: ['map'] },
  { uri: 'file:///m/rows.CSV', kinds: ['rows'] },
  { uri: 'file:///m/a.xppfilter', kinds: ['fo'] },
  { uri: 'file:///m/a.ODataFilter', kinds: ['dataverse'] },
  { uri: 'file:///m/readme.md', kinds: [] },
] as const;

describe('the kind of a file', () => {
  for (const { uri, kinds } of files) {
    it(`is told by place and name: ${uri}`, () => {
      const side = filterFileSide(uri);
      deepEqual(
        [
          ...(isMetadataFile(uri) ? ['metadata'] : []),
          ...(mayHoldMap(uri) ? ['map'] : []),
          ...(isRowFile(uri) ? ['rows'] : []),
          ...(side === undefined ? [] : [side]),
        ],
        kinds,
      );
    });
  }

  const rows = [
    { uri: 'file:///r/ProjectEntity.csv', names: ['ProjectEntity', 'Projects'], holds: true },
    {
      uri: 'file:///r/customers%20v3.csv',
      names: ['CustCustomerV3Entity', 'Customers V3'],
      holds: true,
    },
    { uri: 'file:///r/CUSTOMERS-V3.csv', names: ['Customers V3'], holds: true },
    { uri: 'file:///r/Project.csv', names: ['ProjectEntity', ''], holds: false },
    { uri: 'file:///r/.csv', names: [''], holds: false },
  ];
  for (const { uri, names, holds } of rows) {
    it(`of rows is told by the name of their entity: ${uri}`, () => {
      deepEqual(holdsRowsOf(uri, names), holds);
    });
  }
});
