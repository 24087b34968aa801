import {
  BOTH,
  checkRows,
  lookup,
  mapped,
  METADATA,
  project,
  PROJECT_URI,
  type Row,
  SOLUTION,
  TABLE,
} from '../../kit/mapMetadata.ts';
import { SOLUTION_URI } from '../../kit/dataverse.ts';

const rows: readonly Row[] = [
  { id: 'a lookup with its column', mappings: [mapped(3, 'A', 'a.code', lookup('as'))] },
  {
    id: 'a lookup of several tables',
    mappings: [mapped(3, 'A', 'a.Account(x).Contact(y)', lookup('Customer'))],
  },
  { id: 'a self lookup that names no table', mappings: [mapped(3, 'A', 'parent.code')] },
  {
    id: 'a lookup without its column',
    mappings: [mapped(3, 'A', 'currencyid', lookup('currencies'))],
    found: ['lookup-without-column currencyid'],
  },
  {
    id: 'a lookup whose column is empty',
    mappings: [mapped(3, 'A', 'currencyid.', lookup('currencies'))],
    found: ['lookup-without-column.broken currencyid.'],
  },
  {
    id: 'a lookup that metadata alone knows, without it',
    mappings: [mapped(3, 'A', 'msdyn_parent')],
  },
  {
    id: 'a lookup that metadata alone knows',
    metadata: METADATA,
    mappings: [BOTH, mapped(3, 'A', 'msdyn_parent')],
    found: ['lookup-without-column msdyn_parent', 'no-round-trip.upper CODE < text-case'],
  },
  {
    id: 'a lookup by a key',
    metadata: { [SOLUTION_URI]: SOLUTION },
    mappings: [mapped(3, 'A', 'msdyn_parent.msdyn_code', lookup('msdyn_projects'))],
  },
  {
    id: 'a lookup by the primary key',
    metadata: { [SOLUTION_URI]: SOLUTION },
    mappings: [mapped(3, 'A', 'msdyn_parent.msdyn_projectid', lookup('msdyn_projects'))],
  },
  {
    id: 'a lookup by no key',
    metadata: { [SOLUTION_URI]: SOLUTION },
    mappings: [mapped(3, 'A', 'msdyn_parent.msdyn_name', lookup('msdyn_projects'))],
    found: ['lookup-key msdyn_parent.msdyn_name'],
  },
  {
    id: 'a lookup into a table whose keys are not known',
    metadata: { [SOLUTION_URI]: SOLUTION.replace(/<EntityKeys>[^]*<\/EntityKeys>/u, '') },
    mappings: [mapped(3, 'A', 'msdyn_parent.msdyn_name', lookup('msdyn_projects'))],
  },

  {
    id: 'a key both ways, by two mappings',
    metadata: { [PROJECT_URI]: project('CODE', 'DATAAREAID') },
    mappings: [mapped(1, 'CODE', 'a'), mapped(2, 'Code', 'b')],
  },
  {
    id: 'an integration key one way',
    metadata: { [PROJECT_URI]: project('CODE') },
    mappings: [mapped(1, 'CODE', 'a'), mapped(3, 'NAME', 'b')],
    found: ['one-way-key.integration CODE'],
  },
  {
    id: 'an integration key that is not mapped',
    metadata: { [PROJECT_URI]: project('CODE', 'LINE') },
    mappings: [mapped(3, 'CODE', 'a')],
    found: ['one-way-key.unmapped Projects'],
  },
  {
    id: 'a map that goes one way',
    metadata: { [PROJECT_URI]: project('CODE', 'LINE') },
    mappings: [mapped(1, 'CODE', 'a')],
  },
  {
    id: 'the key of an entity one way',
    metadata: METADATA,
    mappings: [mapped(1, 'CODE', 'x'), mapped(3, 'NAME', 'y')],
    found: ['one-way-key.entity CODE < key-field'],
  },
  {
    id: 'the key of an entity that is not mapped, as another may have been chosen',
    metadata: METADATA,
    mappings: [mapped(3, 'NAME', 'y')],
  },
  {
    id: 'a key in a filter that can be changed',
    metadata: {
      ...METADATA,
      'file:///m/Model/AxTable/T.xml': TABLE.replace('<AllowEdit>No</AllowEdit>', ''),
    },
    mappings: [mapped(1, 'CODE', 'x')],
    filter: '(Code == "A")',
    found: ['key-in-filter Code < key-field'],
  },
  {
    id: 'a key in a filter that can not be changed',
    metadata: METADATA,
    mappings: [mapped(1, 'CODE', 'x')],
    filter: '(Code == "A")',
  },
];

describe('lookups and keys of a map', () => {
  checkRows(rows);
});
