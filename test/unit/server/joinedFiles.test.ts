import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { joinedFiles, type ProgramFile } from '../../../scripts/bundle/joinedFiles.ts';

/** A file that says what it was made of, and how often it was made. */
const file = (name: string, ...imports: readonly string[]): ProgramFile => ({
  name: `./${name}.cjs`,
  code: [
    '"use strict";',
    `const all = [${imports.map((each) => `require("./${each}.cjs")`).join(', ')}];`,
    `globalThis.made.push("${name}");`,
    `module.exports = { name: "${name}", all };`,
  ].join('\n'),
  map: JSON.stringify({ version: 3, sources: [`${name}.ts`], names: [], mappings: 'AAAA' }),
  imports: imports.map((each) => `./${each}.cjs`),
});

const files = [
  file('entry', 'helpers'),
  file('helpers'),
  file('first', 'helpers', 'small'),
  file('small', 'smaller'),
  file('smaller'),
  file('second', 'smaller', 'shared'),
  file('shared', 'small'),
  file('later', 'shared', 'smaller', 'apart'),
  file('apart', 'helpers'),
];

describe('Files that are loaded together', () => {
  const joined = joinedFiles(files, ['./entry.cjs', './first.cjs', './second.cjs']);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-'));
    for (const { name, code } of joined) await writeFile(join(folder, name), code);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are one, and each part of it is made once', () => {
    const made: string[] = [];
    Object.assign(globalThis, { made });
    const require = createRequire(join(folder, 'test.cjs'));
    const load = (name: string): { readonly name: string; readonly all: readonly unknown[] } =>
      require(`./${name}.cjs`) as ReturnType<typeof load>;
    equal(load('entry').name, 'entry');
    equal(load('first').name, 'first');
    deepEqual(made, ['helpers', 'entry', 'smaller', 'small', 'first']);
    equal(load('second').name, 'second');
    const read = Object.keys(require.cache).filter((path) => path.startsWith(folder));
    deepEqual(
      read.map((path) => basename(path, '.cjs')),
      ['entry', 'first', 'second'],
    );
    // Others find them where they were.
    equal(load('second').all[0], load('smaller'));
    equal(load('later').all[0], load('second').all[1]);
    equal(load('later').all[1], load('smaller'));
    equal(load('first').all[1], load('small'));
    deepEqual(made.slice(5), ['shared', 'second', 'apart', 'later']);
  });

  it('stand in one map of sources at their lines', () => {
    const first = joined.find(({ name }) => name === './first.cjs');
    const { sections } = JSON.parse(first?.map ?? '') as {
      readonly sections: readonly {
        readonly offset: { readonly line: number };
        readonly map: { readonly sources: readonly string[] };
      }[];
    };
    deepEqual(
      sections.map(({ map }) => map.sources),
      [['small.ts'], ['smaller.ts'], ['first.ts']],
    );
    const lines = (first?.code ?? '').split('\n');
    for (const { offset, map } of sections) {
      equal(lines[offset.line], '"use strict";');
      ok(lines[offset.line - 1]?.includes(map.sources[0]?.replace('.ts', '.cjs') ?? '-'));
    }
  });
});
