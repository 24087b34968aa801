import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { readMapDocument } from '../../../src/map/read.ts';
import { contentSpan } from '../../../src/text/embedded.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { legOf, mapForms, mappingOf } from '../../kit/maps.ts';
import { writtenText } from '../../kit/random.ts';

const FILTER = String.raw`((Name == "a\"b") && (D <= 23\06\2021) && (Náz < "😀>"))`;
const REVERSED = "name ne 'O''Bryan' and _x_value eq null";

/** The whole of what reading a document tells, in words. */
const read = (text: string): object => {
  const { value, problems } = readMapDocument(text);
  return {
    kind: value.kind,
    maps: value.maps.map(({ name, version, legs }) => `${name} ${version ?? '-'} ${legs.length}`),
    filters: value.sites.map(({ side, text: filter }) => `${side} ${filter.value}`),
    problems: problems.map(
      ({ code, variant, span }) =>
        `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}..${span.end}`,
    ),
  };
};
const nothing = { kind: 'none', maps: [], filters: [], problems: [] };

describe('a document that holds maps', () => {
  for (const { id, kind, hasRecord, write } of mapForms) {
    it(`is read in every form: ${id}`, () => {
      const { value, problems } = readMapDocument(
        write(
          { sourceFilter: FILTER, reversedSourceFilter: REVERSED },
          { sourceFilter: '(A == 1)' },
        ),
      );
      deepEqual(problems, []);
      equal(value.kind, kind);
      deepEqual(
        value.sites.map(({ side, text }) => [side, text.value]),
        [
          ['fo', FILTER],
          ['dataverse', REVERSED],
          ['fo', '(A == 1)'],
          ['dataverse', ''],
        ],
      );
      deepEqual(
        value.maps.map(({ version, legs }) => [
          version,
          legs.map(({ sourceSchema }) => sourceSchema),
        ]),
        [[hasRecord ? '1.0.0.5' : undefined, ['Projects', 'Projects']]],
      );
      deepEqual(
        value.maps
          .flatMap(({ legs }) => legs.flatMap(({ fieldMappings }) => fieldMappings))
          .map(({ direction, sourceField }) => `${direction} ${sourceField}`),
        [
          '3 PROJECTID',
          '3 PARENTPROJECT',
          '3 SCHEDULED',
          '3 PROJECTID',
          '3 PARENTPROJECT',
          '3 SCHEDULED',
        ],
      );
    });

    it(`knows where filters stand: ${id}`, () => {
      const filter = fc.oneof(writtenText, fc.constant(FILTER));
      fc.assert(
        fc.property(filter, filter, filter, (fo, dataverse, replacement) => {
          // A section ends where it says so; no map says so inside.
          fc.pre(!`${fo}${dataverse}${replacement}`.includes(']]'));
          const document = write({ sourceFilter: fo, reversedSourceFilter: dataverse });
          const [site] = readMapDocument(document).value.sites;
          ok(site);
          // What stands between the delimiters is the filter: written anew, only the filter is another.
          const edit = { span: contentSpan(site.text), text: site.text.encode(replacement) };
          deepEqual(
            readMapDocument(applyEdits(document, [edit])).value.sites.map(({ text }) => text.value),
            [replacement, dataverse],
          );
        }),
        { numRuns: 40 },
      );
    });
  }

  const noFilters = [
    { id: 'a number', filter: 5, told: 'filter-not-text' },
    { id: 'true', filter: true, told: 'filter-not-text' },
    { id: 'an object', filter: { a: 1 }, told: 'filter-not-text' },
    { id: 'a list', filter: [], told: 'filter-not-text' },
    { id: 'null', filter: null, told: undefined },
  ];
  for (const { id, filter, told } of noFilters) {
    it(`says so where a filter is no text: ${id}`, () => {
      const text = JSON.stringify(
        mappingOf({ sourceFilter: filter, reversedSourceFilter: REVERSED }),
      );
      const { value, problems } = readMapDocument(text);
      deepEqual(
        value.sites.map(({ side }) => side),
        ['dataverse'],
      );
      deepEqual(
        problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
        told === undefined ? [] : [[told, JSON.stringify(filter)]],
      );
    });
  }

  const others = [
    { id: 'nothing', text: '' },
    { id: 'blanks', text: ' \r\n' },
    { id: 'a byte order mark', text: '\uFEFF' },
    { id: 'plain text', text: 'Hello { "legs": [] }' },
    { id: 'other JSON', text: '{"name":"x","legs":4}' },
    { id: 'broken JSON of something else', text: '{"name":' },
    { id: 'a list of numbers', text: '[1,2]' },
    { id: 'other XML', text: '<a><b/></a>' },
    { id: 'binary', text: '\u0001\u0002\uFFFD{' },
    { id: 'a backslash', text: '\\' },
    {
      id: 'lists nested 5,000 deep',
      text: `[{"legs":1},${'['.repeat(3_000)}${']'.repeat(3_000)}]`,
    },
    { id: 'pages nested 2,000 deep', text: `${'{"value":['.repeat(2_000)}${']}'.repeat(2_000)}` },
    {
      id: 'records nested 2,000 deep',
      text: `${'{"msdyn_mapping":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
    },
    { id: 'lists nested 100,000 deep', text: '['.repeat(100_000) },
  ];
  for (const { id, text } of others) {
    it(`is no map, and nothing is said about it: ${id}`, () => {
      deepEqual(read(text), nothing);
    });
  }

  const broken = [
    {
      id: 'cut off in a filter',
      text: '{"legs":[{"sourceFilter":"(A ==',
      filters: ['fo (A =='],
      problems: ['json-syntax 25..31'],
    },
    {
      id: 'cut off behind a quote',
      text: String.raw`{"legs":[{"sourceFilter":"(A == \"`,
      filters: ['fo (A == "'],
      problems: ['json-syntax 25..34'],
    },
    {
      id: 'cut off behind a filter',
      text: '{"legs":[{"sourceFilter":"(A == 1)"',
      filters: ['fo (A == 1)'],
      problems: ['json-syntax.end 35..35'],
    },
    {
      id: 'cut off before a filter',
      text: '{"legs":[{"sourceFilter":',
      filters: [],
      problems: ['json-syntax.end 25..25'],
    },
    {
      id: 'too deep for JSON',
      text: `{"legs":[${'['.repeat(100_000)}`,
      filters: [],
      problems: ['json-syntax.deep 0..1'],
      hasMap: false,
    },
    {
      id: 'unknown escapes in a filter',
      text: String.raw`{"legs":[{"sourceFilter":"(D <= 23\06\2021)"}]}`,
      filters: [String.raw`fo (D <= 23\06\2021)`],
      problems: ['json-escape 34..36', 'json-escape 37..39'],
    },
    {
      id: 'a broken unicode escape in a filter',
      text: String.raw`{"legs":[{"sourceFilter":"(A == \u12)"}]}`,
      filters: [String.raw`fo (A == \u12)`],
      problems: ['json-escape 32..34'],
    },
    {
      id: 'an unknown escape elsewhere',
      text: String.raw`{"name":"a\x","legs":[{"sourceFilter":""}]}`,
      filters: ['fo '],
      problems: ['json-syntax.escape 8..13'],
    },
    {
      id: 'two values without a comma',
      text: '{"legs":[{"id":"1" "sourceFilter":"x"}]}',
      filters: ['fo x'],
      problems: ['json-syntax 19..33'],
    },
  ] as const;
  for (const { id, text, filters, problems, ...rest } of broken) {
    it(`is read as far as it goes: ${id}`, () => {
      deepEqual(read(text), {
        kind: 'mapping',
        maps:
          'hasMap' in rest
            ? []
            : [
                filters.length === 0 || text.includes('"name"')
                  ? `${text.includes('"name"') ? String.raw`a\x`.slice(0, 1) : ''} - 1`
                  : ' - 1',
              ],
        filters,
        problems,
      });
    });
  }

  it('may be cut off anywhere: no throw, and every place lies inside', () => {
    for (const { kind, write } of mapForms) {
      const whole = write({ sourceFilter: FILTER, reversedSourceFilter: REVERSED });
      for (let length = 0; length < whole.length; length += 7) {
        const text = whole.slice(0, length);
        const { value, problems } = readMapDocument(text);
        const spans = [
          ...problems.map(({ span }) => span),
          ...value.sites.map((site) => contentSpan(site.text)),
        ];
        for (const { start, end } of spans) {
          ok(0 <= start && start <= end && end <= length, `${start}..${end} of ${length}`);
        }
        // A filter that was cut off ends where the file does, and not in an escape that was none.
        // (Half an entity of XML is read as it stands, so there a backslash may be followed by `&`.)
        if (kind === 'solution') continue;
        deepEqual(
          problems.filter(({ code }) => code === 'json-escape'),
          [],
        );
      }
    }
  });

  const records = [
    { id: 'a mapping that is no JSON', mapping: 'x', problems: ['json-syntax'] },
    { id: 'a mapping without legs', mapping: '{}', problems: ['json-syntax.noLegs'] },
    { id: 'an empty mapping', mapping: '', problems: ['json-syntax.end'] },
    {
      id: 'a mapping encoded three times',
      mapping: JSON.stringify(JSON.stringify('{"legs":[]}')),
      problems: [],
    },
    {
      id: 'a mapping encoded too often',
      mapping: JSON.stringify(JSON.stringify(JSON.stringify('{"legs":[]}'))),
      problems: ['json-syntax.noLegs'],
    },
  ];
  for (const { id, mapping, problems } of records) {
    it(`is told to be broken inside a record: ${id}`, () => {
      const told = readMapDocument(
        JSON.stringify({ msdyn_name: 'n', msdyn_mapping: mapping }),
      ).problems;
      deepEqual(
        told.map(({ code, variant }) => `${code}${variant === undefined ? '' : `.${variant}`}`),
        problems,
      );
    });
  }

  it('keeps the records of a solution apart when one is broken', () => {
    const record = (name: string, mapping: string): string =>
      `<r><msdyn_displayname>${name}</msdyn_displayname><msdyn_mapping>${mapping}</msdyn_mapping></r>`;
    const text = `<a>${record('one', '{"legs":[{"sourceFilter":"x"')}${record('two', '{"legs":[{"sourceFilter":"y"}]}')}</a>`;
    const { value, problems } = readMapDocument(text);
    deepEqual(
      value.sites.map((site) => site.text.value),
      ['x', 'y'],
    );
    deepEqual(
      value.maps.map(({ name }) => name),
      ['one', 'two'],
    );
    deepEqual(
      problems.map(({ code }) => code),
      ['json-syntax'],
    );
  });

  it('reads 10 MB', () => {
    const legs = Array.from({ length: 20_000 }, (_, index) => ({
      sourceFilter: `(A == "${index}")`,
      fields: ['A'],
    })).map(legOf);
    const text = JSON.stringify({ name: 'x', pad: 'é'.repeat(1_000), legs });
    ok(text.length > 8_000_000, `${text.length}`);
    const { value, problems } = readMapDocument(text);
    deepEqual(problems, []);
    equal(value.sites.length, 40_000);
    const last = value.sites.at(-2);
    ok(last);
    const span = contentSpan(last.text);
    equal(text.slice(span.start, span.end), String.raw`(A == \"19999\")`);
  });
});
