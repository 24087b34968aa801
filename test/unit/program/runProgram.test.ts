import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { pathInRepository } from '../../kit/repository.ts';

const FILES = {
  'main.cjs': `
    const { twice } = require('./part.cjs');
    const { later } = require('./circle.cjs');
    const { join } = require('node:path');
    exports.name = 'main';
    console.log(twice(21), later(), join('a', 'b'), __filename === require('node:path').join(__dirname, 'main.cjs'));
  `,
  'part.cjs': 'module.exports = { twice: (number) => number * 2 };',
  'circle.cjs': `const main = require('./main.cjs'); exports.later = () => main.name;`,
};

const ANSWER = '42 main a/b true\n';

/** A program of files beside each other, in processes of its own: what V8 compiled belongs to a process. */
describe('A program that is run with the code of its last run', () => {
  let folder = '';
  let start = '';
  let kept = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dual-write-'));
    start = join(folder, 'start.cjs');
    kept = join(folder, 'kept');
    await build({
      stdin: {
        contents: `import { runProgram } from './src/program/runProgram.ts';\nrunProgram(__dirname, './main.cjs');`,
        resolveDir: pathInRepository('.'),
      },
      bundle: true,
      platform: 'node',
      outfile: start,
      logLevel: 'warning',
    });
  });
  beforeEach(() => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    rmSync(kept, { recursive: true, force: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [start], {
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: kept, ...env },
    });
  const keptFiles = (): readonly string[] =>
    readdirSync(kept, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.compiled'))
      .map((name) => join(kept, name))
      .toSorted();

  it('finds its files and those of Node, and keeps what it compiled', () => {
    equal(run().stdout, ANSWER);
    deepEqual(
      keptFiles().map((path) => /[/\\](\w+\.cjs)-[\d.]+-\d+\.compiled$/u.exec(path)?.[1]),
      ['circle.cjs', 'main.cjs', 'part.cjs'],
    );
    const before = keptFiles().map((path) => statSync(path).mtimeMs);
    equal(run().stdout, ANSWER);
    deepEqual(
      keptFiles().map((path) => statSync(path).mtimeMs),
      before,
    );
  });

  it('runs a file anew that is another one now, as long as the one before', () => {
    run();
    writeFileSync(join(folder, 'part.cjs'), FILES['part.cjs'].replace('* 2', '* 3'));
    equal(run().stdout, ANSWER.replace('42', '63'));
    equal(run().stdout, ANSWER.replace('42', '63'));
  });

  it('does without what V8 does not take, and keeps it anew', () => {
    run();
    const [first = ''] = keptFiles();
    const whole = readFileSync(first);
    for (const damaged of [Buffer.alloc(0), Buffer.alloc(whole.length), whole.subarray(0, 100)]) {
      writeFileSync(first, damaged);
      equal(run().stdout, ANSWER);
      ok(statSync(first).size > 100);
    }
  });

  it('keeps nothing where a person does not want it', () => {
    equal(run({ NODE_DISABLE_COMPILE_CACHE: '1' }).stdout, ANSWER);
    equal(existsSync(kept), false);
  });

  it('runs where nothing can be kept', () => {
    writeFileSync(kept, 'a file where the folder would be');
    equal(run().stdout, ANSWER);
    rmSync(kept);
    mkdirSync(kept);
    chmodSync(kept, 0o500);
    equal(run().stdout, ANSWER);
    chmodSync(kept, 0o700);
  });

  it('throws away what has been kept for long, and nothing else of that folder', () => {
    run();
    const [first = ''] = keptFiles();
    const old = first.replace('circle.cjs', 'earlier.cjs');
    const other = join(dirname(first), 'of Node');
    const longAgo = Date.now() / 1000 - 200 * 24 * 3600;
    for (const path of [old, other]) {
      writeFileSync(path, '');
      utimesSync(path, longAgo, longAgo);
    }
    rmSync(first);
    equal(run().stdout, ANSWER);
    deepEqual([existsSync(first), existsSync(old), existsSync(other)], [true, false, true]);
  });

  it('tells the place of a mistake in its file', () => {
    writeFileSync(join(folder, 'part.cjs'), '    throw new Error("no");');
    for (const time of ['first', 'second']) {
      match(run().stderr, /part\.cjs:1:11\)?\n/u, time);
    }
  });
});
