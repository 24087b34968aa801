import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { HEAD_LENGTH } from '../../../src/metadata/delimited.ts';
import { readJsonColumns } from '../../../src/metadata/jsonRows.ts';
import { columnsTold } from '../../kit/columns.ts';

const URI = 'file:///w/rows/Sales%20orders.json';
const LINES = 'file:///w/rows/Sales%20orders.jsonl';
const columnsIn = (text: string, uri = URI): readonly string[] | undefined =>
  columnsTold(readJsonColumns(uri, text));

const RECORDS = '[{"Id":"SO-1","Amount":1.5},{"Id":"SO-2","Amount":null,"Open":"Yes"}]';
const TOLD = ['Id text', 'Amount number NULL', 'Open NoYes'];

const rows: readonly { readonly id: string; readonly text: string; readonly uri?: string }[] = [
  { id: 'a list of records', text: RECORDS },
  { id: 'behind a byte order mark', text: `\uFEFF ${RECORDS}` },
  {
    id: 'an answer of OData',
    text: `{"@odata.context":"https://x/data/$metadata#SalesOrders","value":${RECORDS},"@odata.nextLink":"y"}`,
  },
  { id: 'an answer of OData 3', text: `{"odata.metadata":"x","value":${RECORDS}}` },
  { id: 'the list of an answer alone', text: `{"value":${RECORDS}}` },
  {
    id: 'a record in each line',
    text: '{"Id":"SO-1","Amount":1.5}\r\n\n{"Id":"SO-2","Amount":null,"Open":"Yes"}\n',
    uri: LINES,
  },
  { id: 'a list that is cut off in a record', text: `${RECORDS.slice(0, -1)},{"Id":"SO-3","Gone` },
  {
    id: 'lines of which the last is cut off',
    text: '{"Id":"SO-1","Amount":1.5}\n{"Id":"SO-2","Amount":null,"Open":"Yes"}\n{"Id":"SO-3","Gone":"x',
    uri: LINES,
  },
  {
    id: 'lines of which the last lacks its end alone',
    text: '{"Id":"SO-1","Amount":1.5}\n{"Id":"SO-2","Amount":null,"Open":"Yes"}\n{"Id":"SO-3","Gone":1',
    uri: LINES,
  },
  {
    id: 'annotations beside the values',
    text: '[{"@odata.etag":"W/\\"JzEsMjI1\'\\"","Id":"SO-1","Id@odata.type":"#String","Amount":1.5},{"Amount":null,"Open":"Yes"}]',
  },
  {
    id: 'lists and records inside, which are no columns',
    text: '[{"Id":"SO-1","Amount":1.5,"Lines":[{"Qty":1}],"Site":null},{"Amount":null,"Open":"Yes","Site":{"Id":"1"}}]',
  },
  {
    id: 'names that are no fields',
    text: '[{"Id":"SO-1","Amount":1.5,"a b":1,"":2},{"Amount":null,"Open":"Yes","a.b":"x","ID":"x y"}]',
  },
];

const others: readonly { readonly id: string; readonly text: string; readonly uri?: string }[] = [
  { id: 'nothing', text: '' },
  { id: 'no JSON', text: 'A,B\n1,2' },
  { id: 'an empty list', text: '[]' },
  { id: 'an object', text: '{"Id":1}' },
  { id: 'a list of values', text: '["Id","Amount"]' },
  { id: 'a list of lists', text: '[["Id"],["SO-1"]]' },
  { id: 'a list in which one item is no record', text: '[{"Id":"SO-1"},"x"]' },
  {
    id: 'an object that has a value besides other things',
    text: `{"name":"x","value":${RECORDS}}`,
  },
  { id: 'an object whose value is no list', text: '{"value":{"Id":"SO-1"}}' },
  { id: 'a list that is cut off in its first record', text: '[{"Id":"SO-1","Amount":' },
  { id: 'a map', text: '{"name":"Sales orders","legs":[{"sourceSchema":"Sales orders"}]}' },
  { id: 'a list of maps', text: '[{"name":"Sales orders","legs":[]}]' },
  {
    id: 'a list of legs',
    text: '[{"sourceSchema":"Sales orders","sourceFilter":"","destinationSchema":"salesorders"}]',
  },
  {
    id: 'a list of field mappings',
    text: '[{"sourceField":"ID","destinationField":"name","syncDirection":3}]',
  },
  { id: 'records of maps', text: '{"value":[{"msdyn_name":"Sales orders","msdyn_mapping":"{}"}]}' },
  { id: 'a list of gateway projects', text: '[{"name":"x","environments":[],"schemas":[]}]' },
  {
    id: 'an answer of Dataverse',
    text: `{"@odata.context":"https://x.crm.dynamics.com/api/data/v9.2/$metadata#salesorders","value":${RECORDS}}`,
  },
  { id: 'records with lookups of Dataverse', text: '[{"name":"x","_customerid_value":"1"}]' },
  {
    id: 'records as Dataverse formats them',
    text: '[{"statecode":0,"statecode@OData.Community.Display.V1.FormattedValue":"Active"}]',
  },
  {
    id: 'records with versions of Dataverse',
    text: '[{"@odata.etag":"W/\\"2291742\\"","name":"x"}]',
  },
  { id: 'lines of other things', text: '1\n2\n', uri: LINES },
  { id: 'a list in a file of lines', text: RECORDS, uri: LINES },
];

