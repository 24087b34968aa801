import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { commands } from '../../../cli/commands.ts';
import { readWords, WrongUsage } from '../../../cli/words.ts';
import english from '../../../l10n/messages.en.json' with { type: 'json' };
import { DENIED, type FileTable, run } from '../../kit/commandLine.ts';
import { mappingOf } from '../../kit/maps.ts';

/*
 * One rule for all commands: what the words alone show to be wrong is 2, whatever the files hold; what is found in
 * files is 1, that they are missing or can't be read included.
 */

const MAP = JSON.stringify(mappingOf({ sourceFilter: '(A == "x")' }));
const files: FileTable = {
  'm.json': MAP,
  'n.json': MAP,
  'denied.json': DENIED,
  'denied.csv': DENIED,
  'log.csv': 'ERRORMESSAGE\n',
  'notes.txt': 'nothing',
};

/** Each command with words that are enough for it, around a path. */
const calls: Readonly<Record<string, (path: string) => readonly string[]>> = {
  check: (path) => [path],
  compare: (path) => [path, path],
  explain: (path) => [path],
  'compare-maps': (path) => [path, path],
  export: (path) => [path],
  import: (path) => [path],
  generate: (path) => ['null-safe-column', path],
  rehearse: (path) => [path],
  'explain-message': (path) => [path],
  errors: (path) => [path],
  health: (path) => [path],
  guide: (path) => ['performance', path],
  'sync run': (path) => [path],
  'sync errors': (path) => [path],
  'sync couplings': (path) => [path],
  'sync jobs': (path) => [path],
  'sync log': (path) => [path],
  'sync mappings': (path) => [path],
  'sync review': (path) => [path],
  'sync check': (path) => [path],
  'sync resolve': (path) => [path, 'synchronize', '1'],
  'sync explain': (path) => [path, '1'],
  'sync import': (path) => [path],
};

