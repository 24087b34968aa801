import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { documentedEntries } from '../../../src/generate/documentedEntries.ts';
import type { Leg } from '../../../src/map/model.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import type { ColumnTable } from '../../../src/preview/columns.ts';
import { MAPPING_METHOD } from '../../../src/tracking/mappingMethod.ts';
import { check, MAP_URI, only } from '../../kit/check.ts';
import { afterwards, generated, offered } from '../../kit/generate.ts';
import { mapForms } from '../../kit/maps.ts';
import {
  CLASS_URI,
  classXml,
  entityXml,
  mappedField,
  type MetadataTexts,
  tableXml,
} from '../../kit/metadata.ts';
import { tableOf } from '../../kit/tables.ts';

const NAME = 'CustCustomerV3Entity';
const CUSTOMERS = `file:///m/Model/AxDataEntityView/${NAME}.xml`;
const NEW_CLASS = `file:///m/Model/AxClass/${NAME}_DualWrite_Extension.xml`;

const customers: MetadataTexts = {
  [CUSTOMERS]: entityXml({
    name: NAME,
    label: 'Customers V3',
    fields: [mappedField('CustomerAccount', 'CustTable'), mappedField('AddressCity', 'Party')],
    root: { name: 'CustTable', below: [{ name: 'Party', table: 'DirPartyBaseEntity' }] },
  }),
};

const mapOf = (fields: readonly string[], filter = '', form = mapForms[0]) => ({
  uri: MAP_URI,
  text: form?.write({ sourceSchema: 'Customers V3', sourceFilter: filter, fields }) ?? '',
});

/** The fields whose entries a method leaves out. */
const leftOut = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/case fieldStr\(\w+, (\w+)\)/gu)].map(([, field = '']) => field);

const mapped = (text: string): readonly string[] =>
  readMapDocument(text).value.maps[0]?.legs[0]?.fieldMappings.map((each) => each.sourceField) ?? [];

const rows = (
  columns: readonly string[],
  ...cells: readonly (readonly (string | null)[])[]
): ColumnTable => tableOf(columns, cells);

const ALL = [
  'AddressRecordId',
  'PrimaryContactURLRecordId',
  'PrimaryContactPhoneRecordId',
  'PrimaryContactEmailRecordId',
  'PrimaryContactFaxRecordId',
  'InvoiceAddressRecordId',
  'DeliveryAddressRecordId',
];
const allBut = (...fields: readonly string[]): readonly string[] =>
  ALL.filter((field) => !fields.includes(field));

const legElsewhere = (fields: readonly string[]): readonly Leg[] =>
  readMapDocument(mapOf(fields).text).value.maps.flatMap(({ legs }) => legs);

const cases: readonly {
  readonly id: string;
  readonly fields: readonly string[];
  readonly filter?: string;
  readonly legs?: readonly Leg[];
  readonly rows?: ColumnTable;
  readonly gone: readonly string[];
  readonly unmapped?: readonly string[];
}[] = [
  { id: 'no map needs one', fields: ['CUSTOMERACCOUNT'], gone: ALL },
  {
    id: 'a mapped field needs its own',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY', 'PRIMARYCONTACTEMAIL'],
    gone: allBut('AddressRecordId', 'PrimaryContactEmailRecordId'),
  },
  {
    id: 'a map in another file needs it',
    fields: ['CUSTOMERACCOUNT'],
    legs: legElsewhere(['CUSTOMERACCOUNT', 'DELIVERYADDRESSCITY']),
    gone: allBut('DeliveryAddressRecordId'),
  },
  {
    id: 'rows that have a value keep it',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY'],
    rows: rows(['CUSTOMERACCOUNT', 'ADDRESSCITY'], ['1', null], ['2', 'Brno']),
    gone: allBut('AddressRecordId'),
  },
  {
    id: 'rows that have none lose the mappings',
    fields: ['ADDRESSCITY', 'CUSTOMERACCOUNT', 'ADDRESSSTREET', 'PRIMARYCONTACTFAX'],
    rows: rows(
      ['CUSTOMERACCOUNT', 'ADDRESSCITY', 'addressStreet', 'PRIMARYCONTACTFAX'],
      ['1', null, ' ', '1'],
      ['2', '', null, null],
    ),
    gone: allBut('PrimaryContactFaxRecordId'),
    unmapped: ['ADDRESSCITY', 'ADDRESSSTREET'],
  },
  {
    id: 'rows that do not show a field tell nothing',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY', 'ADDRESSSTREET'],
    rows: rows(['CUSTOMERACCOUNT', 'ADDRESSCITY'], ['1', null]),
    gone: allBut('AddressRecordId'),
  },
  {
    id: 'no rows tell nothing',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY'],
    rows: rows(['CUSTOMERACCOUNT', 'ADDRESSCITY']),
    gone: allBut('AddressRecordId'),
  },
  {
    id: 'a field that the filter reads stays',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY'],
    filter: '(AddressCity != "Brno")',
    rows: rows(['CUSTOMERACCOUNT', 'ADDRESSCITY'], ['1', null]),
    gone: allBut('AddressRecordId'),
  },
  {
    id: 'a field that another map sends stays',
    fields: ['CUSTOMERACCOUNT', 'ADDRESSCITY'],
    legs: legElsewhere(['ADDRESSSTREET']),
    rows: rows(['CUSTOMERACCOUNT', 'ADDRESSCITY', 'ADDRESSSTREET'], ['1', null, null]),
    gone: allBut('AddressRecordId'),
  },
];

