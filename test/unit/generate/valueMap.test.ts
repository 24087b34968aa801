import { deepEqual, equal } from 'node:assert/strict';
import { camelCase, matchedValues } from '../../../src/generate/valueMap.ts';
import type { DataverseColumn } from '../../../src/metadata/dataverse/model.ts';
import type { EnumType } from '../../../src/metadata/model.ts';
import { check, MAP_URI, only } from '../../kit/check.ts';
import { SOLUTION_URI } from '../../kit/dataverse.ts';
import { afterwards, mappingIn, offered } from '../../kit/generate.ts';
import { mapForms } from '../../kit/maps.ts';
import { ENTITY_URI, entityXml, mappedField } from '../../kit/metadata.ts';

type Pairs = readonly (readonly [string, string])[];

const enumOf = (
  elements: readonly (readonly [name: string, label?: string, value?: number])[],
  isExtensible = false,
): EnumType => ({
  name: 'Kind',
  isExtensible,
  isWhole: true,
  origin: undefined,
  elements: elements.map(([name, label = '', value]) => ({
    name,
    label,
    value,
    origin: undefined,
  })),
});

const columnOf = (
  options: readonly (readonly [value: number, ...labels: readonly string[]])[],
): DataverseColumn => ({
  name: 'new_kind',
  type: 'option',
  nullable: true,
  size: undefined,
  options: options.map(([value, ...labels]) => ({ value, labels })),
  origin: { uri: '', span: { start: 0, end: 0 } },
});
const truth: DataverseColumn = { ...columnOf([]), type: 'boolean', options: undefined };

const mappingWith = (valueTransforms: unknown): string =>
  `{"legs":[{"fieldMappings":[{"syncDirection":3,"sourceField":"F","destinationField":"new_kind"${valueTransforms === undefined ? '' : `,"valueTransforms":${JSON.stringify(valueTransforms)}`}}]}]}`;

const matches: readonly {
  readonly id: string;
  readonly elements: EnumType;
  readonly column: DataverseColumn;
  readonly known?: Readonly<Record<string, string>>;
  readonly pairs: Pairs;
  readonly left?: readonly string[];
  readonly free?: readonly string[];
}[] = [
  {
    id: 'by name, blanks and case aside',
    elements: enumOf([['OpenOrder'], ['Invoiced']]),
    column: columnOf([
      [7, 'Open order'],
      [8, 'INVOICED'],
    ]),
    pairs: [
      ['openOrder', '7'],
      ['invoiced', '8'],
    ],
  },
  {
    id: 'by a label in any language, accents aside',
    elements: enumOf([
      ['Black', 'Černá|Noir'],
      ['White', 'Bílá|Blanc'],
    ]),
    column: columnOf([
      [1, 'noir'],
      [2, 'Bila'],
    ]),
    pairs: [
      ['black', '1'],
      ['white', '2'],
    ],
  },
  {
    id: 'by number where nothing else tells',
    elements: enumOf([
      ['Low', '', 0],
      ['High', '', 1],
    ]),
    column: columnOf([
      [0, 'A'],
      [1, 'B'],
    ]),
    pairs: [
      ['low', '0'],
      ['high', '1'],
    ],
  },
  {
    id: 'not by number where each system numbers itself',
    elements: enumOf([['Low', '', 0]], true),
    column: columnOf([[0, 'A']]),
    pairs: [],
    left: ['Low'],
    free: ['0 A'],
  },
  {
    id: 'the name goes before the number',
    elements: enumOf([
      ['A', '', 1],
      ['B', '', 2],
    ]),
    column: columnOf([
      [1, 'B'],
      [2, 'A'],
    ]),
    pairs: [
      ['a', '2'],
      ['b', '1'],
    ],
  },
  {
    id: 'what two could be is left',
    elements: enumOf([['Open'], ['Closed']]),
    column: columnOf([
      [1, 'Open'],
      [2, 'open'],
      [3, 'Closed'],
    ]),
    pairs: [['closed', '3']],
    left: ['Open'],
    free: ['1 Open', '2 open'],
  },
  {
    id: 'yes and no',
    elements: enumOf([
      ['No', '', 0],
      ['Yes', '', 1],
    ]),
    column: truth,
    pairs: [
      ['no', 'False'],
      ['yes', 'True'],
    ],
  },
  {
    id: 'what is mapped already is left alone',
    elements: enumOf([['Open'], ['Closed'], ['Lost']]),
    column: columnOf([
      [1, 'Open'],
      [2, 'Closed'],
      [3, 'Lost'],
    ]),
    known: { Open: '3' },
    pairs: [['Closed', '2']],
    left: ['Lost'],
    free: ['1 Open'],
  },
];

