import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire, SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Chunk, hoistedFiles } from '../../../scripts/bundle/hoistedFiles.ts';

interface Made {
  readonly name: string;
  readonly all: readonly Made[];
}

/** A chunk that says what it was made of, and how often it was made. */
function chunk(name: string, ...imports: readonly string[]): Chunk {
  const before = imports
    .map((each, index) => `import {\n  self as self${index}\n} from "./${each}.cjs";\n`)
    .join('');
  const mappings = `${';'.repeat(before.split('\n').length)}AAAA`;
  const map = { version: 3, sources: [`${name}.ts`], names: [], mappings };
  const base64 = Buffer.from(JSON.stringify(map)).toString('base64');
  return {
    name: `./${name}.cjs`,
    text: [
      `${before}globalThis.made.push("${name}");`,
      `const self = { name: "${name}", all: [${imports.map((_, index) => `self${index}`).join(', ')}] };`,
      'export { self, self as default };',
      `//# sourceMappingURL=data:application/json;base64,${base64}`,
    ].join('\n'),
    imports: imports.map((each) => `./${each}.cjs`),
  };
}

const chunks = [
  chunk('entry', 'helpers'),
  chunk('helpers'),
  chunk('first', 'helpers', 'small'),
  chunk('small', 'smaller'),
  chunk('smaller'),
  chunk('second', 'smaller', 'shared'),
  chunk('shared', 'small'),
  chunk('later', 'shared', 'smaller', 'apart'),
  chunk('apart', 'helpers'),
];

describe('Chunks that are loaded together', () => {
  let folder = '';
  let files: Awaited<ReturnType<typeof hoistedFiles>> = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-'));
    files = await hoistedFiles(chunks, ['./entry.cjs', './first.cjs', './second.cjs'], {
      platform: 'node',
    });
    for (const { name, code } of files) await writeFile(join(folder, name), code);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are one file, and each of them is made once', () => {
    const made: string[] = [];
    Object.assign(globalThis, { made });
    const require = createRequire(join(folder, 'test.cjs'));
    const exported = (name: string): { readonly self: Made; readonly default: Made } =>
      require(`./${name}.cjs`) as ReturnType<typeof exported>;
    const load = (name: string): Made => exported(name).self;
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
    equal(exported('apart').default, load('apart'));
  });

  it('stand in the map of the file at their places', () => {
    const first = files.find(({ name }) => name === './first.cjs');
    ok(first);
    const map = new SourceMap(JSON.parse(first.map));
    const lines = first.code.split('\n');
    for (const name of ['smaller', 'small', 'first']) {
      const line = lines.findIndex((each) => each.includes(`name: "${name}"`));
      const found = map.findEntry(line, lines[line]?.length ?? 0);
      ok('originalSource' in found && found.originalSource.endsWith(`${name}.ts`), name);
    }
  });
});
