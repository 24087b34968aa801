import { checkRows, fixed, mapped, METADATA, type Row, valueMap } from '../../kit/mapMetadata.ts';

const rows: readonly Row[] = [
  {
    id: 'a default on a mapping of both ways',
    mappings: [mapped(3, 'A', 'a', fixed('x'))],
    found: [`no-round-trip.default ${JSON.stringify(mapped(3, 'A', 'a', fixed('x')))}`],
  },
  {
    id: 'a default one way',
    mappings: [mapped(1, 'A', 'a', fixed('x')), mapped(2, 'B', '', fixed('y'))],
  },
  {
    id: 'upper case one way',
    metadata: METADATA,
    mappings: [mapped(1, 'CODE', 'msdyn_code')],
  },
  {
    id: 'a text that does not fit into Dataverse',
    metadata: METADATA,
    mappings: [mapped(1, 'NAME', 'msdyn_short')],
    found: [
      `no-round-trip.tooLong ${JSON.stringify(mapped(1, 'NAME', 'msdyn_short'))} < column-size, column-size`,
    ],
  },
  {
    id: 'a text that does not fit into Finance and Operations',
    metadata: METADATA,
    mappings: [mapped(2, 'NAME', 'msdyn_name')],
    found: [
      `no-round-trip.tooLong ${JSON.stringify(mapped(2, 'NAME', 'msdyn_name'))} < column-size, column-size`,
    ],
  },
  {
    id: 'a text that fits',
    metadata: METADATA,
    mappings: [mapped(1, 'NAME', 'msdyn_name'), mapped(2, 'NAME', 'msdyn_short')],
  },

  {
    id: 'elements and options that exist',
    metadata: METADATA,
    mappings: [
      mapped(
        1,
        'KIND',
        'msdyn_kind',
        valueMap({ person: '1', organization: '2', '': '1', blank: '2', '0': '1' }),
      ),
    ],
  },
  {
    id: 'an element that the enum lacks',
    metadata: METADATA,
    mappings: [mapped(1, 'KIND', 'msdyn_kind', valueMap({ persn: '1' }))],
    found: ['unknown-value.element "persn":"1" < enum'],
  },
  {
    id: 'an element that an extension may have added',
    metadata: METADATA,
    mappings: [mapped(1, 'OPEN', 'msdyn_kind', valueMap({ c: '1' }))],
  },
  {
    id: 'an option that the column lacks',
    metadata: METADATA,
    mappings: [mapped(1, 'KIND', 'msdyn_kind', valueMap({ person: '3' }))],
    found: ['unknown-value.option "person":"3" < enum'],
  },
  {
    id: 'defaults that nobody knows',
    metadata: METADATA,
    mappings: [mapped(2, 'KIND', '', fixed('Team')), mapped(1, '', 'msdyn_kind', fixed('9'))],
    found: [
      `unknown-value.element ${JSON.stringify(mapped(2, 'KIND', '', fixed('Team')))} < enum`,
      `unknown-value.option ${JSON.stringify(mapped(1, '', 'msdyn_kind', fixed('9')))} < enum`,
    ],
  },
  {
    id: 'yes and no',
    metadata: METADATA,
    mappings: [mapped(1, 'FLAG', 'x', valueMap({ no: 'False', yes: 'True' }))],
  },
];

describe('values that a map sends', () => {
  checkRows(rows);
});