describe('values that are matched', () => {
  for (const { id, elements, column, known, pairs, left = [], free = [] } of matches) {
    it(id, () => {
      const { mapping } = mappingIn(
        mappingWith(
          known === undefined ? undefined : [{ transformType: 'ValueMap', valueMap: known }],
        ),
      );
      deepEqual(
        matchedValues(elements, column, mapping, (label) => label.split('|')),
        { pairs, elements: left, options: free },
      );
    });
  }

  it('are none where nobody tells the options', () => {
    const { mapping } = mappingIn(mappingWith(undefined));
    const column = { ...columnOf([]), options: undefined };
    equal(
      matchedValues(enumOf([['A']]), column, mapping, () => []),
      undefined,
    );
  });

  for (const [name, key] of [
    ['LegalEntity', 'legalEntity'],
    ['ATPPlusIssueMargin', 'atpPlusIssueMargin'],
    ['URL', 'url'],
    ['no', 'no'],
    ['A', 'a'],
    ['_X', '_X'],
  ] as const) {
    it(`write ${name} as ${key}`, () => equal(camelCase(name), key));
  }
});

const metadata = {
  [ENTITY_URI]: entityXml({ fields: [mappedField('STATE', 'T')], root: { name: 'T' } }),
  'file:///m/Model/AxTable/T.xml': `<AxTable xmlns:i="x"><Name>T</Name><Fields><AxTableField xmlns="" i:type="AxTableFieldEnum"><Name>STATE</Name><EnumType>ProjState</EnumType></AxTableField></Fields></AxTable>`,
  'file:///m/Model/AxEnum/ProjState.xml': `<AxEnum><Name>ProjState</Name><EnumValues><AxEnumValue><Name>Active</Name></AxEnumValue><AxEnumValue><Name>Inactive</Name><Value>1</Value></AxEnumValue><AxEnumValue><Name>Lost</Name><Value>2</Value></AxEnumValue></EnumValues></AxEnum>`,
  [SOLUTION_URI]: `<ImportExportXml><Entities><Entity><Name>msdyn_project</Name><EntityInfo><entity Name="msdyn_project"><attributes><attribute PhysicalName="msdyn_state"><Type>picklist</Type><LogicalName>msdyn_state</LogicalName><optionset><options><option value="192350000"><labels><label description="Active" languagecode="1033" /></labels></option><option value="192350001"><labels><label description="Inactive" languagecode="1033" /></labels></option><option value="192350009"><labels><label description="Other" languagecode="1033" /></labels></option></options></optionset></attribute></attributes><EntitySetName>msdyn_projects</EntitySetName></entity></EntityInfo></Entity></Entities></ImportExportXml>`,
};

describe('the value map between an enum and an option set', () => {
  for (const form of mapForms) {
    it(`is offered at the field and says what is left: ${form.id}`, async () => {
      const text = form.write({ sourceSchema: 'Entities', fields: ['STATE'] });
      const document = { uri: MAP_URI, text };
      const after = await afterwards('value-map', document, { metadata });
      deepEqual(after.notes, ['values.matched', 'values.elements', 'values.options']);
      const { mapping } = mappingIn(after.document.text);
      deepEqual(
        mapping.transforms.flatMap((each) => (each.kind === 'valueMap' ? each.pairs : [])),
        [
          ['active', '192350000'],
          ['inactive', '192350001'],
        ],
      );
      deepEqual(
        only(check(after.document, metadata), 'unknown-value', 'duplicate-value', 'json-syntax'),
        [],
      );
      deepEqual(offered('value-map', after.document, { metadata }), []);
    });
  }
});
