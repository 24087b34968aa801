import { deepEqual, equal, match } from 'node:assert/strict';
import { MAPPING_METHOD, mappingMethodOf } from '../../../src/tracking/mappingMethod.ts';
import { check, MAP_URI, only } from '../../kit/check.ts';
import { afterwards, generated, offered } from '../../kit/generate.ts';
import { mapForms } from '../../kit/maps.ts';
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
  type MetadataTexts,
  tableXml,
} from '../../kit/metadata.ts';

const TABLE = { 'file:///m/Model/AxTable/T.xml': tableXml('T', false, [['F', 'String']]) };
const below = [{ name: 'D', table: 'T', join: 'OuterJoin', readOnly: true }];
const NEW_CLASS = 'file:///m/Model/AxClass/E_DualWrite_Extension.xml';
const NEW_EXTENSION = 'file:///m/Model/AxDataEntityViewExtension/E.DualWrite.xml';

const method = (body: string, parameter = 'mapping'): readonly [string, string] => [
  MAPPING_METHOD,
  `    public static container ${MAPPING_METHOD}(container ${parameter})\n    {\n${body}\n        return ${parameter}; // return\n    }\n`,
];
const entry = (source: string, table: string, field: string): string =>
  `        mapping += [[tablestr(${source}), tablenum(${table}), fieldstr(E, ${field})]];`;

const entity = (
  fields: readonly string[] = [],
  methods: readonly (readonly [string, string])[] = [],
) =>
  entityXml({
    fields: [mappedField('K', 'R'), mappedField('F', 'D'), ...fields],
    root: { name: 'R', below },
    methods,
  });

const document = {
  uri: MAP_URI,
  text: mapForms[0]?.write({ sourceSchema: 'Entities', fields: ['K', 'F'] }) ?? '',
};

const READS_D = `private static str c() { return SysComputedColumn::returnField(tableStr(E), dataEntityDataSourceStr(E, D), fieldStr(T, F)); }`;

/** What of the metadata is there already, and what the generator names afterwards. */
const cases: readonly {
  readonly id: string;
  readonly texts: MetadataTexts;
  readonly entries: readonly string[];
  readonly touched: readonly string[];
}[] = [
  {
    id: 'nothing there',
    texts: { [ENTITY_URI]: entity() },
    entries: ['D T DRecId'],
    touched: [NEW_CLASS, NEW_EXTENSION],
  },
  {
    id: 'the RecId is there',
    texts: { [ENTITY_URI]: entity([mappedField('MyRecId', 'D', 'RecId')]) },
    entries: ['D T MyRecId'],
    touched: [NEW_CLASS],
  },
  {
    id: 'another field has the name',
    texts: { [ENTITY_URI]: entity([mappedField('DRecId', 'R')]) },
    entries: ['D T DRecId2'],
    touched: [NEW_CLASS, NEW_EXTENSION],
  },
  {
    id: 'the entity has the method',
    texts: { [ENTITY_URI]: entity([], [method(entry('D', 'Other', 'X'))]) },
    entries: ['D Other X', 'D2 T DRecId'],
    touched: [NEW_CLASS, NEW_EXTENSION],
  },
  {
    id: 'a class has the method, with a parameter of its own',
    texts: {
      [ENTITY_URI]: entity(),
      [EXTENSION_URI]: extensionXml('<Fields />'),
      [CLASS_URI]: classXml([method('        // mapping\n', 'rows')]),
    },
    entries: ['D T DRecId'],
    touched: [CLASS_URI, EXTENSION_URI],
  },
  {
    id: 'a computed column reads the table',
    texts: {
      [ENTITY_URI]: entityXml({
        fields: [mappedField('K', 'R'), computedField('F', 'c')],
        root: { name: 'R', below },
        methods: [['c', READS_D]],
      }),
    },
    entries: ['D T DRecId'],
    touched: [NEW_CLASS, NEW_EXTENSION],
  },
];

