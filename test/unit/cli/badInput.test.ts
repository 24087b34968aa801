import { deepEqual, ok } from 'node:assert/strict';
import { diagnosticsIn } from '../../kit/commandLine.ts';
import { mapForms, mappingOf } from '../../kit/maps.ts';

const mapWith = (sourceFilter: unknown): string => JSON.stringify(mappingOf({ sourceFilter }));
const repeated = (count: number, term: string, connector: string): string =>
  Array(count).fill(term).join(connector);

/** What nobody means to write and every program gets: each has an answer, the same whatever the form. */
const filters = [
  {
    id: 'parentheses 5,000 deep',
    filter: `${'('.repeat(5_000)}A == 1${')'.repeat(5_000)}`,
    codes: ['too-deep'],
  },
  { id: '5,000 unclosed parentheses', filter: '('.repeat(5_000), codes: ['too-deep'] },
  { id: '5,000 negations', filter: `${'!'.repeat(5_000)}(A == 1)`, codes: ['too-deep'] },
  { id: 'a chain of 100,000 terms', filter: repeated(100_000, '(A == "x")', ' && '), codes: [] },
  {
    id: 'a chain of 100,000 terms in turns',
    filter: repeated(50_000, '(A == "x") && (B == "y")', ' || '),
    codes: ['too-deep'],
  },
  { id: 'a lone backslash', filter: '\\', codes: ['plain-range'] },
  { id: 'a text of 1 MB', filter: `(A == "${'x'.repeat(1_000_000)}")`, codes: [] },
];

/** Files as a whole. */
const files = [
  { id: 'empty file', content: '', codes: ['no-map'] },
  { id: 'blank file', content: ' \r\n\t', codes: ['no-map'] },
  { id: 'a byte order mark alone', content: '\uFEFF', codes: ['no-map'] },
  { id: 'truncated JSON', content: mapWith('(A == 1)').slice(0, 200), codes: ['json-syntax'] },
  { id: 'a filter that is a number', content: mapWith(5), codes: ['filter-not-text'] },
  { id: 'a filter that is a list', content: mapWith([1]), codes: ['filter-not-text'] },
  { id: 'null for a filter', content: mapWith(null), codes: [] },
  {
    id: 'a lone backslash in JSON',
    content: mapWith('').replace('"sourceFilter":""', String.raw`"sourceFilter":"\"`),
    codes: undefined,
  },
  { id: 'a lone backslash', content: '\\', codes: ['no-map'] },
  { id: 'JSON 100,000 deep', content: '['.repeat(100_000), codes: ['no-map'] },
  { id: 'XML 100,000 deep', content: '<msdyn_mapping>'.repeat(100_000), codes: undefined },
  {
    id: 'binary',
    content: new Uint8Array(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256)),
    codes: ['file-unreadable'],
  },
  { id: 'no UTF-8', content: new Uint8Array([0xff, 0xc3, 0x28, 0x80]), codes: ['no-map'] },
  {
    id: 'CRLF',
    content: JSON.stringify(mappingOf({}), undefined, 2).replaceAll('\n', '\r\n'),
    codes: [],
  },
  { id: 'byte order mark', content: `\uFEFF${mapWith('')}`, codes: [] },
  {
    id: '10 MB of other JSON',
    content: JSON.stringify({ pad: Array(100_000).fill('x'.repeat(100)) }),
    codes: ['no-map'],
  },
  {
    id: '10 MB of map',
    content: JSON.stringify({
      ...mappingOf({ sourceFilter: '(PROJECTID == "x")' }),
      pad: Array(100_000).fill('x'.repeat(100)),
    }),
    codes: [],
  },
];

describe('bad input', () => {
  const forms = mapForms.filter(({ id }) => ['mapping', 'record', 'solution'].includes(id));
  for (const { id, filter, codes } of filters) {
    it(`has an answer: ${id}, alone`, async function () {
      this.timeout(60_000);
      deepEqual(await errorsIn('f.xppfilter', filter), codes);
    });

    // The long ones take their time; what differs by form, the others tell.
    for (const form of forms.slice(filter.length > 1_000_000 ? 2 : 0)) {
      it(`has an answer: ${id}, in a ${form.id}`, async function () {
        this.timeout(60_000);
        deepEqual(await errorsIn('m.json', form.write({ sourceFilter: filter })), codes);
      });
    }
  }

  for (const { id, content, codes } of files) {
    it(`has an answer: ${id}`, async function () {
      this.timeout(60_000);
      const errors = await errorsIn('m.json', content);
      if (codes === undefined) ok(errors.length > 0);
      else deepEqual(errors, codes);
    });
  }
});

/** The codes of errors, and of the warning that there is no map. */
async function errorsIn(name: string, content: string | Uint8Array): Promise<readonly string[]> {
  const { diagnostics } = await diagnosticsIn({ [name]: content });
  const lines = typeof content === 'string' ? content.split(/\r\n|\r|\n/u).length : 1;
  for (const { range } of diagnostics)
    ok(range.end.line < lines, `line ${range.end.line} of ${lines}`);
  return diagnostics
    .filter(({ severity, code }) => severity === 'error' || code === 'no-map')
    .map(({ code }) => code);
}
