import { deepEqual, equal, ok } from 'node:assert/strict';
import { typeOfField } from '../../../src/metadata/fieldType.ts';
import { nullabilityOf } from '../../../src/metadata/nullability.ts';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import {
  computedField,
  ENTITY_URI,
  entityXml,
  mappedField,
  metadataIn,
  type MetadataTexts,
  virtualField,
} from '../../kit/metadata.ts';
import {
  boundField,
  edtXml,
  enumExtensionXml,
  enumXml,
  EXTENSIBLE,
  tableExtensionXml,
  tableFieldXml,
  tableWith,
  typeIn,
  viewXml,
} from '../../kit/types.ts';

const at = (folder: string, name: string): string => `file:///m/Model/${folder}/${name}.xml`;

const edt = (name: string, type: string, more = ''): MetadataTexts => ({
  [at('AxEdt', name)]: edtXml(name, type, more),
});

/** Entity E maps F to the field F of table T, which is written as given. */
const withField = (type: string, more: string, others: MetadataTexts = {}): MetadataTexts => ({
  [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'T')], root: { name: 'T' } }),
  [at('AxTable', 'T')]: tableWith('T', [tableFieldXml('F', type, more)]),
  ...others,
});

const ofType = (name: string): string => `<ExtendedDataType>${name}</ExtendedDataType>`;
const ofEnum = (name: string): string => `<EnumType>${name}</EnumType>`;
const STATUS = enumXml('Status', ['None', 'Open']);

const types: readonly {
  readonly id: string;
  readonly texts: MetadataTexts;
  readonly is: string;
}[] = [
  { id: 'text', texts: withField('String', ''), is: 'text -' },
  {
    id: 'text with a size',
    texts: withField('String', '<StringSize>7</StringSize>'),
    is: 'text 7',
  },
  { id: 'integer', texts: withField('Int', ''), is: 'number' },
  { id: 'date', texts: withField('Date', ''), is: 'date' },
  { id: 'moment', texts: withField('UtcDateTime', ''), is: 'datetime' },
  { id: 'guid', texts: withField('Guid', ''), is: 'guid' },
  { id: 'container', texts: withField('Container', ''), is: 'unknown' },
  { id: 'no kind', texts: withField('', ''), is: 'unknown' },
  {
    id: 'the size of the type it extends',
    texts: withField('String', ofType('A'), {
      ...edt('A', 'String', '<Extends>B</Extends>'),
      ...edt('B', 'String', '<StringSize>20</StringSize>'),
    }),
    is: 'text 20',
  },
  {
    id: 'the kind of its extended data type',
    texts: withField('', ofType('A'), edt('A', 'Real')),
    is: 'number',
  },
  {
    id: 'types that extend each other',
    texts: withField('', ofType('A'), {
      ...edt('A', '', '<Extends>B</Extends>'),
      ...edt('B', '', '<Extends>a</Extends>'),
    }),
    is: 'unknown',
  },
  {
    id: 'enum',
    texts: withField('Enum', ofEnum('Status'), { [at('AxEnum', 'Status')]: STATUS }),
    is: 'enum Status [None=0 Open=1]',
  },
  {
    id: 'enum of an extended data type',
    texts: withField('Enum', ofType('A'), {
      ...edt('A', 'Enum', ofEnum('STATUS')),
      [at('AxEnum', 'Status')]: STATUS,
    }),
    is: 'enum Status [None=0 Open=1]',
  },
  { id: 'enum unknown', texts: withField('Enum', ofEnum('X')), is: 'enum X []?' },
  { id: 'enum without a name', texts: withField('Enum', ''), is: 'enum  []?' },
  {
    id: 'NoYes without a file',
    texts: withField('Enum', ofEnum('NoYes')),
    is: 'enum NoYes [No=0 Yes=1]',
  },
  {
    id: 'enum with an extension',
    texts: withField('Enum', ofEnum('Status'), {
      [at('AxEnum', 'Status')]: enumXml('Status', ['None', 'Open'], EXTENSIBLE),
      [at('AxEnumExtension', 'Status.Ours')]: enumExtensionXml('Status.Ours', ['Ours', 'open']),
    }),
    is: 'enum Status [None=0 Open=1 Ours=?]?',
  },
  {
    id: 'enum with an extension and an environment',
    texts: withField('Enum', ofEnum('Status'), {
      'file:///a/$metadata.xml': `<edmx:Edmx><edmx:DataServices><Schema Namespace="Microsoft.Dynamics.DataEntities"><EnumType Name="Status"><Member Name="None" Value="0"/><Member Name="Open" Value="1"/><Member Name="Ours" Value="200"/></EnumType></Schema></edmx:DataServices></edmx:Edmx>`,
      [at('AxEnum', 'Status')]: enumXml('Status', ['None', 'Open'], EXTENSIBLE),
    }),
    is: 'enum Status [None=0 Open=1 Ours=200]',
  },
  {
    id: 'field of a table extension',
    texts: {
      [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'T')], root: { name: 'T' } }),
      [at('AxTable', 'T')]: tableWith('T', []),
      [at('AxTableExtension', 'T.Ours')]: tableExtensionXml('T.Ours', [tableFieldXml('F', 'Int')]),
    },
    is: 'number',
  },
  {
    id: 'system field',
    texts: {
      [ENTITY_URI]: entityXml({
        fields: [mappedField('F', 'T', 'CreatedDateTime')],
        root: { name: 'T' },
      }),
    },
    is: 'datetime',
  },
  {
    id: 'table unknown',
    texts: { [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'T')], root: { name: 'T' } }) },
    is: 'unknown',
  },
  {
    id: 'data source unknown',
    texts: { [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'X')], root: { name: 'T' } }) },
    is: 'unknown',
  },
  {
    id: 'computed',
    texts: { [ENTITY_URI]: entityXml({ fields: [computedField('F', 'm')], root: { name: 'T' } }) },
    is: 'text -',
  },
  {
    id: 'virtual',
    texts: { [ENTITY_URI]: entityXml({ fields: [virtualField('F')], root: { name: 'T' } }) },
    is: 'text -',
  },
  {
    id: 'an entity that contains itself',
    texts: {
      [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'T')], root: { name: 'T', table: 'E' } }),
    },
    is: 'unknown',
  },
  {
    id: 'behind a view',
    texts: {
      [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'V')], root: { name: 'V' } }),
      [at('AxView', 'V')]: viewXml(
        'V',
        [boundField('F', 'T')],
        '<AxQuerySimpleRootDataSource><Name>T</Name><Table>T</Table></AxQuerySimpleRootDataSource>',
      ),
      [at('AxTable', 'T')]: tableWith('T', [tableFieldXml('F', 'Int64')]),
    },
    is: 'number',
  },
  {
    id: 'computed by a view',
    texts: {
      [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'V')], root: { name: 'V' } }),
      [at('AxView', 'V')]: viewXml(
        'V',
        [
          '<AxViewField i:type="AxViewFieldComputedReal"><Name>F</Name><ViewMethod>m</ViewMethod></AxViewField>',
        ],
        '',
      ),
    },
    is: 'number',
  },
];

