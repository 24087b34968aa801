import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { GENERATOR_KINDS } from '../../../src/service/generators.ts';
import { type FileTable, run } from '../../kit/commandLine.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

const page = readInRepository('docs/generators.md');

const samples: FileTable = Object.fromEntries(
  readdirSync(pathInRepository('samples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/u.test(name))
    .map((name) => [name, readInRepository(`samples/${name}`)]),
);

/** Lines without their indentation, and without the sign that the command line puts in front. */
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\+/u, '').trim())
    .filter((line) => line !== '');

describe('the page of the generators', () => {
  it('lists all kinds', () => {
    const listed = [...page.matchAll(/^\| `([\w-]+)`/gmu)].map(([, kind = '']) => kind);
    deepEqual(listed, [...GENERATOR_KINDS]);
  });

  for (const [, kind = '', code = ''] of page.matchAll(/```xpp ([\w-]+)\n([^]*?)```/gu)) {
    it(`shows what is written for the samples: ${kind}`, async () => {
      const words = ['generate', kind, 'maps', '--metadata', 'metadata', '--metadata', 'rows'];
      const { exitCode, out } = await run(words, samples);
      equal(exitCode, 0);
      const written = new Set(linesOf(out));
      ok(linesOf(code).length > 0);
      deepEqual(
        linesOf(code).filter((line) => !written.has(line)),
        [],
      );
    });
  }
});
