import { deepEqual, equal } from 'node:assert/strict';
import { metadataOf } from '../../../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import {
  CLASS_URI,
  classXml,
  computedField,
  ENTITY_URI,
  entityXml,
  EXTENSION_URI,
  extensionXml,
  mappedField,
  metadataIn,
  sampleTexts,
  tableXml,
  virtualField,
} from '../../kit/metadata.ts';

const entity = entityXml({
  fields: [mappedField('A', 'Root'), computedField('B', 'b'), virtualField('C')],
  root: {
    name: 'Root',
    table: 'T',
    below: [{ name: 'Left', join: 'OuterJoin', below: [{ name: 'Deep' }] }, { name: 'Right' }],
  },
  keys: [
    ['Other', ['C']],
    ['EntityKey', ['A', 'B']],
  ],
  primaryKey: 'EntityKey',
  methods: [['b', 'return 1;']],
});

describe('metadata files', () => {
  const written = [
    { id: 'as the AOT writes them', text: entity },
    { id: 'with byte order mark and CRLF', text: `\uFEFF${entity.replaceAll('\n', '\r\n')}` },
  ];
  for (const { id, text } of written) {
    it(`give an entity: ${id}`, () => {
      const { entities, methods, problems } = readMetadataFile(ENTITY_URI, text);
      // One of its data sources is joined by an inner join below an outer one.
      deepEqual(
        problems.map(({ code, args }) => [code, args?.['dataSource'], args?.['outer']]),
        [['vanishing-rows', 'Deep', 'Left']],
      );
      deepEqual(
        entities.map(({ name, label, fields, dataSources, keyFields, origin }) => ({
          name,
          label,
          fields: fields.map((field) => `${field.kind} ${field.name}`),
          dataSources: dataSources.map(
            (source) => `${source.parent ?? '-'} ${source.name} ${source.table} ${source.joinMode}`,
          ),
          keyFields,
          origin: text.slice(origin.span.start, origin.span.end),
        })),
        [
          {
            name: 'E',
            label: 'Entities',
            fields: ['mapped A', 'computed B', 'virtual C'],
            // Root first, then depth first: the order that numbers PARTITION#n.
            dataSources: [
              '- Root T InnerJoin',
              'Root Left Left OuterJoin',
              'Left Deep Deep InnerJoin',
              'Root Right Right InnerJoin',
            ],
            keyFields: ['A', 'B'],
            origin: '<Name>E</Name>',
          },
        ],
      );
      deepEqual(
        methods.map(({ owner, name, source }) => `${owner}.${name} ${source}`),
        ['E.b return 1;'],
      );
    });
  }

  it('give an extension and the class of its methods', () => {
    const metadata = metadataIn({
      [ENTITY_URI]: entity,
      [EXTENSION_URI]: extensionXml(`<Fields>${computedField('Ours', 'ours')}</Fields>`),
      [CLASS_URI]: classXml([['ours', 'return 2;']]),
    });
    deepEqual(
      metadata.entityNamed('e')?.fields.map(({ name }) => name),
      ['A', 'B', 'C', 'Ours'],
    );
    deepEqual(
      metadata.extensionsOf('E').map(({ name, entity: extended }) => `${name} ${extended}`),
      ['E.Ours E'],
    );
    equal(metadata.methodOf('E', 'OURS')?.source, 'return 2;');
    equal(metadata.methodOf('E', 'b')?.source, 'return 1;');
    deepEqual(
      metadata.extensionMethodsOf('E').map(({ name }) => name),
      ['ours'],
    );
  });

  it('give a table', () => {
    const metadata = metadataIn({
      'file:///m/AxTable/T.xml': tableXml('T', true, [
        ['Id', 'String'],
        ['On', 'Enum'],
      ]),
      'file:///m/AxTable/S.xml': tableXml('S', false),
    });
    equal(metadata.tableNamed('t')?.isPerCompany, true);
    equal(metadata.tableNamed('S')?.isPerCompany, false);
    deepEqual(
      metadata.tableNamed('T')?.fields.map(({ name, type }) => `${name} ${type}`),
      ['Id String', 'On Enum'],
    );
    equal(metadata.hasEntities, false);
  });

  const others = [
    { id: 'empty', text: '' },
    { id: 'binary', text: '\u0001\uFFFD' },
    { id: 'no metadata', text: '<Project><Name>x</Name></Project>' },
    { id: 'a class that extends nothing', text: '<AxClass><Name>C</Name></AxClass>' },
  ];
  for (const { id, text } of others) {
    it(`tell nothing: ${id}`, () => {
      const { entities, extensions, tables, methods, labels, problems } = readMetadataFile(
        'file:///m/x.xml',
        text,
      );
      deepEqual(
        [entities, extensions, tables, methods, labels, problems],
        [[], [], [], [], [], []],
      );
    });
  }

  it('that are cut off tell what they hold, and that they are cut off', () => {
    const text = entity.slice(0, entity.indexOf('<Keys>'));
    const { entities, problems } = readMetadataFile(ENTITY_URI, text);
    deepEqual(
      entities.map(({ name, fields }) => [name, fields.length]),
      [['E', 3]],
    );
    deepEqual(
      problems.map(({ code, args }) => [code, args]),
      [['metadata-broken', { element: 'AxDataEntityView' }]],
    );
  });

  it('of the samples are known', async () => {
    const texts = await sampleTexts();
    const metadata = metadataOf(
      Object.entries(texts).map(([uri, text]) => readMetadataFile(uri, text)),
    );
    deepEqual(
      ['ProjectEntity', 'CustCustomerV3Entity'].map(
        (name) => metadata.entityNamed(name)?.dataSources.length,
      ),
      [8, 3],
    );
  });
});
