import { deepEqual, equal, match } from 'node:assert/strict';
import { DENIED, type FileTable, run } from '../../kit/commandLine.ts';
import { type LegParts, mapForms, mappingOf } from '../../kit/maps.ts';
import { sampleTexts } from '../../kit/metadata.ts';

const mapWith = (...legs: readonly LegParts[]): string => JSON.stringify(mappingOf(...legs));

interface JsonComparison {
  readonly map: string;
  readonly side: string;
  readonly result: string;
  readonly witness?: {
    readonly row: Readonly<Record<string, string | null>>;
    readonly keptBy: string;
  };
  readonly reason?: string;
  readonly message: string;
}

async function compared(words: readonly string[], table: FileTable = {}) {
  const { out, ...rest } = await run(['compare', ...words, '--format', 'json'], table);
  const comparisons: readonly JsonComparison[] = JSON.parse(out);
  return { ...rest, comparisons };
}

/** Results as `map side result`. */
const resultsOf = (comparisons: readonly JsonComparison[]): readonly string[] =>
  comparisons.map(({ map, side, result }) => `${map} ${side} ${result}`);

const PROJECTS = 'Projects to msdyn_projects';

describe('comparing on the command line', () => {
  const usages = [
    { id: 'nothing', words: [], error: /needs two paths, not 0/u },
    { id: 'one path', words: ['a'], error: /needs two paths, not 1/u },
    { id: 'three paths', words: ['a', 'b', 'c'], error: /needs two paths, not 3/u },
    { id: 'one text', words: ['--side', 'fo', 'A'], error: /needs two texts, not 1/u },
    { id: 'unknown side', words: ['--side', 'x', 'A', 'B'], error: /not x/u },
    { id: 'SARIF', words: ['a', 'b', '--format', 'sarif'], error: /not sarif/u },
    { id: 'an expression', words: ['a', 'b', '--expression', 'A'], error: /--expression/u },
    { id: 'a severity', words: ['a', 'b', '--severity', 'null-lost=off'], error: /--severity/u },
    {
      id: 'metadata for texts',
      words: ['--side', 'fo', 'A', 'B', '--metadata', 'x'],
      error: /--metadata/u,
    },
  ];
  for (const { id, words, error } of usages) {
    it(`refuses wrong words: ${id}`, async () => {
      const result = await run(['compare', ...words]);
      equal(result.exitCode, 2);
      equal(result.out, '');
      match(result.error, error);
      match(result.error, /Usage:/u);
    });
  }

  const texts = [
    { side: 'fo', first: '(A==1)', second: '( A == 1 )', result: 'equal', exitCode: 0 },
    { side: 'fo', first: '(A==1)', second: '(A==2)', result: 'different', exitCode: 1 },
    { side: 'fo', first: '(A==1', second: '(A==1)', result: 'unknown', exitCode: 1 },
    { side: 'dataverse', first: 'a eq 1', second: '(a eq 1)', result: 'equal', exitCode: 0 },
    { side: 'dataverse', first: '', second: 'a eq null', result: 'different', exitCode: 1 },
  ];
  for (const { side, first, second, result, exitCode } of texts) {
    it(`compares texts: ${side}, ${first} with ${second}`, async () => {
      const outcome = await compared(['--side', side, first, second]);
      equal(outcome.exitCode, exitCode);
      deepEqual(resultsOf(outcome.comparisons), [`- ${side} ${result}`]);
      const { out } = await run(['compare', '--side', side, first, second]);
      equal(out, `${outcome.comparisons[0]?.message ?? ''}\n`);
    });
  }

  it('prints the row that tells filters apart, NULL as null and empty as empty', async () => {
    const { comparisons } = await compared([
      '--side',
      'fo',
      '',
      '(A == "x") || (A != "x") || (B == "")',
    ]);
    deepEqual(comparisons[0]?.witness, { row: { A: null, B: null }, keptBy: 'first' });
    const other = await compared(['--side', 'fo', '(A == "")', '(A == "x")']);
    deepEqual(other.comparisons[0]?.witness, { row: { A: '' }, keptBy: 'first' });
    deepEqual(Object.keys(other.comparisons[0] ?? {}), [
      'map',
      'side',
      'result',
      'witness',
      'message',
    ]);
  });

  it('names what is wrong with a filter', async () => {
    const { comparisons } = await compared(['--side', 'fo', '(A == 1)', '(A == 1']);
    equal(comparisons[0]?.reason, 'syntax');
    match(comparisons[0]?.message ?? '', /second .+ 1:1 /u);
  });

  for (const form of mapForms) {
    it(`pairs the legs of maps: mapping with ${form.id}`, async () => {
      const legs = { sourceFilter: '(A==1)', reversedSourceFilter: 'a eq 1' };
      const other = { sourceFilter: ' (A = 1)', reversedSourceFilter: 'a eq 2' };
      const { comparisons, exitCode, error } = await compared(['a.json', 'b.json'], {
        'a.json': mapWith(legs),
        'b.json': form.write(other),
      });
      equal(error, '');
      equal(exitCode, 1);
      deepEqual(resultsOf(comparisons), [
        `${PROJECTS} fo equal`,
        `${PROJECTS} dataverse different`,
      ]);
    });
  }

  it('names legs that only one map has', async () => {
    const table = {
      'a.json': mapWith({}, { sourceSchema: 'Customers' }),
      'b.json': mapWith({ sourceSchema: 'Vendors' }, {}),
    };
    const { comparisons, exitCode } = await compared(['a.json', 'b.json'], table);
    equal(exitCode, 1);
    deepEqual(resultsOf(comparisons), [
      `${PROJECTS} fo equal`,
      `${PROJECTS} dataverse equal`,
      'Customers to msdyn_projects fo only-first',
      'Customers to msdyn_projects dataverse only-first',
      'Vendors to msdyn_projects fo only-second',
      'Vendors to msdyn_projects dataverse only-second',
    ]);
    const { out } = await run(['compare', 'a.json', 'b.json'], table);
    match(out, /^Customers to msdyn_projects: only in a\.json$/mu);
    match(out, /^Vendors to msdyn_projects: only in b\.json$/mu);
    match(out, /^2 filters compared: 2 equal, 0 different, 0 unknown\.$/mu);
  });

  it('tells legs of the same tables apart, and pairs each once', async () => {
    const named = (name: string, sourceFilter: string): string =>
      JSON.stringify({ ...mappingOf({ sourceFilter }), name });
    const { comparisons } = await compared(['a', 'b'], {
      'a/1.json': named('one', '(A == 1)'),
      'a/2.json': named('two', '(A == 2)'),
      'a/3.json': named('three', '(A == 3)'),
      'b/1.json': named('two', '(A == 2)'),
      'b/2.json': named('one', '(A == 1)'),
      'b/3.json': named('other', '(A == 4)'),
    });
    deepEqual(
      resultsOf(comparisons).filter((line) => line.includes(' fo ')),
      [`${PROJECTS} fo equal`, `${PROJECTS} [2] fo equal`, `${PROJECTS} [3] fo different`],
    );
  });

  it('compares files that are one filter', async () => {
    const table = {
      'a/x.xppfilter': '(A == 1)',
      'a/y.odatafilter': 'a eq 1',
      'b/x.xppfilter': 'A = 1',
      'b/y.odatafilter': 'a eq 1.0',
    };
    const { comparisons, exitCode } = await compared(['a', 'b'], table);
    equal(exitCode, 0);
    deepEqual(resultsOf(comparisons), ['x.xppfilter fo equal', 'y.odatafilter dataverse equal']);
    const single = await compared(['a/x.xppfilter', 'b/x.xppfilter'], table);
    deepEqual(resultsOf(single.comparisons), ['- fo equal']);
    const across = await compared(['a/x.xppfilter', 'b/y.odatafilter'], table);
    deepEqual(resultsOf(across.comparisons), ['- fo only-first', '- [2] dataverse only-second']);
  });

  it('knows from metadata what is never NULL', async () => {
    const texts = await sampleTexts();
    const metadata = Object.fromEntries(
      Object.entries(texts).map(([uri, text]) => [
        `aot/${uri.slice(uri.indexOf('samples/metadata/'))}`,
        text,
      ]),
    );
    const table = {
      'a.json': mapWith({ sourceFilter: '(ProjectId == "x") || (ProjectId != "x")' }),
      'b.json': mapWith({}),
      ...metadata,
    };
    equal((await compared(['a.json', 'b.json'], table)).exitCode, 1);
    equal((await compared(['a.json', 'b.json', '--metadata', 'aot'], table)).exitCode, 0);
  });

  const unreadable: readonly {
    readonly id: string;
    readonly table: FileTable;
    readonly error: RegExp;
  }[] = [
    { id: 'a path that is missing', table: {}, error: /^b\.json: There is no such file/u },
    { id: 'a file that may not be read', table: { 'b.json': DENIED }, error: /^b\.json: .+read/u },
    {
      id: 'a binary',
      table: { 'b.json': new Uint8Array([0, 1, 2]) },
      error: /^b\.json: This file is not a text file/u,
    },
    { id: 'a file without maps', table: { 'b.json': '{}' }, error: /^b\.json: No dual-write map/u },
    {
      id: 'a map that breaks off',
      table: { 'b.json': mapWith({}).slice(0, 300) },
      error: /^b\.json:1:\d+ json-syntax /u,
    },
  ];
  for (const { id, table, error } of unreadable) {
    it(`says what it can't read: ${id}`, async () => {
      const outcome = await compared(['a.json', 'b.json'], { 'a.json': mapWith({}), ...table });
      equal(outcome.exitCode, 1);
      match(outcome.error, error);
    });
  }

  it('does not take a filter that is no text for an empty one', async () => {
    const { comparisons, error, exitCode } = await compared(['a.json', 'b.json'], {
      'a.json': mapWith({ sourceFilter: 5 }),
      'b.json': mapWith({}),
    });
    equal(exitCode, 1);
    match(error, /^a\.json:1:\d+ filter-not-text /u);
    deepEqual(
      comparisons.map(({ result, reason }) => `${result} ${reason ?? ''}`),
      ['unknown unreadable', 'unknown unreadable'],
    );
  });
});