/** What a column of these values is guessed to hold. */
const guesses: readonly (readonly [string, readonly unknown[], string])[] = [
  ['numbers without fractions, which may be elements', [1, 2], 'unknown'],
  ['fractions', [1, -2.5], 'number'],
  ['numbers with exponents', [1e-7, 1e25], 'unknown'],
  ['fractions beside exponents', [1.5, 1e-7], 'number'],
  ['codes of digits', ['0001'], 'text'],
  ['booleans', [true, false], 'unknown'],
  ['empty texts', ['', ''], 'unknown'],
  ['a NULL beside a text', [null, 'a b'], 'text NULL'],
  ['days as OData writes them', ['2024-02-01T12:00:00Z', '1900-01-01T12:00:00Z'], 'unknown'],
  ['times', ['2024-02-01T12:00:00Z', '2024-02-01T08:30:00Z'], 'datetime'],
];

describe('the columns of JSON with rows', () => {
  for (const { id, text, uri } of rows) {
    it(`are those of ${id}`, () => deepEqual(columnsIn(text, uri), TOLD));
  }

  for (const { id, text, uri } of others) {
    it(`are none of ${id}`, () => equal(columnsIn(text, uri), undefined));
  }

  for (const [what, values, expected] of guesses) {
    it(`of ${what} are guessed to be ${expected}`, () => {
      const list = values.map((F) => ({ F }));
      deepEqual(columnsIn(JSON.stringify(list)), [`F ${expected}`]);
      deepEqual(columnsIn(list.map((each) => JSON.stringify(each)).join('\n'), LINES), [
        `F ${expected}`,
      ]);
    });
  }

  it('have no NULL where a record lacks them', () => {
    deepEqual(columnsIn('[{"A":"x y"},{"B":"x y"}]'), ['A text', 'B text']);
  });

  it('stand where a record first names them', () => {
    for (const [text, uri] of [
      ['\uFEFF[{"Id":1},\n{"Id":2,"Id2":3}]', URI],
      ['{"Id":1}\r\n{"Id":2,"Id2":3}', LINES],
    ] as const) {
      const fields = readJsonColumns(uri, text)?.fields ?? [];
      deepEqual(
        fields.map(({ origin: { span } }) => [span.start, text.slice(span.start, span.end)]),
        [
          [text.indexOf('Id"'), 'Id'],
          [text.indexOf('Id2"'), 'Id2'],
        ],
      );
    }
  });

  it('are read off the beginning of a large file', () => {
    const records = Array.from({ length: 5000 }, (_, index) => ({
      Id: `SO-${index}`,
      Amount: 1.5,
    }));
    const late = [...records, { Late: 1 }];
    for (const text of [JSON.stringify(late), JSON.stringify({ value: late })]) {
      ok(text.length > HEAD_LENGTH);
      deepEqual(columnsIn(text), ['Id text', 'Amount number']);
    }
    const lines = late.map((each) => JSON.stringify(each)).join('\n');
    deepEqual(columnsIn(lines, LINES), ['Id text', 'Amount number']);
  });

  it('are read off any text without harm, each of them once, where it stands', () => {
    const name = fc.oneof(fc.constantFrom('A', 'b', 'value', '@odata.etag'), fc.string());
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string(), fc.double());
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(name, value)),
        fc.nat(),
        fc.constantFrom(URI, LINES),
        (records, cut, uri) => {
          const text = JSON.stringify(uri === URI ? records : records[0]) ?? '';
          for (const part of [text, text.slice(0, cut % (text.length + 1))]) {
            const fields = readJsonColumns(uri, part)?.fields ?? [];
            const names = fields.map((field) => field.name.toLowerCase());
            equal(new Set(names).size, names.length);
            for (const { name: told, origin } of fields) {
              equal(part.slice(origin.span.start, origin.span.end), told);
            }
          }
        },
      ),
    );
  });
});
