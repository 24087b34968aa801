import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { problemCodes } from '../../../src/problem/catalogue.ts';
import { DENIED, diagnosticsIn, type FileTable, run } from '../../kit/commandLine.ts';
import { mappingOf } from '../../kit/maps.ts';
import { sampleTexts } from '../../kit/metadata.ts';

const mapWith = (sourceFilter: unknown): string =>
  JSON.stringify(mappingOf({ sourceFilter }), undefined, 2);
const CLEAN = mapWith('(ProjectId == "P-1")');
const BROKEN = mapWith('(ProjectId == "P-1"');

describe('the command line', () => {
  const usages = [
    { id: 'no command', words: [], exitCode: 2, error: /Which command/u },
    { id: 'unknown command', words: ['lint'], exitCode: 2, error: /no command lint/u },
    { id: 'no path', words: ['check'], exitCode: 2, error: /needs a path/u },
    { id: 'unknown option', words: ['check', 'x', '--nope'], exitCode: 2, error: /--nope/u },
    {
      id: 'unknown format',
      words: ['check', 'x', '--format', 'xml'],
      exitCode: 2,
      error: /not xml/u,
    },
    {
      id: 'expression without side',
      words: ['check', '--expression', 'A'],
      exitCode: 2,
      error: /--side/u,
    },
    {
      id: 'unknown side',
      words: ['check', '--expression', 'A', '--side', 'x'],
      exitCode: 2,
      error: /--side/u,
    },
    {
      id: 'side without expression',
      words: ['check', 'x', '--side', 'fo'],
      exitCode: 2,
      error: /--expression/u,
    },
    {
      id: 'path and expression',
      words: ['check', 'x', '--side', 'fo', '--expression', 'A'],
      exitCode: 2,
      error: /either/u,
    },
    { id: 'help', words: ['--help'], exitCode: 0, out: /Usage/u },
    { id: 'help in short', words: ['check', '-h'], exitCode: 0, out: /Usage/u },
    { id: 'version', words: ['--version'], exitCode: 0, out: /^\d+\.\d+\.\d+\n$/u },
  ] as const;
  for (const { id, words, exitCode, ...output } of usages) {
    it(`answers its words: ${id}`, async () => {
      const result = await run(words);
      equal(result.exitCode, exitCode);
      match(result.out, 'out' in output ? output.out : /^$/u);
      match(result.error, 'error' in output ? output.error : /^$/u);
    });
  }

  const codes = [
    { id: 'nothing found', table: { 'm.json': CLEAN }, exitCode: 0 },
    { id: 'a hint alone', table: { 'm.json': mapWith('(ProjectId == "")') }, exitCode: 0 },
    { id: 'an error', table: { 'm.json': BROKEN }, exitCode: 1 },
    { id: 'an error in one of several', table: { 'a.json': CLEAN, 'b.json': BROKEN }, exitCode: 1 },
    { id: 'a file that is no map', table: { 'm.json': '{}' }, exitCode: 1 },
  ];
  for (const { id, table, exitCode } of codes) {
    it(`exits with ${exitCode}: ${id}`, async () => {
      equal((await diagnosticsIn(table)).exitCode, exitCode);
    });
  }

  it('prints JSON for programs: these fields, zero-based ranges', async () => {
    const { diagnostics } = await diagnosticsIn({ 'maps/m.json': BROKEN });
    const lines = BROKEN.split('\n');
    const line = lines.findIndex((text) => text.includes('sourceFilter'));
    const character = (lines[line] ?? '').indexOf('(ProjectId');
    deepEqual(
      diagnostics.map(({ message, ...rest }) => ({ ...rest, hasMessage: message !== '' })),
      [
        {
          file: 'maps/m.json',
          range: { start: { line, character }, end: { line, character: character + 1 } },
          severity: 'error',
          code: 'unclosed-parenthesis',
          phase: 'syntax',
          hasMessage: true,
        },
      ],
    );
    deepEqual(Object.keys(diagnostics[0] ?? {}), [
      'file',
      'range',
      'severity',
      'code',
      'phase',
      'message',
    ]);
  });

  it('prints an empty list where nothing is found', async () => {
    equal((await run(['check', 'm.json', '--format', 'json'], { 'm.json': CLEAN })).out, '[]\n');
  });

  it('prints lines for people: one-based places and a summary', async () => {
    const { out } = await run(['check', 'a.json', 'b.json'], { 'a.json': BROKEN, 'b.json': CLEAN });
    match(out, /^a\.json:\d+:\d+ error unclosed-parenthesis .+\n.+\n$/u);
    match((await run(['check', 'b.json'], { 'b.json': CLEAN })).out, /^[^:\n]+\n$/u);
  });

  it('prints SARIF 2.1.0 for code scanning', async () => {
    const { out } = await run(['check', 'my maps/é.json', '--format', 'sarif'], {
      'my maps/é.json': BROKEN,
    });
    const { version, runs } = JSON.parse(out);
    equal(version, '2.1.0');
    equal(runs.length, 1);
    const [{ tool, results, columnKind }] = runs;
    equal(columnKind, 'utf16CodeUnits');
    deepEqual(
      tool.driver.rules.map(({ id }: { id: string }) => id),
      problemCodes,
    );
    equal(results.length, 1);
    const [{ ruleId, level, message, locations }] = results;
    deepEqual([ruleId, level], ['unclosed-parenthesis', 'error']);
    ok(message.text);
    const [{ physicalLocation }] = locations;
    equal(physicalLocation.artifactLocation.uri, 'my%20maps/%C3%A9.json');
    const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
    ok(startLine > 1 && endLine === startLine && endColumn === startColumn + 1);
  });

  it('speaks the language of the place', async () => {
    for (const [locale, expected] of [
      ['C', /Usage/u],
      ['en_GB.UTF-8', /Usage/u],
      ['xx', /Usage/u],
    ] as const) {
      match((await run(['--help'], {}, locale)).out, expected);
    }
  });

  const expressions = [
    { side: 'fo', expression: '(A == 1)', codes: [] },
    { side: 'fo', expression: '(A == 1', codes: ['unclosed-parenthesis'] },
    { side: 'dataverse', expression: 'a eq 1', codes: [] },
    { side: 'dataverse', expression: 'a eq', codes: ['expected-value'] },
  ];
  for (const { side, expression, codes: expected } of expressions) {
    it(`checks an expression: ${side}, ${expression}`, async () => {
      const words = ['check', '--side', side, '--expression', expression, '--format', 'json'];
      const { out, exitCode } = await run(words);
      const diagnostics: readonly { file: string; code: string; severity: string }[] =
        JSON.parse(out);
      const findings = diagnostics.filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      deepEqual(
        findings.map(({ code, file }) => `${file} ${code}`),
        expected.map((code) => `- ${code}`),
      );
      equal(exitCode, expected.length === 0 ? 0 : 1);
    });
  }
});