describe('the exit code', () => {
  it('is tested for every command', () => {
    const own = new Set(Object.keys(calls).map((name) => name.split(' ')[0]));
    deepEqual([...own].toSorted(), ['check', 'compare', ...Object.keys(commands)].toSorted());
  });

  for (const [name, words] of Object.entries(calls)) {
    const command = name.split(' ');
    for (const path of ['nope', 'denied.json']) {
      it(`is 1 where a file can't be had, without the usage: ${name} ${path}`, async () => {
        const { exitCode, out, error } = await run([...command, ...words(path)], files);
        equal(exitCode, 1, out + error);
        ok((out + error).includes(path), out + error);
        equal(error.includes('Usage:'), false);
      });
    }

    it(`is 2 for words nobody knows, whatever the files hold: ${name}`, async () => {
      for (const path of ['m.json', 'nope']) {
        for (const locale of ['en', 'cs', 'fr']) {
          const wrong = await run([...command, ...words(path), '--nonsense'], files, locale);
          equal(wrong.exitCode, 2);
          equal(wrong.out, '');
          match(wrong.error, /^dual-write: .*--nonsense/u);
          ok(wrong.error.includes(`dual-write ${command[0] ?? ''}`));
        }
      }
    });
  }

  for (const name of Object.keys(calls).filter((each) => !/guide|explain-message/u.test(each))) {
    it(`is 2 without what the command is about: ${name}`, async () => {
      equal((await run(name.split(' '), files)).exitCode, 2);
    });
  }

  const wrong: readonly (readonly [words: readonly string[], reason: string])[] = [
    [[], 'noCommand'],
    [['lint'], 'unknownCommand'],
    [['check'], 'noPath'],
    [['check', 'm.json', '--format'], 'needsValue'],
    [['check', 'm.json', '--format', '--metadata', 'x'], 'needsValue'],
    [['check', 'm.json', '--version=1'], 'noValue'],
    [['check', 'm.json', '--format', 'xml'], 'oneOf'],
    [['check', 'm.json', '--side', 'fo'], 'needsOption'],
    [['check', '--expression', 'A'], 'needsOption'],
    [['check', 'm.json', '--side', 'fo', '--expression', 'A'], 'pathOrExpression'],
    [['check', 'm.json', '--severity', 'nothing=off'], 'severityCode'],
    [['check', 'm.json', '--severity', 'null-lost=loud'], 'severity'],
    [['compare', 'm.json'], 'twoPaths'],
    [['compare', '--side', 'fo', 'A'], 'twoTexts'],
    [['compare', 'a', 'b', '--severity', 'null-lost=off'], 'notTaken'],
    [['compare', '--side', 'fo', 'A', 'B', '--metadata', 'x'], 'pathsOnly'],
    [['explain', 'm.json', 'n.json'], 'onePath'],
    [['explain', 'm.json', '--filter', '0'], 'number'],
    [['explain', 'm.json', '--row', ''], 'number'],
    [['generate'], 'needsOneOf'],
    [['generate', 'poem', 'm.json'], 'oneOf'],
    [['guide', 'nope'], 'oneOf'],
    [['rehearse', '.', '--log', 'log.txt'], 'ending'],
    [['rehearse', '.', '--force'], 'needsOption'],
    [['export', 'm.json', '--force'], 'needsOption'],
    [['sync', 'fly'], 'oneOf'],
    [['sync'], 'needsOneOf'],
    [['sync', 'run'], 'noProject'],
    [['sync', 'run', 'p', '--full', '--queue'], 'exclude'],
    [['sync', 'errors', 'p', 'more'], 'surplus'],
    [['sync', 'explain', 'p'], 'noRecord'],
  ];
  for (const [words, reason] of wrong) {
    it(`is 2 with a reason in every language: ${words.join(' ') || 'nothing'}`, async () => {
      const said: string[] = [];
      for (const locale of ['en', 'cs', 'fr']) {
        const { exitCode, error } = await run(words, files, locale);
        equal(exitCode, 2, error);
        said.push(error.split('\n')[0] ?? '');
      }
      equal(new Set(said).size, 3, said.join('\n'));
      const template = Object.entries(english).find(([key]) => key === `cli.wrong.${reason}`)?.[1];
      ok(typeof template === 'string');
      const pattern = template
        .split(/\{\w+\}/u)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
      match(said[0] ?? '', new RegExp(`^dual-write: ${pattern.join('.*')}$`, 'u'));
    });
  }

  it('has a test for every reason', () => {
    const reasons = Object.keys(english).filter((key) => key.startsWith('cli.wrong.'));
    const tested = new Set(wrong.map(([, reason]) => `cli.wrong.${reason}`));
    deepEqual(
      reasons.filter((key) => !tested.has(key) && key !== 'cli.wrong.unknownOption'),
      [],
    );
  });

  for (const words of [
    ['export', 'm.json', '--out', 'denied'],
    ['import', 'm.json', '--out', 'denied'],
    ['sync', 'import', 'm.csv', '--out', 'denied/p.sync.json'],
  ]) {
    it(`is 1 where nothing can be written: ${words.join(' ')}`, async () => {
      const { exitCode, error, written } = await run(words, {
        ...files,
        'm.csv': 'Name\nCUSTOMER\n',
        denied: DENIED,
      });
      equal(exitCode, 1, error);
      match(error, /denied.*: The file can't be written: EACCES\./u);
      deepEqual(written, {});
    });
  }

  for (const words of [
    ['sync', 'import', 'm.csv', '--out', 'sub'],
    ['sync', 'import', 'm.csv', '--out', 'sub', '--force'],
    ['rehearse', 'r', '--log', 'log.csv'],
    ['export', 'm.json', '--out', 'out', '--force'],
  ]) {
    it(`is 1 where a folder stands in place of a file: ${words.join(' ')}`, async () => {
      const { exitCode, error, written } = await run(words, {
        'm.json': MAP,
        'm.csv': 'Name\nCUSTOMER\n',
        'r/one.rehearsal.json': '{ "steps": [] }',
        'sub/x.txt': '',
        'log.csv/x.txt': '',
        'out/m.md/x.txt': '',
      });
      equal(exitCode, 1, error);
      match(error, /(?:sub|log\.csv|m\.md): The file can't be written: EISDIR\.\n$/u);
      deepEqual(written, {});
    });
  }

  const found: readonly (readonly [words: readonly string[], said: RegExp])[] = [
    [['explain', 'm.json', '--filter', '9'], /no filter 9, but 2 filters/u],
    [['explain', 'notes.txt'], /notes\.txt: there is no filter 1, but 0 filters/u],
    [['explain', 'm.json', '--rows', 'denied.csv'], /denied\.csv: /u],
    [['explain', 'm.json', '--rows', 'nope.csv'], /nope\.csv: /u],
    [['compare-maps', '.', 'm.json'], /\. is a folder/u],
    [['rehearse', 'sub'], /no \*\.rehearsal\.json/u],
  ];
  for (const [words, said] of found) {
    it(`is 1 where the files have not what is asked of them: ${words.join(' ')}`, async () => {
      const table = { ...files, 'sub/m.json': MAP };
      const { exitCode, error } = await run(
        words.map((word) => (word === '.' ? 'sub' : word)),
        table,
      );
      equal(exitCode, 1, error);
      match(error, new RegExp(said.source.replace(String.raw`\.`, String.raw`\S+`), 'u'));
    });
  }
});

const read = (words: readonly string[]): readonly string[] =>
  readWords(words, {
    text: { type: 'string' },
    many: { type: 'string', multiple: true, default: [] },
    flag: { type: 'boolean', short: 'f', default: false },
  }).positionals;

describe('the words of the command line', () => {
  it('are read, or refused with a reason that is translated: never in words of Node', () => {
    const all =
      '--text --text= --text=-x --many --many=a --flag --flag=1 -f -fx -x --no-flag --__proto__ --constructor=1 -- - path';
    const word = fc.constantFrom('', ...all.split(' '));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          ok(Array.isArray(read(words)));
        } catch (error) {
          ok(error instanceof WrongUsage, String(error));
          notEqual(Object.hasOwn(english, `cli.wrong.${error.reason}`), false);
        }
      }),
    );
  });
});
