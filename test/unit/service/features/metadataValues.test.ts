import { deepEqual, ok } from 'node:assert/strict';
import { analyse } from '../../../../src/service/analysis.ts';
import {
  valuesOfColumn,
  valuesOfField,
  fieldInfoOf,
  type ValuePair,
} from '../../../../src/service/features/fieldInfo.ts';
import { SOLUTION_URI, solutionXml } from '../../../kit/dataverse.ts';
import { ENTITY_URI, entityXml, mappedField, workspaceWith } from '../../../kit/metadata.ts';
import { enumXml, tableFieldXml, tableWith } from '../../../kit/types.ts';

const workspace = workspaceWith({
  [ENTITY_URI]: entityXml({
    label: 'Projects',
    fields: [mappedField('Status', 'T'), mappedField('Name', 'T')],
    root: { name: 'T' },
  }),
  'file:///m/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Status', 'Enum', '<EnumType>Status</EnumType>'),
    tableFieldXml('Name', 'String'),
  ]),
  'file:///m/AxEnum/Status.xml': enumXml('Status', ['Created', 'InProcess']),
  [SOLUTION_URI]: solutionXml,
});

const map = JSON.stringify({
  legs: [
    {
      sourceSchema: 'Projects',
      sourceFilter: '(Status == "Created")',
      destinationSchema: 'accounts',
      reversedSourceFilter: 'statecode eq 0',
      fieldMappings: [
        {
          syncDirection: 3,
          sourceField: 'STATUS',
          destinationField: 'statecode',
          valueTransforms: [{ transformType: 'ValueMap', valueMap: { created: '0' } }],
        },
      ],
    },
  ],
});

const short = (values: readonly ValuePair[]): readonly string[] =>
  values.map(({ element, value }) => `${element}=${value ?? ''}`);

describe('the values of a field', () => {
  const { filters } = analyse({ uri: 'file:///w/map.json', text: map }, workspace);

  it('are those of the map and the other elements of its enum', () => {
    const [filter] = filters;
    ok(filter);
    const valuesIn = (name: string): readonly string[] => {
      const info = fieldInfoOf(name, filter, workspace);
      return info === undefined ? [] : short(valuesOfField(info, workspace));
    };
    deepEqual(valuesIn('status'), ['Created=0', 'InProcess=']);
    deepEqual(valuesIn('name'), []);
  });

  it('are those of the map and the other options of its column', () => {
    const filter = filters[1];
    ok(filter);
    deepEqual(short(valuesOfColumn('statecode', filter, workspace)), ['Created=0', 'Inactive=1']);
    deepEqual(short(valuesOfColumn('new_kind', filter, workspace)), ['One=100']);
    deepEqual(short(valuesOfColumn('nothing', filter, workspace)), []);
  });
});