describe('the type of a field', () => {
  for (const { id, texts, is } of types) {
    it(`is followed to where it is written: ${id}`, () => {
      equal(typeIn(metadataIn(texts), 'f'), is);
    });
  }

  it('tells where that is', () => {
    const texts = withField('Enum', ofEnum('Status'), { [at('AxEnum', 'Status')]: STATUS });
    const metadata = metadataIn(texts);
    const entity = metadata.entityNamed('E');
    ok(entity);
    const { origin } = typeOfField(entity, 'F', metadata);
    ok(origin);
    equal(texts[origin.uri]?.slice(origin.span.start, origin.span.end), '<Name>Status</Name>');
    equal(typeOfField(entity, 'nope', metadata).kind, 'unknown');
  });
});

const numbers: readonly { readonly id: string; readonly xml: string; readonly are: string }[] = [
  { id: 'none written', xml: enumXml('X', ['A', 'B', 'C']), are: 'A=0 B=1 C=2' },
  {
    id: 'the first left out',
    xml: enumXml('X', ['A', { name: 'B', value: 5 }, { name: 'C', value: 9 }]),
    are: 'A=0 B=5 C=9',
  },
  {
    id: 'one left out behind others',
    xml: enumXml('X', [{ name: 'B', value: 5 }, 'A']),
    are: 'B=5 A=0',
  },
  {
    id: 'more left out than can be told',
    xml: enumXml('X', ['A', { name: 'B', value: 2 }, 'C']),
    are: 'A=0 B=2 C=?',
  },
  {
    id: 'by order although written',
    xml: enumXml('X', [{ name: 'A', value: 3 }, 'B'], '<UseEnumValue>No</UseEnumValue>'),
    are: 'A=0 B=1',
  },
  {
    id: 'no numbers',
    xml: enumXml('X', ['A']).replace(
      '</Name></AxEnumValue>',
      '</Name><Value>x</Value></AxEnumValue>',
    ),
    are: 'A=0',
  },
];

describe('the numbers of an enum', () => {
  for (const { id, xml, are } of numbers) {
    it(`are those written, or the order: ${id}`, () => {
      const { enums } = readMetadataFile(at('AxEnum', 'X'), xml);
      deepEqual(
        enums[0]?.elements.map(({ name, value }) => `${name}=${value ?? '?'}`).join(' '),
        are,
      );
    });
  }
});

describe('a view as a data source', () => {
  const view = (join: string): MetadataTexts => ({
    [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'V')], root: { name: 'V' } }),
    [at('AxView', 'V')]: viewXml(
      'V',
      [boundField('F', 'D')],
      `<AxQuerySimpleRootDataSource><Name>R</Name><Table>R</Table><DataSources><AxQuerySimpleEmbeddedDataSource><Name>D</Name><Table>D</Table><JoinMode>${join}</JoinMode></AxQuerySimpleEmbeddedDataSource></DataSources></AxQuerySimpleRootDataSource>`,
    ),
  });
  for (const [join, verdict] of [
    ['OuterJoin', 'outerJoin'],
    ['InnerJoin', 'never'],
  ] as const) {
    it(`is looked into for its joins: ${join}`, () => {
      const metadata = metadataIn(view(join));
      const entity = metadata.entityNamed('E');
      ok(entity);
      equal(nullabilityOf(entity, 'F', metadata).kind, verdict);
    });
  }
});