describe('a table that is to be tracked', () => {
  for (const { id, texts, entries, touched } of cases) {
    for (const newline of ['\n', '\r\n']) {
      it(`is named: ${id}, ${newline === '\n' ? 'LF' : 'CRLF'}`, async () => {
        const metadata = Object.fromEntries(
          Object.entries({
            ...TABLE,
            'file:///m/Model/AxTable/R.xml': tableXml('R', false, [['K', 'String']]),
            ...texts,
          }).map(([uri, text]) => [uri, `\uFEFF${text.replaceAll('\n', newline)}`]),
        );
        const [finding] = only(check(document, metadata), 'untracked-mapping');
        equal(finding === undefined, false, 'the finding that is answered');
        const after = await afterwards('tracked-table', document, { metadata });
        deepEqual(
          Object.keys(after.metadata)
            .filter((uri) => after.metadata[uri] !== metadata[uri])
            .toSorted(),
          touched,
        );
        const read = mappingMethodOf('E', metadataIn(after.metadata));
        deepEqual(
          read?.entries.map(({ dataSource, table, field }) => `${dataSource} ${table} ${field}`),
          entries,
        );
        equal(read?.isWhole, true);
        // The finding is gone, and with it the offer.
        deepEqual(
          only(check(after.document, after.metadata), 'untracked-mapping', 'metadata-broken'),
          [],
        );
        deepEqual(offered('tracked-table', after.document, after), []);
        for (const uri of Object.keys(metadata)) {
          equal(after.metadata[uri]?.startsWith('\uFEFF'), true, `${uri} keeps its mark`);
        }
      });
    }
  }

  it('extends the method of the entity instead of hiding it', async () => {
    const own = method(entry('D', 'Other', 'X'));
    const metadata = { ...TABLE, [ENTITY_URI]: entity([], [own]) };
    const after = await afterwards('tracked-table', document, { metadata });
    match(
      after.metadata[NEW_CLASS] ?? '',
      /mapping = next getEntityDataSourceToFieldMapping\(mapping\);/u,
    );
    deepEqual(after.notes, ['tracked.field', 'tracked.entry', 'tracked.then']);
  });

  it('is written to the model that is wanted, and what others have there stays', async () => {
    const metadata: MetadataTexts = {
      ...TABLE,
      [ENTITY_URI]: entity([], [method('')]),
      [EXTENSION_URI]: extensionXml('<Fields />'),
      [CLASS_URI]: classXml([method('')]),
    };
    const model = 'file:///own/Model';
    const after = await afterwards('tracked-table', document, { metadata, model });
    deepEqual(
      Object.keys(after.metadata).filter((uri) => after.metadata[uri] !== metadata[uri]),
      [
        `${model}/AxDataEntityViewExtension/E.DualWrite.xml`,
        `${model}/AxClass/E_DualWrite_Extension.xml`,
      ],
    );
    // Though a class of another model has one of that name, too, the entity's own is what is extended.
    match(after.metadata[`${model}/AxClass/E_DualWrite_Extension.xml`] ?? '', /= next /u);
    deepEqual(only(check(after.document, after.metadata), 'untracked-mapping'), []);
  });

  it('answers a filter that compares what nobody tracks', async () => {
    const filtered = {
      uri: MAP_URI,
      text:
        mapForms[0]?.write({
          sourceSchema: 'Entities',
          sourceFilter: '(F == "x")',
          fields: ['K', 'F'],
        }) ?? '',
    };
    const metadata = { ...TABLE, [ENTITY_URI]: entity() };
    const [finding] = only(check(filtered, metadata), 'untracked-field');
    equal(finding === undefined, false);
    const [first] = offered('tracked-table', filtered, { metadata });
    deepEqual([first?.answers, first?.span], [['untracked-field'], finding?.span]);
    const after = await afterwards('tracked-table', filtered, { metadata });
    deepEqual(only(check(filtered, after.metadata), 'untracked-field', 'untracked-mapping'), []);
  });

  it('tells every step of the documentation in a comment', async () => {
    const after = await afterwards('tracked-table', document, {
      metadata: { ...TABLE, [ENTITY_URI]: entity() },
    });
    const steps = [...(after.metadata[NEW_CLASS] ?? '').matchAll(/\/\/ Step (\d)/gu)];
    deepEqual(
      steps.map(([, number]) => number),
      ['1', '2', '3', '4', '5'],
    );
  });
});

/** SEED's scenario: an entity on an entity on an entity on the table. */
const nested: MetadataTexts = {
  ...TABLE,
  [ENTITY_URI]: entityXml({
    fields: [mappedField('City', 'Middle')],
    root: { name: 'R', below: [{ name: 'Middle', join: 'OuterJoin' }] },
  }),
  'file:///m/Other/AxDataEntityView/Middle.xml': entityXml({
    name: 'Middle',
    label: 'Middle',
    fields: [mappedField('City', 'Inner')],
    root: { name: 'M', below: [{ name: 'Inner', join: 'OuterJoin' }] },
  }),
  'file:///m/Other/AxDataEntityView/Inner.xml': entityXml({
    name: 'Inner',
    label: 'Inner',
    fields: [mappedField('City', 'Address', 'F')],
    root: { name: 'Address', table: 'T' },
  }),
};
const city = {
  uri: MAP_URI,
  text: mapForms[0]?.write({ sourceSchema: 'Entities', fields: ['CITY'] }) ?? '',
};

describe('a table behind nested entities', () => {
  it('gets its RecId through each of them', async () => {
    equal(only(check(city, nested), 'untracked-mapping').length, 1);
    const after = await afterwards('tracked-table', city, { metadata: nested });
    const known = metadataIn(after.metadata);
    deepEqual(
      ['Inner', 'Middle', 'E'].map((name) => {
        const field = known.entityNamed(name)?.fields.find((each) => each.name === 'AddressRecId');
        return field?.kind === 'mapped' ? `${field.dataSource}.${field.dataField}` : field?.kind;
      }),
      ['Address.RecId', 'Inner.AddressRecId', 'Middle.AddressRecId'],
    );
    deepEqual(mappingMethodOf('E', known)?.entries, [
      { dataSource: 'Middle', table: 'T', field: 'AddressRecId' },
    ]);
    deepEqual(only(check(after.document, after.metadata), 'untracked-mapping'), []);
  });

  it('is not guessed where a view, a stranger or a circle is in between', async () => {
    const inner = 'file:///m/Other/AxDataEntityView/Inner.xml';
    const view = entityXml({
      name: 'Inner',
      fields: [mappedField('City', 'Address', 'F')],
      root: { name: 'Address', table: 'T' },
    }).replaceAll('AxDataEntityView', 'AxView');
    const circle = entityXml({
      name: 'Inner',
      fields: [mappedField('City', 'Middle')],
      root: { name: 'Middle' },
    });
    const { [inner]: _inner, ...without } = nested;
    for (const metadata of [
      { ...without, 'file:///m/Other/AxView/Inner.xml': view },
      without,
      { ...nested, [inner]: circle },
    ]) {
      equal(await generated('tracked-table', city, { metadata }), undefined);
    }
  });

  it('is not written into a file that is broken', async () => {
    const metadata = {
      ...TABLE,
      [ENTITY_URI]: entity(),
      [NEW_EXTENSION]: '<AxDataEntityViewExtension>',
    };
    equal(await generated('tracked-table', document, { metadata }), undefined);
  });
});