describe('the reduced mapping of customers', () => {
  for (const { id, fields, filter, legs = [], rows: table, gone, unmapped = [] } of cases) {
    for (const form of mapForms) {
      it(`${id}: ${form.id}`, async () => {
        const document = mapOf(fields, filter, form);
        const around = {
          metadata: customers,
          legs,
          ...(table === undefined ? {} : { rows: table }),
        };
        const after = await afterwards('reduced-mapping', document, around);
        deepEqual(leftOut(after.metadata[NEW_CLASS]), gone);
        deepEqual(
          mapped(after.document.text),
          fields.filter((field) => !unmapped.includes(field)),
        );
        if (unmapped.length === 0) equal(after.document.text, document.text);
        match(after.metadata[NEW_CLASS] ?? '', /mapping = next getEntityDataSourceToFieldMapping/u);
        deepEqual(
          only(check(after.document, after.metadata), 'json-syntax', 'metadata-broken'),
          [],
        );
        // A second time there is nothing left to reduce.
        const again = { ...around, metadata: after.metadata };
        equal(await generated('reduced-mapping', after.document, again), undefined);
      });
    }
  }

  it('says what is saved: by rows where they are known, else for each event', async () => {
    const document = mapOf(['CUSTOMERACCOUNT', 'INVOICEADDRESSCITY']);
    const table = rows(
      ['CUSTOMERACCOUNT', 'ADDRESSCITY', 'INVOICEADDRESSCITY'],
      ['1', 'Brno', null],
      ['2', 'Praha', null],
      ['3', null, null],
    );
    const result = await generated('reduced-mapping', document, {
      metadata: customers,
      rows: table,
    });
    ok(result);
    const about = (message: string) =>
      result.notes.filter((note) => note.message === message).map(({ args }) => args);
    deepEqual(about('reduced.rows'), [{ entity: NAME, count: 7, total: 9 }]);
    deepEqual(about('reduced.filled'), [
      { table: 'LogisticsPostalAddress', field: 'AddressRecordId', count: 2, rows: 3 },
    ]);
    deepEqual(about('reduced.empty'), [
      {
        table: 'LogisticsPostalAddress',
        field: 'InvoiceAddressRecordId',
        fields: 'INVOICEADDRESSCITY',
        count: 3,
      },
    ]);
    equal(about('reduced.unused').length, 5);
  });

  it('is offered for other entities only where their method is at hand', () => {
    const other = mapForms[0]?.write({ sourceSchema: 'Entities', fields: ['K'] }) ?? '';
    const metadata = {
      'file:///m/Model/AxDataEntityView/E.xml': entityXml({
        fields: [mappedField('K', 'R')],
        root: { name: 'R' },
      }),
    };
    deepEqual(offered('reduced-mapping', { uri: MAP_URI, text: other }, { metadata }), []);
  });
});

/** With tables at hand, the data sources tell which field needs which entry, whatever they are called. */
const known: MetadataTexts = {
  'file:///m/Model/AxTable/R.xml': tableXml('R', false, [['K', 'String']]),
  'file:///m/Model/AxTable/T.xml': tableXml('T', false, [['F', 'String']]),
  'file:///m/Model/AxDataEntityView/E.xml': entityXml({
    fields: [
      mappedField('K', 'R'),
      mappedField('Town', 'First', 'F'),
      mappedField('FirstRecId', 'First', 'RecId'),
      mappedField('SecondRecId', 'Second', 'RecId'),
    ],
    root: {
      name: 'R',
      below: [
        { name: 'First', table: 'T', join: 'OuterJoin' },
        { name: 'Second', table: 'T', join: 'OuterJoin' },
      ],
    },
  }),
  [CLASS_URI]: classXml([
    [
      MAPPING_METHOD,
      `    public static container ${MAPPING_METHOD}(container rows)\n    {\n        rows += [[tableStr(A), tableNum(T), fieldStr(E, FirstRecId)], [tableStr(B), tableNum(T), fieldStr(E, SecondRecId)]];\n        return rows;\n    }\n`,
    ],
  ]),
};

describe('the reduced mapping of an entity whose method is known', () => {
  it('keeps what a mapped field comes from, and no other of the same table', async () => {
    const text = mapForms[0]?.write({ sourceSchema: 'Entities', fields: ['K', 'TOWN'] }) ?? '';
    const after = await afterwards('reduced-mapping', { uri: MAP_URI, text }, { metadata: known });
    deepEqual(leftOut(after.metadata[CLASS_URI]), ['SecondRecId']);
    // In the class that has the method, by the name that its parameter has there.
    equal((after.metadata[CLASS_URI] ?? '').split(`container ${MAPPING_METHOD}`).length, 2);
    match(after.metadata[CLASS_URI] ?? '', /rows = reduced;/u);
  });

  it('keeps everything while one mapped field is a riddle', async () => {
    const text = mapForms[0]?.write({ sourceSchema: 'Entities', fields: ['K', 'RIDDLE'] }) ?? '';
    equal(
      await generated('reduced-mapping', { uri: MAP_URI, text }, { metadata: known }),
      undefined,
    );
  });
});

describe('the documented methods', () => {
  it('are those of customers and contacts, as many entries as are documented', () => {
    equal(documentedEntries('custcustomerv3ENTITY')?.length, 9);
    equal(documentedEntries('smmContactPersonCDSV2Entity')?.length, 11);
    equal(documentedEntries('toString'), undefined);
  });
});
