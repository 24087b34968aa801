import { deepEqual } from 'node:assert/strict';
import { labelTexts, readLabels } from '../../../src/metadata/labels.ts';
import { resolveEntity } from '../../../src/metadata/resolve.ts';
import { entityXml, metadataIn } from '../../kit/metadata.ts';

const entity = (name: string, label: string): string =>
  entityXml({ name, label, fields: [], root: { name: 'R' } });

const metadata = metadataIn({
  'file:///m/AxDataEntityView/ProjectEntity.xml': entity('ProjectEntity', '@Proj:Projects'),
  'file:///m/AxDataEntityView/CustEntity.xml': entity('CustEntity', 'Customers V3'),
  'file:///m/AxDataEntityView/OldEntity.xml': entity('OldEntity', '@SYS123'),
  'file:///m/AxDataEntityView/TwinA.xml': entity('TwinA', 'Twins'),
  'file:///m/AxDataEntityView/TwinB.xml': entity('TwinB', '@Proj:Twins'),
  'file:///m/AxDataEntityView/Lost.xml': entity('Lost', '@Gone:Label'),
  'file:///m/AxDataEntityView/Bare.xml': entity('Bare', ''),
  'file:///m/L/en-US/Proj.en-US.label.txt':
    '\uFEFFProjects=Projects\r\n ;Data entity\r\nTwins=Twins\r\n',
  'file:///m/L/cs/Proj.cs.label.txt': 'Projects=Projekty\n',
  'file:///m/L/fr/Proj.fr.label.txt': 'Projects=Projets\n',
  'file:///m/L/en-US/SYS.en-US.label.txt': '@SYS123=Old things\n',
  'file:///m/L/en-US/Other.en-US.label.txt': 'Projects=Something else\n',
});

const cases = [
  { id: 'label as a literal', label: 'Customers V3', found: 'CustEntity' },
  { id: 'no regard to case', label: 'customers v3', found: 'CustEntity' },
  { id: 'label of a file', label: 'Projects', found: 'ProjectEntity' },
  { id: 'label in Czech', label: 'Projekty', found: 'ProjectEntity' },
  { id: 'label in French', label: 'Projets', found: 'ProjectEntity' },
  { id: 'label of the old kind', label: 'Old things', found: 'OldEntity' },
  { id: 'label of another file', label: 'Something else', found: 'unknown' },
  { id: 'name of the AOT', label: 'ProjectEntity', found: 'ProjectEntity' },
  { id: 'name the map carries', label: 'X', names: ['CUSTENTITY'], found: 'CustEntity' },
  {
    id: 'assigned',
    label: 'My customers',
    assigned: { 'my CUSTOMERS': 'custentity' },
    found: 'CustEntity',
  },
  {
    id: 'assignment comes before the label',
    label: 'Customers V3',
    assigned: { 'Customers V3': 'ProjectEntity' },
    found: 'ProjectEntity',
  },
  {
    id: 'assigned to nothing known',
    label: 'Customers V3',
    assigned: { 'Customers V3': 'Nope' },
    found: 'CustEntity',
  },
  {
    id: 'assignment settles what is ambiguous',
    label: 'Twins',
    assigned: { Twins: 'TwinB' },
    found: 'TwinB',
  },
  { id: 'ambiguous', label: 'Twins', found: 'ambiguous TwinA, TwinB' },
  { id: 'alike is no evidence', label: 'Customers V2', found: 'unknown' },
  { id: 'no label', label: '', found: 'unknown' },
] as const;

describe('the entity of a map', () => {
  for (const { id, label, found, ...rest } of cases) {
    it(`is ${found}: ${id}`, () => {
      const resolution = resolveEntity(
        { sourceSchema: label, sourceEntityNames: 'names' in rest ? rest.names : [] },
        metadata,
        'assigned' in rest ? rest.assigned : {},
      );
      const told =
        resolution.kind === 'found'
          ? resolution.entity.name
          : resolution.kind === 'ambiguous'
            ? `ambiguous ${resolution.names.join(', ')}`
            : 'unknown';
      deepEqual(told, found);
    });
  }
});

describe('label files', () => {
  it('give texts by id, comments and blank lines aside', () => {
    const { id, texts } = readLabels(
      'file:///m/My%20Labels.en-US.label.txt',
      '\uFEFFOne=First\n ;comment = none\n\nTwo=a=b\r\n;x=y\nThree=\n',
    );
    deepEqual(
      [id, [...texts]],
      [
        'My Labels',
        [
          ['one', 'First'],
          ['two', 'a=b'],
          ['three', ''],
        ],
      ],
    );
  });

  const labels = [
    { label: 'A text', texts: ['A text'] },
    { label: '', texts: [] },
    { label: '@Proj:Projects', texts: ['Projects', 'Projekty'] },
    { label: '@PROJ:projects', texts: ['Projects', 'Projekty'] },
    { label: '@Proj:Nope', texts: [] },
    { label: '@Nope:Projects', texts: [] },
    { label: '@', texts: [] },
  ];
  for (const { label, texts } of labels) {
    it(`say what a label says: ${label === '' ? 'none' : label}`, () => {
      const files = [
        readLabels('file:///Proj.en-US.label.txt', 'Projects=Projects'),
        readLabels('file:///Proj.cs.label.txt', 'Projects=Projekty'),
      ];
      deepEqual(labelTexts(label, files), texts);
    });
  }
});