const BROKEN_METADATA: FileTable = {
  'broken/AxDataEntityView/E.xml':
    '<AxDataEntityView>\n  <Name>E\n  <Fields />\n</AxDataEntityView>\n',
};

/** Files as `name code`, hints and information aside. */
async function found(table: FileTable, words?: readonly string[]): Promise<readonly string[]> {
  const { diagnostics } = await diagnosticsIn(table, words);
  return diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ file, code }) => `${file} ${code}`);
}

describe('the files of the command line', () => {
  const table = {
    'maps/a.json': BROKEN,
    'maps/deep/down/b.xml': `<a><msdyn_mapping>${BROKEN.replaceAll('&', '&amp;')}</msdyn_mapping></a>`,
    'maps/c.xppfilter': '(A == 1',
    'maps/package.json': '{"name":"x"}',
    'maps/logo.png': new Uint8Array([0x89, 0x50, 0, 1]),
    'maps/binary.json': new Uint8Array([0, 1, 2, 3]),
    'maps/readme.md': '(A ==',
    'other/d.json': CLEAN,
    'bare/package.json': '{"name":"x"}',
    'bare/readme.md': '(A ==',
    'commented/m.jsonc': `// a note\n${mapWith('(ProjectId == "P*")')}`,
  };
  const cases = [
    {
      id: 'a folder and all below it',
      words: ['maps'],
      codes: [
        'maps/a.json unclosed-parenthesis',
        'maps/c.xppfilter unclosed-parenthesis',
        'maps/deep/down/b.xml unclosed-parenthesis',
      ],
    },
    {
      id: 'a folder with a slash',
      words: ['maps/deep/'],
      codes: ['maps/deep/down/b.xml unclosed-parenthesis'],
    },
    { id: 'a folder without maps', words: ['other'], codes: [] },
    { id: 'a folder without any map', words: ['bare'], codes: ['bare no-map'] },
    {
      id: 'one of two folders without any map',
      words: ['bare/', 'other'],
      codes: ['bare/ no-map'],
    },
    { id: 'a map with comments', words: ['commented'], codes: ['commented/m.jsonc wildcard'] },
    {
      id: 'a file by name, whatever it is called',
      words: ['maps/readme.md'],
      codes: ['maps/readme.md no-map'],
    },
    {
      id: 'a binary by name',
      words: ['maps/binary.json'],
      codes: ['maps/binary.json file-unreadable'],
    },
    {
      id: 'what does not exist',
      words: ['nope.json', 'maps/a.json', 'nope'],
      codes: [
        'maps/a.json unclosed-parenthesis',
        'nope file-unreadable',
        'nope.json file-unreadable',
      ],
    },
  ];
  for (const { id, words, codes } of cases) {
    it(`are checked: ${id}`, async () => {
      deepEqual((await found(table, words)).toSorted(), codes);
    });
  }

  it('are missed in a folder: what was looked for is said, and no file was checked', async () => {
    const { out, exitCode } = await run(['check', 'bare'], table);
    match(
      out,
      /^bare:1:1 warning no-map No dual-write map .+\.jsonc.+\.odatafilter.+\n.+: 0\.\n$/u,
    );
    equal(exitCode, 1);
    for (const locale of ['cs', 'fr']) {
      match((await run(['check', 'bare'], table, locale)).out, /no-map .+\.jsonc.+\.odatafilter/u);
    }
  });

  const loud = [
    { words: ['bare'], code: 'no-map' },
    { words: ['maps/readme.md'], code: 'no-map' },
    { words: ['nope'], code: 'file-unreadable' },
    { words: ['maps/binary.json'], code: 'file-unreadable' },
    { words: ['other', '--metadata', 'broken'], code: 'metadata-broken' },
  ];
  for (const { words, code } of loud) {
    it(`are reported as loud as --severity wants: ${code} of ${words.join(' ')}`, async () => {
      const withMetadata = { ...table, ...BROKEN_METADATA };
      const at = async (level: string) => {
        const all = ['check', ...words, '--format', 'json', '--severity', `${code}=${level}`];
        const { out, exitCode } = await run(all, withMetadata);
        const diagnostics: readonly { code: string; severity: string }[] = JSON.parse(out);
        return { exitCode, levels: diagnostics.filter((each) => each.code === code) };
      };
      const hint = await at('hint');
      deepEqual([hint.exitCode, hint.levels.map(({ severity }) => severity)], [0, ['hint']]);
      equal((await at('error')).exitCode, 1);
      deepEqual(await at('off'), { exitCode: 0, levels: [] });
    });
  }

  it('of metadata are told when they are broken, once and where', async () => {
    const words = ['other', 'broken', '--metadata', 'broken'];
    const { diagnostics } = await diagnosticsIn({ ...table, ...BROKEN_METADATA }, words);
    deepEqual(
      diagnostics
        .filter(({ code }) => code === 'metadata-broken')
        .map(({ file, range }) => `${file}:${range.start.line + 1}`),
      ['broken/AxDataEntityView/E.xml:2'],
    );
    deepEqual(await found({ ...table, ...BROKEN_METADATA }, ['other']), []);
  });

  it('that may not be read are named, and the others are checked', async () => {
    deepEqual(await found({ 'a.json': DENIED, 'b.json': BROKEN }), [
      'a.json file-unreadable',
      'b.json unclosed-parenthesis',
    ]);
    deepEqual(await found({ 'm/a.json': DENIED, 'm/b.json': BROKEN }, ['m']), [
      'm/a.json file-unreadable',
      'm/b.json unclosed-parenthesis',
    ]);
  });

  for (const name of ['50%.json', 'a#b.json', 'a b.json', 'é😀.json', '%41.json', 'a?b.json']) {
    it(`are named as they are called: ${name}`, async () => {
      deepEqual(await found({ [name]: BROKEN }), [`${name} unclosed-parenthesis`]);
      deepEqual(await found({ [`m/${name}`]: BROKEN }, ['m']), [`m/${name} unclosed-parenthesis`]);
    });
  }

  const encodings = [
    { id: 'UTF-8 with byte order mark', bytes: new TextEncoder().encode(`\uFEFF${BROKEN}`) },
    { id: 'UTF-16, little end first', bytes: utf16(BROKEN, true) },
    { id: 'UTF-16, big end first', bytes: utf16(BROKEN, false) },
  ];
  for (const { id, bytes } of encodings) {
    it(`may be written in ${id}`, async () => {
      deepEqual(await found({ 'm.json': bytes }), ['m.json unclosed-parenthesis']);
    });
  }

  it('are checked against metadata beside them or named by --metadata', async () => {
    const texts = await sampleTexts();
    const metadata = Object.fromEntries(
      Object.entries(texts).map(([uri, text]) => [
        `aot/${uri.slice(uri.indexOf('samples/metadata/'))}`,
        text,
      ]),
    );
    const map = mapWith('(ParentProject == "")');
    deepEqual(await found({ 'w/m.json': map, ...metadata }, ['w']), []);
    deepEqual(await found({ 'w/m.json': map, ...metadata }, ['w', '--metadata', 'aot']), [
      'w/m.json null-lost',
    ]);
    deepEqual(await found({ 'aot/m.json': map, ...metadata }, ['aot']), ['aot/m.json null-lost']);
    deepEqual(await found({ 'm.json': map }, ['m.json', '--metadata', 'nope']), []);
  });
});

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer((text.length + 1) * 2));
  for (const [index, unit] of `\uFEFF${text}`.split('').entries()) {
    bytes.setUint16(index * 2, unit.charCodeAt(0), littleEndian);
  }
  return new Uint8Array(bytes.buffer);
}
